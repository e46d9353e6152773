package org.posthorn.chaos;

import java.time.Duration;
import java.util.Locale;
import org.posthorn.queue.lease.LeaseTimes;

/**
 * One blow.
 *
 * @param at since the load began
 * @param target which node or smarthost, from 0
 * @param length how long it stays down, stopped, refusing, slow or quiet; a start's own time comes on top
 */
record Event(Duration at, Kind kind, int target, Duration length) {

    /** A pause in which no lease lapses: one was renewed a renewal's pause before, and that took its time. */
    private static final Duration SURE_OF_LEASE = LeaseTimes.STANDARD
            .lease()
            .minus(LeaseTimes.STANDARD.margin())
            .minus(LeaseTimes.STANDARD.renewal())
            .minusSeconds(1);

    /** The part of the site that it hits, such as {@code n1}. */
    String place() {
        return switch (kind.part()) {
            case NODE -> "n" + (target + 1);
            case SMARTHOST -> "s" + (target + 1);
            case DATABASE -> "database";
            case LOAD -> "load";
        };
    }

    /** Whether it cuts or freezes connections, so that what is under way over them may be sent again. */
    boolean mayRepeat() {
        return switch (kind) {
            case NODE_KILLED, NODE_PAUSED_LONG, DATABASE_CRASHED, DATABASE_RESTARTED -> true;
            case SMARTHOST_KILLED, SMARTHOST_REFUSING, SMARTHOST_SLOW -> true; // killed to change its ways
            case NODE_PAUSED -> length.compareTo(SURE_OF_LEASE) > 0;
            case NODE_STOPPED, QUIET -> false;
        };
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%s: %s, for %.1f s", place(), kind.what(), length.toMillis() / 1000.0);
    }
}
