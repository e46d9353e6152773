/**
 * {@code /manage/{list-id}/templates}, {@code /site/templates} and {@code /site/templates/{mail-host}}: the texts of the mail
 * that lists send.
 */
package org.posthorn.console.templates;
