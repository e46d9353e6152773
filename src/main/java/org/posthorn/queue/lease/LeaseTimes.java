package org.posthorn.queue.lease;

import java.time.Duration;

/**
 * The protocol's times.
 *
 * @param lease how long leases hold after a renewal, by the database's clock
 * @param renewal the pause between renewals
 * @param margin how much earlier than that a holder stops by its own monotonic clock: for clocks that run at different
 *     speeds, and a message under way
 */
public record LeaseTimes(Duration lease, Duration renewal, Duration margin) {

    public static final LeaseTimes STANDARD =
            new LeaseTimes(Duration.ofSeconds(12), Duration.ofSeconds(3), Duration.ofSeconds(2));

    public LeaseTimes {
        if (renewal.plus(margin).compareTo(lease) >= 0) {
            throw new IllegalArgumentException("a lease of " + lease + " cannot be kept by renewals each " + renewal);
        }
    }

    /**
     * Until when a holder may go on.
     *
     * @param sentNanos {@link System#nanoTime} from before the renewal was sent, so earlier than the database's clock had it
     */
    public long deadlineNanos(long sentNanos) {
        return sentNanos + lease.minus(margin).toNanos();
    }

    /** @param nowNanos of the same clock */
    public static boolean isPast(long deadlineNanos, long nowNanos) {
        return nowNanos - deadlineNanos >= 0;
    }
}
