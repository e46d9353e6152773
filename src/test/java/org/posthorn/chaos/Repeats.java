package org.posthorn.chaos;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Which repeats the events explain: what was handed over over a connection that an event cut or froze may be without a record
 * at that moment, up to the configured bound for each connection. What comes twice otherwise is a fault: long after the copy
 * before it, after a graceful stop, over a connection that nothing has touched, or beyond the bound.
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
    private final List<Repeat> repeats = new ArrayList<>();
    private final Map<String, Long> after = new TreeMap<>();
    private int most;

    /** @param bound recipients of a connection that may be without a record at once */
    Repeats(int bound) {
        this.bound = bound;
    }

    /**
     * A member has a post once more.
     *
     * @param before the member's copy before this one
     */
    record Repeat(String messageId, String recipient, Arrival before, Arrival again) {

        /** Of two copies in whatever order: the records of two sinks are not read at the same time. */
        static Repeat of(String messageId, String recipient, Arrival one, Arrival other) {
            return one.atMillis() <= other.atMillis()
                    ? new Repeat(messageId, recipient, one, other)
                    : new Repeat(messageId, recipient, other, one);
        }

        @Override
        public String toString() {
            return "twice to <" + recipient + ">, by no event: over " + before.connection() + ", "
                    + (again.atMillis() - before.atMillis()) + " ms later over " + again.connection();
        }
    }

    /**
     * What a repeat is charged to.
     *
     * @param connection whose copies were without a record
     * @param fromMillis since when, at the latest
     * @param toMillis until when none got one
     */
    private record Gap(Repeat repeat, Event event, Connection connection, long fromMillis, long toMillis) {}

    private final class Strike {

        private final Event event;
        private final long begunMillis;
        private long endedMillis = NOT_YET;

        Strike(Event event, long begunMillis) {
            this.event = event;
            this.begunMillis = begunMillis;
        }

        /** @return empty when this event has nothing to do with it */
        Optional<Gap> explain(Repeat repeat) {
            Arrival before = repeat.before;
            boolean inTime = repeat.again.atMillis() >= begunMillis
                    && (!isOver() || repeat.again.atMillis() <= endedMillis + Setup.MOST_WAY.toMillis());
            if (!inTime) {
                return Optional.empty();
            }
            return switch (event.kind().part()) {
                case NODE -> event.kind() == Kind.NODE_KILLED ? cut(repeat, begunMillis) : pause(repeat);
                case SMARTHOST -> cut(repeat, begunMillis).or(() -> cut(repeat, endedMillis));
                case DATABASE, LOAD ->
                    isWithin(before.atMillis())
                            ? Optional.of(gap(repeat, before.connection(), begunMillis, endedMillis))
                            : Optional.empty();
            };
        }

        /** Its connections came to their ends then, and what they took last may have no record. */
        private Optional<Gap> cut(Repeat repeat, long atMillis) {
            Arrival before = repeat.before;
            boolean cut = before.connection().isOf(event.place())
                    && isNear(before.atMillis(), atMillis)
                    && before.isAmongLast(bound);
            return cut ? Optional.of(gap(repeat, before.connection(), atMillis, atMillis)) : Optional.empty();
        }

        /**
         * A node that stands still hands nothing over, so it is what was under way when the pause began and what it goes on
         * with afterwards; the latter may have been another node's in the meantime.
         */
        private Optional<Gap> pause(Repeat repeat) {
            Arrival before = repeat.before;
            Arrival again = repeat.again;
            if (before.connection().isOf(event.place())
                    && (isNear(before.atMillis(), begunMillis) || isNear(before.atMillis(), endedMillis))) {
                return Optional.of(gap(repeat, before.connection(), begunMillis, endedMillis));
            }
            boolean late = again.connection().isOf(event.place())
                    && isNear(again.atMillis(), endedMillis)
                    && isWithin(before.atMillis());
            return late ? Optional.of(gap(repeat, again.connection(), begunMillis, endedMillis)) : Optional.empty();
        }

        private Gap gap(Repeat repeat, Connection connection, long fromMillis, long toMillis) {
            return new Gap(repeat, event, connection, fromMillis, toMillis);
        }

        private boolean isWithin(long atMillis) {
            return atMillis >= begunMillis - UNRECORDED_MILLIS
                    && (!isOver() || atMillis <= endedMillis + UNRECORDED_MILLIS);
        }

        private boolean isNear(long atMillis, long pointMillis) {
            return Math.abs(atMillis - pointMillis) <= UNRECORDED_MILLIS;
        }

        private boolean isOver() {
            return endedMillis != NOT_YET;
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

    /** Who is to blame may only be known later: an event's end can cut, too. */
    void add(Repeat repeat) {
        repeats.add(repeat);
    }

    /** Looks for an event for each. @return those without one, and those beyond the bound */
    List<Repeat> judge() {
        after.clear();
        most = 0;
        List<Repeat> unexplained = new ArrayList<>();
        Map<Connection, List<Gap>> gaps = new HashMap<>();
        for (Repeat repeat : repeats) {
            gap(repeat)
                    .ifPresentOrElse(
                            gap -> gaps.computeIfAbsent(gap.connection, any -> new ArrayList<>())
                                    .add(gap),
                            () -> unexplained.add(repeat));
        }
        gaps.values().forEach(ofOne -> judge(ofOne, unexplained));
        return unexplained;
    }

    /** By the latest event that may have. */
    private Optional<Gap> gap(Repeat repeat) {
        Optional<Gap> latest = Optional.empty();
        for (Strike strike : strikes) {
            Optional<Gap> gap = strike.explain(repeat);
            latest = gap.isPresent() ? gap : latest;
        }
        return latest;
    }

    /** Gaps that overlap are one: nothing had got a record in between that could have made room for more. */
    private void judge(List<Gap> ofOneConnection, List<Repeat> unexplained) {
        ofOneConnection.sort(Comparator.comparingLong(Gap::fromMillis));
        long until = Long.MIN_VALUE;
        int together = 0;
        for (Gap gap : ofOneConnection) {
            together = gap.fromMillis <= until ? together + 1 : 1;
            until = Math.max(until, gap.toMillis);
            most = Math.max(most, together);
            if (together > bound) {
                unexplained.add(gap.repeat);
            } else {
                after.merge(gap.event.kind().label(), 1L, Long::sum);
            }
        }
    }

    /** Of one connection at one time, of those that were judged; above the bound it is a fault. */
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
