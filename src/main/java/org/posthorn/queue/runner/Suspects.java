package org.posthorn.queue.runner;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * After a crash, what was being worked on is suspect, and suspects run alone: nothing else begins in this process until the
 * suspect has recorded some progress. So a crash can be held against one entry, and never against its neighbours.
 *
 * <p>No wait is without a bound, since a suspect may be waiting for a smarthost that says nothing: one that cannot be alone
 * in time runs with the others; one that was alone for long has to share, and is told so, since a crash may no longer be
 * held against it; and after that nobody is alone for a minute.
 */
final class Suspects {

    private static final Duration WAIT = Duration.ofSeconds(2);
    private static final Duration ALONE = Duration.ofSeconds(5);
    private static final Duration NOBODY_ALONE = Duration.ofSeconds(60);
    private static final long LOOK_MILLIS = 200;

    private final Duration wait;
    private final Duration mostAlone;
    private int working;
    private int waiting;
    private Work alone;
    private long aloneSinceNanos;
    private boolean suspended;
    private long suspendedSinceNanos;

    Suspects() {
        this(WAIT, ALONE);
    }

    /**
     * @param wait how long a suspect waits for being alone
     * @param mostAlone how long the others wait for it
     */
    Suspects(Duration wait, Duration mostAlone) {
        this.wait = wait;
        this.mostAlone = mostAlone;
    }

    /** One runner's right to work. */
    final class Work implements AutoCloseable {

        private final Runnable onLapse;
        private boolean isAlone;

        private Work(boolean isAlone, Runnable onLapse) {
            this.isAlone = isAlone;
            this.onLapse = onLapse;
        }

        /** Whether nothing else works in this process. */
        boolean isAlone() {
            synchronized (Suspects.this) {
                return isAlone;
            }
        }

        /** Lets the others go on, too. */
        void share() {
            synchronized (Suspects.this) {
                if (isAlone) {
                    becomeOneOfMany(this);
                }
            }
        }

        @Override
        public void close() {
            synchronized (Suspects.this) {
                share();
                working--;
                Suspects.this.notifyAll();
            }
        }
    }

    /** The same for one that can't be told to stop, and doesn't care. */
    Work begin(boolean suspect) {
        return begin(suspect, () -> false, () -> {});
    }

    /**
     * @param suspect whether the work was under way in a crash
     * @param stop ends the waiting; the caller looks again whether it may work
     * @param onLapse called, by another runner, when this one was alone for so long that it has to share
     */
    Work begin(boolean suspect, BooleanSupplier stop, Runnable onLapse) {
        Work lapsed;
        Work mine;
        synchronized (this) {
            if (suspect && !isSuspended() && awaitQuiet(stop)) {
                alone = new Work(true, onLapse);
                aloneSinceNanos = System.nanoTime();
                return alone;
            }
            lapsed = awaitTurn(stop);
            working++;
            mine = new Work(false, onLapse);
        }
        if (lapsed != null) {
            lapsed.onLapse.run();
        }
        return mine;
    }

    /** @return whether nothing works now */
    private boolean awaitQuiet(BooleanSupplier stop) {
        long deadline = System.nanoTime() + wait.toNanos();
        waiting++;
        try {
            while (working > 0 || alone != null) {
                if (stop.getAsBoolean() || !sleep(deadline - System.nanoTime())) {
                    return false;
                }
            }
            return true;
        } finally {
            waiting--;
            notifyAll();
        }
    }

    /** Waits while somebody is alone or wants to be, within bounds. @return who has to share because of that; or null */
    private Work awaitTurn(BooleanSupplier stop) {
        long began = System.nanoTime();
        while (alone != null || waiting > 0 && working > 0) {
            long left = alone != null
                    ? aloneSinceNanos + mostAlone.toNanos() - System.nanoTime()
                    : began + wait.toNanos() - System.nanoTime();
            if (stop.getAsBoolean()) {
                return null; // it will see that it must not work
            }
            if (!sleep(left)) {
                break;
            }
        }
        Work lapsed = alone;
        if (lapsed != null) {
            becomeOneOfMany(lapsed);
            suspended = true;
            suspendedSinceNanos = System.nanoTime();
        }
        return lapsed;
    }

    private boolean isSuspended() {
        suspended &= System.nanoTime() - suspendedSinceNanos < NOBODY_ALONE.toNanos();
        return suspended;
    }

    private void becomeOneOfMany(Work work) {
        work.isAlone = false;
        alone = null;
        working++;
        notifyAll();
    }

    /** @return false when the time was over already, or the thread was interrupted */
    private boolean sleep(long nanos) {
        if (nanos <= 0) {
            return false;
        }
        try {
            wait(Math.max(1, Math.min(LOOK_MILLIS, nanos / 1_000_000)));
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
