/**
 * Imports that outlive the request that began them: {@link org.posthorn.list.imports.MemberImports} takes the file and
 * answers at once, a node takes the import up ({@link org.posthorn.list.imports.ImportWork}), tells how far it is, and
 * another goes on where one went away. The rows themselves are {@link org.posthorn.list.MemberImport}'s matter.
 */
package org.posthorn.list.imports;
