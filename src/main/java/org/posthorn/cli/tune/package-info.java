/**
 * What {@code bin/posthorn tune} makes of test copies: which trials are run one after the other, when to stop, what to
 * recommend; by a node or from here, and a sink of its own to see what this machine can do. May use
 * {@code delivery.smtp}, since a smarthost that is named by its address is spoken to without a node.
 */
package org.posthorn.cli.tune;
