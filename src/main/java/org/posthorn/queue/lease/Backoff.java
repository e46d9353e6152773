package org.posthorn.queue.lease;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** Pauses that grow, up to three seconds, and differ, so that nodes do not all come at once to a database that is back. */
final class Backoff {

    private static final long MOST_MILLIS = 3000;

    private Backoff() {}

    /** @param failures in a row, 1 or more */
    static Duration after(int failures) {
        long most = Math.min(MOST_MILLIS, 250L << Math.min(failures, 10));
        return Duration.ofMillis(most / 2 + ThreadLocalRandom.current().nextLong(most / 2 + 1));
    }
}
