/** Attachments that are kept on the site, each at an address of its own. */
package org.posthorn.console.attachments;
