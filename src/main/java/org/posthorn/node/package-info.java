/**
 * A node's life: what is started in which order, and stopped in the reverse one. May use everything; nothing may use it.
 */
package org.posthorn.node;
