package org.posthorn.queue;

import java.time.Instant;

/**
 * A posting to be.
 *
 * @param listId null for what belongs to no list
 * @param recipient the address it came for
 * @param messageId the Message-ID field's value with its angle brackets; empty without one
 * @param sender the reverse-path; empty for the null path
 * @param subject decoded; may come as it was in the mail: {@link Postings} cuts and cleans it
 * @param octetsId the stored message that a post came as; null: it is no post
 */
public record NewPosting(
        Long listId,
        String recipient,
        QueueName firstQueue,
        String messageId,
        String sender,
        String subject,
        long sizeBytes,
        Instant receivedAt,
        Long octetsId) {

    /** Of what is no post. */
    public NewPosting(
            Long listId,
            String recipient,
            QueueName firstQueue,
            String messageId,
            String sender,
            String subject,
            long sizeBytes,
            Instant receivedAt) {
        this(listId, recipient, firstQueue, messageId, sender, subject, sizeBytes, receivedAt, null);
    }
}
