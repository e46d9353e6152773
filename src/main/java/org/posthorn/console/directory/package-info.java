/** The rooms where lists and domains are found, made, renamed and deleted: {@code /site/lists}, {@code /site/domains}, {@code /manage/{list-id}/delete} and {@code …/rename}. */
package org.posthorn.console.directory;
