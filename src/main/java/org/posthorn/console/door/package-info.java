/**
 * The way into the pages: which page an address means, who stands before it, whether they may pass. What a page needs to
 * know of its address is in {@code Here}.
 */
package org.posthorn.console.door;
