package org.posthorn.delivery;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * What this node knows of a smarthost's health: {@code up} until it fails, {@code failing} after a failure, {@code down}
 * after three in a row: then it is skipped for a while that grows with each failure, up to a minute, with jitter; after
 * that the next attempt probes it. A probe whose outcome nobody tells is given up after a while.
 */
public final class Health {

    /** The words of REST and the console. */
    public enum State {
        UP,
        FAILING,
        DOWN,
        PROBING
    }

    private static final int DOWN_AFTER = 3;
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(60);

    /** Longer than the longest wait for a smarthost's reply. */
    private static final Duration LONGEST_PROBE = Duration.ofMinutes(11);

    private volatile int failuresInARow;
    private long skipUntilNanos;
    private volatile boolean probing;
    private long probeNanos;

    /** Who probes it: a turn, which has a thread to itself. */
    private Thread prober;

    private String reason = "";

    /** @return whether an attempt may be made now; where the pause is over, to one caller at a time */
    synchronized boolean mayTry(long nowNanos) {
        if (failuresInARow < DOWN_AFTER) {
            return true;
        }
        boolean probed = probing && nowNanos - probeNanos < LONGEST_PROBE.toNanos();
        if (probed || nowNanos - skipUntilNanos < 0) {
            return false;
        }
        probing = true;
        probeNanos = nowNanos;
        prober = Thread.currentThread();
        return true;
    }

    /** Called with every transaction, from every connection. */
    void worked() {
        if (failuresInARow > 0 || probing) {
            forget();
        }
    }

    /** What was known holds no longer: it is taken for up. */
    synchronized void forget() {
        failuresInARow = 0;
        probing = false;
        reason = "";
    }

    synchronized void failed(String why, long nowNanos) {
        failuresInARow++;
        probing = false;
        reason = why;
        long pause = Math.min(
                LONGEST_PAUSE.toMillis(),
                FIRST_PAUSE.toMillis() << Math.min(16, Math.max(0, failuresInARow - DOWN_AFTER)));
        skipUntilNanos = nowNanos
                + Duration.ofMillis(ThreadLocalRandom.current().nextLong(pause / 2, pause + 1))
                        .toNanos();
    }

    /** An attempt that was granted to this thread was not made after all. Another's probe goes on. */
    synchronized void notTried() {
        if (prober == Thread.currentThread()) {
            probing = false;
            prober = null;
        }
    }

    /** @return up, failing, down or probing */
    public synchronized State state() {
        if (failuresInARow == 0) {
            return State.UP;
        }
        return failuresInARow < DOWN_AFTER ? State.FAILING : probing ? State.PROBING : State.DOWN;
    }

    /** @return why it is not up, in the smarthost's or the network's words; empty while it is */
    public synchronized String reason() {
        return reason;
    }
}
