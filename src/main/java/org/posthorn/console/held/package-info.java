/** {@code /manage/{list-id}/held}: what waits for a moderator, one post's reading, and the decisions. */
package org.posthorn.console.held;
