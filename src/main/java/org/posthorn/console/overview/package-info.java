/** {@code /manage/{list-id}}: what waits, what went wrong, how is the list doing. */
package org.posthorn.console.overview;
