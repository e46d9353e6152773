package org.posthorn.queue;

import java.time.Instant;
import java.util.Map;

/**
 * A piece of work in a queue.
 *
 * @param hash its place in the hash space, 0 to 2^63-1
 * @param listId null for what belongs to no list (any more)
 * @param postingId what its trace hangs on; null for what no mail caused
 * @param messageId the stored message; null when the work needs none
 * @param chunkId its recipients, in {@code out} and {@code backoff}
 * @param attributes what one stage tells the next
 * @param progress how far a resumable stage has come, 0 at first
 * @param begun how often work on it began without any recorded progress since
 * @param tries how often it was deferred
 * @param origin in {@code shunt} and {@code bad}: the queue it came from; else null
 * @param lastError null at first
 */
public record QueueEntry(
        long id,
        QueueName queue,
        long hash,
        Long listId,
        Long postingId,
        Long messageId,
        Long chunkId,
        Map<String, String> attributes,
        Instant received,
        long turn,
        Instant due,
        long progress,
        int begun,
        int tries,
        QueueName origin,
        String lastError) {

    /** The attribute that counts our own failures with an entry; its {@code tries} count deferrals. */
    public static final String FAILURES = "failures";

    /** @return the same with other attributes */
    public QueueEntry with(Map<String, String> others) {
        return new QueueEntry(
                id,
                queue,
                hash,
                listId,
                postingId,
                messageId,
                chunkId,
                Map.copyOf(others),
                received,
                turn,
                due,
                progress,
                begun,
                tries,
                origin,
                lastError);
    }

    /** @return how often work on it failed through no smarthost's doing, 0 at first */
    public int failures() {
        return Integer.parseInt(attributes.getOrDefault(FAILURES, "0"));
    }
}
