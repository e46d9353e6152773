package org.posthorn.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.posthorn.platform.Hours;

/** Who of a chunk waits for smarthosts' hours in a turn, and for whose. */
final class Rest {

    /** Hours that begin later than that are looked at again before. */
    private static final Duration LONGEST = Duration.ofHours(24);

    private final BitSet recipients = new BitSet();
    private final Set<Host> hosts = new LinkedHashSet<>();

    /** @param closed the smarthosts that would take its mail, all out of their hours */
    void add(int index, List<Host> closed) {
        recipients.set(index);
        hosts.addAll(closed);
    }

    boolean isEmpty() {
        return recipients.isEmpty();
    }

    boolean has(int index) {
        return recipients.get(index);
    }

    BitSet recipients() {
        return recipients;
    }

    /** @return until the first of them is within its hours again, and a moment more, so that not all come at once */
    Duration delay(Instant now) {
        Duration delay = LONGEST;
        for (Host host : hosts) {
            Duration left = Duration.between(now, host.hours().opens(now).orElse(now));
            delay = left.compareTo(delay) < 0 ? left : delay;
        }
        return delay.plusMillis(ThreadLocalRandom.current().nextLong(1_000, 6_000));
    }

    String waitsFor() {
        return hosts.size() == 1 ? hosts.iterator().next().name() : Deferral.SEVERAL;
    }

    /** @return in words, for the first of them */
    String reason(Instant now) {
        Host host = hosts.iterator().next();
        return host.name() + ": " + reason(host.hours(), now);
    }

    static String reason(Hours hours, Instant now) {
        return hours.opens(now)
                .map(opens -> "waits for its hours, from " + hours.clock(opens, now))
                .orElse("waits for its hours");
    }
}
