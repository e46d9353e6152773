package org.posthorn.queue;

import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * Where a message is: what came of each of its arrivals.
 *
 * @param posts one for each list that it came for, in order of arrival
 * @param events what happened, in order of time; a part of them
 */
public record PostingReport(String messageId, List<Post> posts, List<Event> events) {

    /** Where a posting stands. In this order the most urgent of several speaks for all. */
    public enum State {
        BAD,
        SHUNTED,
        HELD,
        QUEUED,
        DELIVERING,
        DELIVERED,
        REJECTED,
        EXPIRED,
        DISCARDED;

        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * @param list the list-id, or the address it came for once the list is gone
     * @param recipients those known so far
     * @param delivered handed to a smarthost, which took them
     * @param failed given up, each with its reason
     */
    public record Post(long postingId, String list, State state, long recipients, long delivered, long failed) {

        public long waiting() {
            return Math.max(0, recipients - delivered - failed);
        }
    }

    /** A step of a message's way. */
    public record Event(Instant at, String node, String queue, String event, String detail) {}

    /**
     * What came of one recipient at one attempt.
     *
     * @param outcome {@code delivered}, {@code failed} or {@code deferred}; {@code waiting} before the first
     * @param smarthost null when none was asked
     * @param code the reply's, 0 without one
     * @param reply the smarthost's words
     */
    public record Fate(Instant at, String outcome, String smarthost, int code, String enhancedStatus, String reply) {}

    /** The most urgent of the posts' states. */
    public State state() {
        return posts.stream().map(Post::state).min(State::compareTo).orElse(State.QUEUED);
    }
}
