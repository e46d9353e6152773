package org.posthorn.delivery;

import java.time.Duration;

/**
 * How many connections a smarthost lets us have, learnt from its refusals: one that is refused while others work was one too
 * many. After a moment one more is tried; each time that this is refused again the while until the next is twice as long, so
 * the number settles. The first is short, since the smarthost may merely not have noticed yet that we closed another.
 * Not safe for threads by itself.
 */
final class ConnectionCeiling {

    private static final long FIRST_PAUSE = Duration.ofSeconds(2).toNanos();
    private static final long LONGEST_PAUSE = Duration.ofMinutes(10).toNanos();
    private static final long GROWTH_PAUSE = Duration.ofSeconds(1).toNanos();

    private int most = Integer.MAX_VALUE;
    private long pauseNanos = FIRST_PAUSE;
    private long untilNanos;

    /** @return how many are to be had; when its time has come, one more than is known */
    int most(long nowNanos) {
        return most == Integer.MAX_VALUE || nowNanos - untilNanos < 0 ? most : most + 1;
    }

    /** @param working how many connections there are and stay */
    void refused(int working, long nowNanos) {
        boolean again = most != Integer.MAX_VALUE && working >= most;
        pauseNanos = again ? Math.min(LONGEST_PAUSE, pauseNanos * 2) : FIRST_PAUSE;
        most = Math.max(1, working);
        untilNanos = nowNanos + pauseNanos;
    }

    /** @param working how many connections there are now, the one that was just opened among them */
    void opened(int working, long nowNanos) {
        if (working > most) {
            most = working;
            pauseNanos = FIRST_PAUSE;
            untilNanos = nowNanos + GROWTH_PAUSE;
        }
    }

    /** What was known holds no longer. */
    void forget() {
        most = Integer.MAX_VALUE;
        pauseNanos = FIRST_PAUSE;
    }
}
