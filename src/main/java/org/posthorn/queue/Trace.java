package org.posthorn.queue;

import java.util.List;

/** Writes what happens to a posting, in the transaction in which it happens. */
public interface Trace {

    /**
     * @param postingId null: nothing is written
     * @param event one word from a closed set, e.g. {@code held}
     * @param detail why, in words; cut at 2,000 characters, with control characters replaced
     */
    void event(Long postingId, QueueName queue, String event, String detail);

    /** One event of several. */
    record Event(long postingId, QueueName queue, String event, String detail) {}

    /** Writes many in one go. */
    default void events(List<Event> events) {
        events.forEach(event -> event(event.postingId, event.queue, event.event, event.detail));
    }

    /** Ends a posting's way. */
    void outcome(long postingId, Posting.Outcome outcome);

    /** Ends the way of many in one go. */
    default void outcomes(List<Long> postingIds, Posting.Outcome outcome) {
        postingIds.forEach(id -> outcome(id, outcome));
    }
}
