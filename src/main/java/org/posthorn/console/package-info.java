/**
 * The pages: Jakarta Faces over the same operations as {@code api}, and no rule. One subpackage per room: beans of 20 to
 * 80 lines that inject, act and redirect. Every view is stateless, so that a page left open for a day still works; what
 * changes something is refused when another site sends it (SiteHeaders). {@code docs/console.md} says how to add a room.
 */
package org.posthorn.console;
