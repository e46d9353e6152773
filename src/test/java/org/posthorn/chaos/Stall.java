package org.posthorn.chaos;

import java.time.Duration;
import java.util.Locale;

/**
 * A time in which something was due and nothing moved.
 *
 * @param where what stood still; empty: all
 * @param begunAt since the load began
 */
record Stall(String where, Duration begunAt, Duration length) {

    static final Stall NONE = new Stall("", Duration.ZERO, Duration.ZERO);

    boolean isWithin(Duration most) {
        return length.compareTo(most) <= 0;
    }

    Stall longer(Stall other) {
        return other.length.compareTo(length) > 0 ? other : this;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%s%.1f s, from %d s on",
                where.isEmpty() ? "" : where + ": ",
                length.toMillis() / 1000.0,
                begunAt.toSeconds());
    }
}
