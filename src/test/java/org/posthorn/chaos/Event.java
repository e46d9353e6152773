package org.posthorn.chaos;

import java.time.Duration;
import java.util.Locale;

/**
 * One blow.
 *
 * @param at since the load began
 * @param target which node or smarthost, from 0
 * @param length how long it stays down, stopped, refusing, slow or quiet; a start's own time comes on top
 */
record Event(Duration at, Kind kind, int target, Duration length) {

    /** The part of the site that it hits, such as {@code n1}. */
    String place() {
        return switch (kind.part()) {
            case NODE -> "n" + (target + 1);
            case SMARTHOST -> "s" + (target + 1);
            case DATABASE -> "database";
            case LOAD -> "load";
        };
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%s: %s, for %.1f s", place(), kind.what(), length.toMillis() / 1000.0);
    }
}
