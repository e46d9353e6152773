package org.posthorn.chaos;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Which repeats the events explain: a recipient handed over over a connection that an event cut or froze may be without a
 * record at that moment, up to the configured bound for each connection. What comes twice otherwise is a fault: long after its
 * first copy, after a graceful stop, over a connection that nothing has touched, or beyond the bound.
 */
final class Repeats {

    /**
     * How long what was handed over may be without a record: half a second by the delivery's own clock, then a commit, on a
     * machine whose cores are all busy.
     */
    static final long UNRECORDED_MILLIS = 5_000;

    private static final long NOT_YET = Long.MAX_VALUE;

    private final int bound;
    private final List<Strike> strikes = new ArrayList<>();
    private final Map<String, Long> after = new TreeMap<>();
    private final List<Repeat> repeats = new ArrayList<>();
    private int most;

    /** @param bound recipients of a connection that may be without a record at once */
    Repeats(int bound) {
        this.bound = bound;
    }

    /** @param first the recipient's first copy */
    record Repeat(Copy first, Copy again) {

        @Override
        public String toString() {
            return "twice to <" + again.recipient() + ">, by no event: over " + first.connection() + ", "
                    + (again.atMillis() - first.atMillis()) + " ms later over " + again.connection();
        }
    }

    private static final class Strike {

        private final Event event;
        private final long begunMillis;
        private final Map<String, Integer> repeated = new HashMap<>();
        private long endedMillis = NOT_YET;

        Strike(Event event, long begunMillis) {
            this.event = event;
            this.begunMillis = begunMillis;
        }

        boolean mayHaveCut(Copy first, long againMillis) {
            boolean concerned =
                    event.kind().part() != Kind.Part.SMARTHOST || event.place().equals(first.smarthost());
            return concerned && againMillis >= begunMillis && isNear(first.atMillis());
        }

        /** A kill cuts once, a smarthost's change of ways twice; without a database, or in a pause, nothing gets its record. */
        private boolean isNear(long atMillis) {
            boolean before = atMillis < begunMillis - UNRECORDED_MILLIS;
            boolean after = endedMillis != NOT_YET && atMillis > endedMillis + UNRECORDED_MILLIS;
            boolean atBegin = Math.abs(atMillis - begunMillis) <= UNRECORDED_MILLIS;
            boolean atEnd = endedMillis != NOT_YET && Math.abs(atMillis - endedMillis) <= UNRECORDED_MILLIS;
            return switch (event.kind().part()) {
                case NODE -> event.kind() == Kind.NODE_KILLED ? atBegin : !before && !after;
                case SMARTHOST -> atBegin || atEnd;
                case DATABASE, LOAD -> !before && !after;
            };
        }
    }

    /** An event begins. */
    void begins(Event event, long nowMillis) {
        if (event.mayRepeat()) {
            strikes.add(new Strike(event, nowMillis));
        }
    }

    /** It is healed. */
    void ends(Event event, long nowMillis) {
        strikes.stream().filter(strike -> strike.event == event).forEach(strike -> strike.endedMillis = nowMillis);
    }

    /** A recipient has it twice. Who is to blame may only be known later: an event's end can cut, too. */
    void add(Copy first, Copy again) {
        repeats.add(new Repeat(first, again));
    }

    /** Looks for an event for each. @return those without one */
    List<Repeat> judge() {
        after.clear();
        strikes.forEach(strike -> strike.repeated.clear());
        most = 0;
        return repeats.stream().filter(repeat -> !isExplained(repeat)).toList();
    }

    private boolean isExplained(Repeat repeat) {
        String connection = repeat.first.connection();
        Optional<Strike> cause = Optional.empty();
        for (Strike strike : strikes) {
            boolean room = strike.repeated.getOrDefault(connection, 0) < bound;
            if (room && strike.mayHaveCut(repeat.first, repeat.again.atMillis())) {
                cause = Optional.of(strike); // the latest
            }
        }
        cause.ifPresent(strike -> {
            most = Math.max(most, strike.repeated.merge(connection, 1, Integer::sum));
            after.merge(strike.event.kind().label(), 1L, Long::sum);
        });
        return cause.isPresent();
    }

    /** Of one connection by one event, of those that were judged. */
    int most() {
        return most;
    }

    /** Those that were judged, by the kind of event that explains them. */
    Map<String, Long> after() {
        return Map.copyOf(after);
    }

    int count() {
        return repeats.size();
    }
}
