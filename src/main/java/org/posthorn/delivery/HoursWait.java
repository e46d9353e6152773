package org.posthorn.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import org.posthorn.queue.QueueEntry;

/**
 * What an entry remembers of waiting for smarthosts' hours: that time is not counted when its age is asked for. Kept in the
 * entry's attributes.
 *
 * @param recipients who of the chunk ever waited so; the others' age is not touched
 * @param waited for how long in all
 */
record HoursWait(BitSet recipients, Duration waited) {

    private static final String WHO = "hours-who";
    private static final String WAITED = "hours-waited";
    private static final String SINCE = "hours-since";

    static HoursWait of(QueueEntry entry) {
        Map<String, String> attributes = entry.attributes();
        return new HoursWait(
                BitSet.valueOf(Base64.getDecoder().decode(attributes.getOrDefault(WHO, ""))),
                Duration.ofMillis(Long.parseLong(attributes.getOrDefault(WAITED, "0"))));
    }

    /** @return the entry as it is once it waits no longer: what it waited has been added up */
    static QueueEntry resumed(QueueEntry entry, Instant now) {
        String since = entry.attributes().get(SINCE);
        if (since == null) {
            return entry;
        }
        Map<String, String> attributes = new HashMap<>(entry.attributes());
        attributes.remove(SINCE);
        Duration waited = Duration.between(Instant.ofEpochMilli(Long.parseLong(since)), now);
        HoursWait before = of(entry);
        Duration sum = before.waited().plus(waited.isNegative() ? Duration.ZERO : waited);
        attributes.put(WAITED, Long.toString(sum.toMillis()));
        return entry.with(attributes);
    }

    /** @param resting who waits from now on @return the entry's attributes while they do */
    static Map<String, String> begun(QueueEntry entry, BitSet resting, Instant now) {
        if (resting.isEmpty()) {
            return entry.attributes();
        }
        BitSet recipients = of(entry).recipients();
        recipients.or(resting);
        Map<String, String> attributes = new HashMap<>(entry.attributes());
        attributes.put(WHO, Base64.getEncoder().withoutPadding().encodeToString(recipients.toByteArray()));
        attributes.put(SINCE, Long.toString(now.toEpochMilli()));
        return attributes;
    }

    /** @return for how long a recipient's mail has been under way, without the time in which it was not to be sent */
    Duration age(int index, Instant received, Instant now) {
        Duration age = Duration.between(received, now);
        return recipients.get(index) ? age.minus(waited) : age;
    }
}
