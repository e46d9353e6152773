package org.posthorn.delivery;

import com.netflix.concurrency.limits.limit.VegasLimit;
import java.time.Duration;

/**
 * How many connections serve best, where nobody has set their number: few at first, more as long as each is served as
 * quickly as before, fewer when they get in each other's way or mail is put off more than usual. A connection's pace is the time that
 * a transaction takes it: with several under way at once the time since the last one's end.
 *
 * <p>The decisions are {@link VegasLimit}'s, made once a window from the mean over all connections, so that they neither
 * follow every whim of a smarthost nor cost anything with each message. Vegas measures against the best pace it has seen,
 * and that grows old: a smarthost that is always busy would pass for an idle one after a while, and the number creep up. So
 * now and then it begins anew at half the number, where a smarthost that was too busy shows its true pace.
 */
final class AdaptiveConnections {

    static final int FIRST = 2;

    /** Above that a node's threads, not its connections, are what is short. */
    static final int MOST = 32;

    private static final long WINDOW = Duration.ofMillis(250).toNanos();
    private static final long RENEWAL = Duration.ofSeconds(60).toNanos();

    /** So many windows in a row at half of what it was, or less, mean that the work is another: bigger messages, for one. */
    private static final int MOST_LOW_WINDOWS = 8;

    /** More than this above twice what is usual is a sign of too much. */
    private static final double TROUBLE = 0.05;

    private VegasLimit vegas = vegas(FIRST);
    private volatile int limit = FIRST;
    private int peak = FIRST;
    private int lowWindows;
    private double usualTrouble;
    private boolean full;
    private boolean begun;
    private long windowNanos;
    private long renewedNanos;
    private long busyNanos;
    private int transactions;
    private int troubles;

    private static VegasLimit vegas(int first) {
        // Vegas' queue is how many connections are as good as idle, since all of them together get no more done than
        // the
        // others would: below a quarter more are added, above half some are taken away. A band this wide does not
        // swing.
        return VegasLimit.newBuilder()
                .initialLimit(first)
                .maxConcurrency(MOST)
                .probeMultiplier(Integer.MAX_VALUE / (2 * MOST)) // renewed here, by time
                .smoothing(1.0)
                .thresholdFunction(present -> -1)
                .alphaFunction(present -> Math.max(2, present / 4))
                .betaFunction(present -> Math.max(4, present / 2))
                .increaseFunction(present -> present + Math.max(1, present / 4))
                .decreaseFunction(present -> present - Math.max(1, present / 8))
                .build();
    }

    /** @return so many are to be lent at once now, 1 at the least */
    int limit() {
        return limit;
    }

    /** All that there may be are lent: more could be of use. */
    synchronized void full() {
        full = true;
    }

    /**
     * Takes note of what one connection did in the last moments.
     *
     * @param busy nanoseconds for which it waited for the smarthost
     * @param ended its transactions that came to their end
     * @param troubled how many of them were put off by 4xx, or broken by the smarthost
     * @param lent how many connections are lent now
     * @return whether there may be more now
     */
    synchronized boolean worked(long busy, int ended, int troubled, int lent, long nowNanos) {
        if (!begun) {
            begun = true;
            windowNanos = nowNanos;
            renewedNanos = nowNanos;
        }
        busyNanos += busy;
        transactions += ended;
        troubles += troubled;
        boolean over = nowNanos - windowNanos >= WINDOW && transactions >= Math.max(1, Math.min(lent, limit));
        return over && close(nowNanos);
    }

    private boolean close(long nowNanos) {
        int before = limit;
        long pace = Math.max(1, busyNanos / transactions);
        double trouble = (double) troubles / transactions;
        boolean tooMuch = trouble > 2 * usualTrouble + TROUBLE;
        if (!tooMuch || limit <= FIRST) {
            usualTrouble += (trouble - usualTrouble) / 5; // with so few it is not our doing
        }
        vegas.onSample(0, pace, full ? limit : 0, tooMuch);
        limit = vegas.getLimit();
        peak = Math.max(peak, limit);
        lowWindows = full && limit <= peak / 2 ? lowWindows + 1 : 0;
        if (full && lowWindows > MOST_LOW_WINDOWS) {
            renew(FIRST, nowNanos);
        } else if (full && limit < MOST && nowNanos - renewedNanos > RENEWAL) {
            renew(Math.max(FIRST, limit / 2), nowNanos);
        }
        windowNanos = nowNanos;
        busyNanos = 0;
        transactions = 0;
        troubles = 0;
        full = false;
        return limit > before;
    }

    private void renew(int first, long nowNanos) {
        vegas = vegas(first);
        limit = first;
        peak = first;
        lowWindows = 0;
        renewedNanos = nowNanos;
    }
}
