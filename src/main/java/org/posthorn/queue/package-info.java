/**
 * The switchboard: queue entries, the hash space and its slices, messages, and the trace of each posting. May use
 * {@code mail} and {@code platform}.
 */
package org.posthorn.queue;
