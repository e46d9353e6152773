package org.posthorn.queue;

import java.time.Instant;

/**
 * An entry that nobody works on any more, with what is known of its mail. The texts come from mail: hostile.
 *
 * @param list the list-id, or empty
 * @param origin the queue it came from
 * @param parkedSince when it came into the queue that it came from
 * @param messageId as in the header, may be empty
 * @param recipients how many of a chunk's; 0: it is not about recipients
 * @param storedMessage null when it needs none
 * @param sizeBytes of the message; 0 without one
 */
public record ParkedEntry(
        long id,
        QueueName queue,
        QueueName origin,
        String list,
        String error,
        Instant parkedSince,
        int tries,
        String sender,
        String subject,
        String messageId,
        int recipients,
        Long storedMessage,
        long sizeBytes) {

    /** @return whether it can be put back: what has no queue to go back to cannot */
    public boolean hasWayBack() {
        return origin != null;
    }
}
