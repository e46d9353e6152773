/**
 * The pages: Jakarta Faces over the same operations as {@code api}, and no rule. Each backing bean injects, acts and
 * redirects; every view is stateless, so that a page left open for a day still works; what changes something is refused
 * when another site sends it (SiteHeaders). Signing in is Jakarta Security's.
 */
package org.posthorn.console;
