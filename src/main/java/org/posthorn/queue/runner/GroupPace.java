package org.posthorn.queue.runner;

import java.time.Duration;

/**
 * Lets entries gather: a stage that computes begins a group at most every {@link #GATHER}, unless work is at hand, since a
 * transaction costs nearly the same for one entry as for twenty. The first entry after a pause waits for nothing.
 */
final class GroupPace {

    static final Duration GATHER = Duration.ofMillis(30);

    private boolean begun;
    private boolean atHand;
    private long lastNanos;

    /** A group begins. @param size of its entries; @param now as {@link System#nanoTime} has it */
    void group(int size, long now) {
        begun = true;
        atHand = size >= SliceRunner.GROUP;
        lastNanos = now;
    }

    /** Some of the group is not done yet: that is work at hand. */
    void goOn() {
        atHand = true;
    }

    /** @return how long the next one waits; zero: not at all */
    Duration left(long now) {
        long left = GATHER.toNanos() - (now - lastNanos);
        return !begun || atHand || left <= 0 ? Duration.ZERO : Duration.ofNanos(left);
    }
}
