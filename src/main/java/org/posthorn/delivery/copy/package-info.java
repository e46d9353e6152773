/**
 * Copies of a cooked message. What all recipients share is prepared once for each message and node; a copy is the joining
 * of prepared octets with its recipient's own. May use the store, the mail package and what a connection takes.
 */
package org.posthorn.delivery.copy;
