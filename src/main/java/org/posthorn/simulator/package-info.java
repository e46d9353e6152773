/**
 * The policy simulator: what would become of a message that is sent to a list, by the very rules, handlers and recipients'
 * wishes that a post meets, without a post. Stands beside a message's way, not in it: nothing here is stored, counted, answered
 * or sent. May use {@code moderation}, {@code pipeline} and what is below them.
 */
package org.posthorn.simulator;
