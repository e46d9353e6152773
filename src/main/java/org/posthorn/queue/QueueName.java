package org.posthorn.queue;

import java.util.Locale;

/** The queues of a message's way. The presets are a queue's plan at the first start; later the database has it. */
public enum QueueName {
    /** Posts as they came. */
    IN(4, perCore(4), 2),
    /** Accepted posts, to be cooked and fanned out. */
    PIPELINE(4, perCore(4), 2),
    /** Cooked messages, each with one chunk of its recipients. */
    OUT(16, 16, 1),
    /** Chunks that no smarthost took, and recipients to be tried again later. */
    BACKOFF(4, 2, 7),
    /** Mail that Posthorn itself writes. */
    VIRGIN(4, 2, 3),
    /** Mail to -request, -join, -leave and -confirm. */
    COMMAND(4, 2, 4),
    /** Mail to -bounces. */
    BOUNCE(4, 2, 8),
    ARCHIVE(4, 2, 6),
    DIGEST(4, 1, 6),
    NEWS(4, 1, 6),
    /** Entries that kept failing, with the error; they can be put back. */
    SHUNT(0, 0, 9),
    /** Bytes that nothing could be made of, kept to be looked at. */
    BAD(0, 0, 9);

    private final int slices;
    private final int threads;
    private final int priority;

    QueueName(int slices, int threads, int priority) {
        this.slices = slices;
        this.threads = threads;
        this.priority = priority;
    }

    /**
     * What computes rather than waits gets no more threads than there are processors, two at least: more would only take
     * fewer entries each, and a transaction costs the same for one as for twenty.
     */
    private static int perCore(int most) {
        return Math.max(2, Math.min(most, Runtime.getRuntime().availableProcessors()));
    }

    /** How many slices its hash space has at first; 0: nobody works on it. */
    public int presetSlices() {
        return slices;
    }

    /** How many of its runners may work at the same time on one node. */
    public int presetThreads() {
        return threads;
    }

    /** 1, served first, to 9. */
    public int presetPriority() {
        return priority;
    }

    /** Its name in REST, logs and the console. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
