/**
 * Large parts of posts that are kept on the site, in parts of bounded size, for as long as the list's settings say: stored
 * as a post is cooked, fetched by who may read the list, and gone with the list.
 */
package org.posthorn.pipeline.attachment;
