/**
 * What the site holds about one person: to hand out, and to erase. Knows where addresses can stand in the database
 * ({@link org.posthorn.privacy.PersonalText}); each new text column must be entered there, or be excused, or a test fails.
 * Uses what lies below it; pages and REST call {@link org.posthorn.privacy.ExportPerson} and
 * {@link org.posthorn.privacy.ErasePerson}.
 */
package org.posthorn.privacy;
