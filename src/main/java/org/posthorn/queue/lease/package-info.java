/**
 * Who may work on which part of a queue: the hash space's slices, the leases on them, and the fences that keep a runner
 * whose lease is over from committing. The decisions are pure functions ({@link org.posthorn.queue.lease.LeaseRules},
 * {@link org.posthorn.queue.lease.Rendezvous}), which a test explores exhaustively; {@code LeaseStore} reads what they
 * decide on under row locks and writes what they decided. {@code docs/adr/0001-leases-and-fences.md} says why it is so.
 * Uses {@code platform} and the queues' names.
 */
package org.posthorn.queue.lease;
