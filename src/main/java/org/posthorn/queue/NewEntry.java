package org.posthorn.queue;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * A queue entry to be.
 *
 * @param chunkNumber which of a fan-out's entries this is; 0 for the only one
 * @param received when the message came in
 * @param turn milliseconds since 1970: entries are taken in this order
 * @param due not before then
 * @param tries carried over from the entry that it follows
 */
public record NewEntry(
        QueueName queue,
        Long listId,
        Long postingId,
        Long messageId,
        Long chunkId,
        int chunkNumber,
        Map<String, String> attributes,
        Instant received,
        long turn,
        Instant due,
        int tries) {

    /** What a chunk of a big post waits longer than the one before it: so small posts pass between them. */
    private static final Duration CHUNK_TURN = Duration.ofMillis(40);

    /** An entry that is due at once. */
    public static NewEntry of(
            QueueName queue,
            Long listId,
            Long postingId,
            Long messageId,
            Map<String, String> attributes,
            Instant received,
            Instant now) {
        return new NewEntry(
                queue, listId, postingId, messageId, null, 0, attributes, received, now.toEpochMilli(), now, 0);
    }

    /** The same for one chunk of a fan-out. */
    public NewEntry chunk(long chunkId, int chunkNumber) {
        return new NewEntry(
                queue,
                listId,
                postingId,
                messageId,
                chunkId,
                chunkNumber,
                attributes,
                received,
                turn + chunkNumber * CHUNK_TURN.toMillis(),
                due,
                tries);
    }

    /** The same, to be taken up later. */
    public NewEntry later(Instant due, int tries) {
        return new NewEntry(
                queue, listId, postingId, messageId, chunkId, chunkNumber, attributes, received, turn, due, tries);
    }
}
