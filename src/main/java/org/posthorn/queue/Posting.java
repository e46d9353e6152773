package org.posthorn.queue;

import java.time.Instant;

/**
 * One arrival of a message at one list: what its trace hangs on.
 *
 * @param listId null once the list is gone
 * @param recipient the address it came for
 * @param firstQueue where its way began
 * @param messageId the header field's value with its angle brackets; empty without one
 * @param sender the reverse-path; empty for the null path
 * @param outcome null while it is under way
 * @param fannedOut whether all of its recipients are in chunks
 */
public record Posting(
        long id,
        Long listId,
        String recipient,
        QueueName firstQueue,
        String messageId,
        String sender,
        String subject,
        long sizeBytes,
        Instant receivedAt,
        Outcome outcome,
        boolean fannedOut) {

    /** How a posting's way can end before, or without, delivery. */
    public enum Outcome {
        REJECTED,
        DISCARDED,
        EXPIRED,
        /** Worked on to the end, with nobody to deliver to: a command, a bounce. */
        DONE
    }
}
