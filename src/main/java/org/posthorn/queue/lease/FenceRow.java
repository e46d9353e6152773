package org.posthorn.queue.lease;

/** What a runner must still match when it commits. Apart from the lease, so that its lock never waits for anything else. */
public record FenceRow(long generation, long epoch) {}
