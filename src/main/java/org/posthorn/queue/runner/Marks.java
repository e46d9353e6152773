package org.posthorn.queue.runner;

import java.util.Map;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.posthorn.queue.QueueName;

/**
 * New entries that somebody has yet to be told of: for each queue and each 64th of its hash space the last one's hash. So
 * many entries are one mark, it never grows, and to set one never waits. Where slices are finer than that, one of those
 * within a part is told of, and a timer finds the others.
 */
final class Marks {

    /** Told of at once. */
    @FunctionalInterface
    interface Taker {
        void take(QueueName queue, long hash);
    }

    private static final int PARTS = 64;
    private static final int HASH_BITS = 63;
    private static final int PART_BITS = 6;
    private static final int LONGEST_TEXT = 32_768;
    private static final QueueName[] QUEUES = QueueName.values();
    private static final Map<String, QueueName> BY_LABEL =
            Stream.of(QUEUES).collect(Collectors.toMap(QueueName::label, Function.identity()));

    /** A hash's bits, all turned, so that 0 says that there is none. */
    private final AtomicLongArray turned = new AtomicLongArray(QUEUES.length * PARTS);

    /** @param hash 0 to 2^63-1; others are no hashes and are left out */
    void set(QueueName queue, long hash) {
        if (hash >= 0) {
            turned.set(queue.ordinal() * PARTS + (int) (hash >>> (HASH_BITS - PART_BITS)), ~hash);
        }
    }

    /** Hands over each mark that is set, and takes it away. */
    void drain(Taker taker) {
        for (int i = 0; i < turned.length(); i++) {
            long value = turned.get(i) == 0 ? 0 : turned.getAndSet(i, 0);
            if (value != 0) {
                taker.take(QUEUES[i / PARTS], ~value);
            }
        }
    }

    /** @return the marks as other nodes read them ({@code out:81,in:17}), which are taken away; empty: there are none */
    String drainToText() {
        StringBuilder text = new StringBuilder();
        drain((queue, hash) -> text.append(text.isEmpty() ? "" : ",")
                .append(queue.label())
                .append(':')
                .append(hash));
        return text.toString();
    }

    /**
     * Sets what a text says that came from outside. Whatever it is, nothing but marks comes of it.
     *
     * @return false: something in it was no mark of a queue that this release knows
     */
    boolean setFromText(String text) {
        if (text.length() > LONGEST_TEXT) {
            return false;
        }
        boolean all = true;
        for (String mark : text.split(",", QUEUES.length * PARTS + 1)) {
            int colon = mark.indexOf(':');
            QueueName queue = colon < 0 ? null : BY_LABEL.get(mark.substring(0, colon));
            long hash = queue == null ? -1 : hash(mark.substring(colon + 1));
            if (hash >= 0) {
                set(queue, hash);
            }
            all &= hash >= 0;
        }
        return all;
    }

    private static long hash(String digits) {
        try {
            return Long.parseLong(digits);
        } catch (NumberFormatException e) {
            return -1;
        }
    }
}
