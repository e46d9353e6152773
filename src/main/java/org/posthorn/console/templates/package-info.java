/** {@code /manage/{list-id}/templates}: the texts of the mail that a list sends. */
package org.posthorn.console.templates;
