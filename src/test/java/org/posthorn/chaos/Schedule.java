package org.posthorn.chaos;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * When what happens to whom, by the seed alone: the same seed gives the same events at the same times since the load began.
 * What the machine makes of them (how far a delivery is when the blow comes, how long a start takes) differs from run to run.
 *
 * <p>The kinds come as cards from a shuffled pack: each once, before any comes again. Events of different parts overlap;
 * those of one part leave it time to come back.
 */
final class Schedule {

    private final Random random;
    private final Setup setup;
    private final Map<String, Duration> busyUntil = new HashMap<>();
    private final Deque<Kind> pack = new ArrayDeque<>();

    private Schedule(Setup setup) {
        this.setup = setup;
        this.random = new Random(setup.seed());
    }

    /** @return in order of time */
    static List<Event> of(Setup setup) {
        return new Schedule(setup).events();
    }

    private List<Event> events() {
        List<Event> events = new ArrayList<>();
        Duration at = between(setup.pace().dividedBy(2), setup.pace());
        while (at.compareTo(setup.length()) < 0) {
            Event event = next(at);
            if (event != null) {
                events.add(event);
            }
            at = at.plus(between(
                    setup.pace().dividedBy(2), setup.pace().multipliedBy(3).dividedBy(2)));
        }
        return events;
    }

    /** The first card that somebody is free for; the others stay on top. */
    private Event next(Duration at) {
        if (pack.isEmpty()) {
            List<Kind> cards = new ArrayList<>(setup.kinds());
            Collections.shuffle(cards, random);
            pack.addAll(cards);
        }
        for (Kind kind : List.copyOf(pack)) {
            int targets = targets(kind);
            int first = random.nextInt(targets);
            for (int i = 0; i < targets; i++) {
                Event event = new Event(at, kind, (first + i) % targets, length(kind));
                if (!at.minus(busyUntil.getOrDefault(event.place(), Duration.ZERO))
                        .isNegative()) {
                    pack.remove(kind);
                    busyUntil.put(event.place(), at.plus(event.length()).plus(recovery(kind)));
                    return event;
                }
            }
        }
        return null;
    }

    private int targets(Kind kind) {
        return switch (kind.part()) {
            case NODE -> setup.nodes();
            case SMARTHOST -> setup.smarthosts();
            case DATABASE, LOAD -> 1;
        };
    }

    private Duration length(Kind kind) {
        return switch (kind) {
            case NODE_KILLED, NODE_STOPPED -> seconds(0, 10);
            case NODE_PAUSED -> seconds(1, 8);
            case NODE_PAUSED_LONG -> setup.isShort() ? seconds(14, 18) : seconds(14, 40);
            case DATABASE_CRASHED, DATABASE_RESTARTED -> seconds(0, 8);
            case SMARTHOST_KILLED, SMARTHOST_SLOW -> seconds(2, 15);
            case SMARTHOST_REFUSING -> setup.isShort() ? seconds(2, 5) : seconds(2, 15);
            case QUIET -> setup.isShort() ? seconds(3, 8) : seconds(10, 30);
        };
    }

    /** What a part is left alone for after it: a node's start takes its time. */
    private static Duration recovery(Kind kind) {
        return switch (kind) {
            case NODE_KILLED, NODE_STOPPED -> Duration.ofSeconds(25);
            case NODE_PAUSED, NODE_PAUSED_LONG -> Duration.ofSeconds(5);
            case DATABASE_CRASHED, DATABASE_RESTARTED -> Duration.ofSeconds(15);
            case SMARTHOST_KILLED, SMARTHOST_SLOW, SMARTHOST_REFUSING, QUIET -> Duration.ofSeconds(3);
        };
    }

    private Duration seconds(int from, int to) {
        return between(Duration.ofSeconds(from), Duration.ofSeconds(to));
    }

    private Duration between(Duration from, Duration to) {
        return from.plusMillis(random.nextInt((int) (to.toMillis() - from.toMillis()) + 1));
    }
}
