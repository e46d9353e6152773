package org.posthorn.moderation;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.posthorn.platform.Text;
import org.posthorn.queue.NewEntry;
import org.posthorn.queue.Posting;
import org.posthorn.queue.QueueName;
import org.posthorn.queue.Switchboard;
import org.posthorn.queue.Trace;

/** Carries out what was decided about a post, by the rules or by a moderator, in the caller's transaction. */
@ApplicationScoped
public class Fates {

    private static final Logger LOG = System.getLogger(Fates.class.getName());

    private final Switchboard switchboard;
    private final Trace trace;
    private final Clock clock;
    private final AuthorNotices notices;

    protected Fates() {
        this(null, null, null, null);
    }

    @Inject
    public Fates(Switchboard switchboard, Trace trace, Clock clock, AuthorNotices notices) {
        this.switchboard = switchboard;
        this.trace = trace;
        this.clock = clock;
        this.notices = notices;
    }

    /** On to the pipeline. The time that delivery is given counts from here: a post may have been held for weeks. */
    void accept(Submission post, String detail) {
        Instant now = clock.instant();
        switchboard.enqueue(NewEntry.of(
                QueueName.PIPELINE,
                post.list().getId(),
                post.posting().id(),
                post.messageId(),
                post.attributes(),
                now,
                now));
        trace.event(post.posting().id(), QueueName.IN, "accepted", detail);
    }

    /** The author is told, if the list does so. The held message's row is stored by {@link HeldMessages}. */
    void hold(Submission post, String reason, String detail) {
        trace.event(post.posting().id(), QueueName.IN, "held", detail);
        log("Held", post, reason);
        if (post.list().posting().isRespondToPostRequests()) {
            notices.held(post, reason);
        }
    }

    /** The end, and the author is told why. */
    void reject(Submission post, String reason, String detail) {
        trace.event(post.posting().id(), QueueName.IN, "rejected", detail);
        trace.outcome(post.posting().id(), Posting.Outcome.REJECTED);
        log("Rejected", post, reason);
        notices.rejected(post, reason);
    }

    /** The end, in silence. */
    void discard(Submission post, String detail) {
        trace.event(post.posting().id(), QueueName.IN, "discarded", detail);
        trace.outcome(post.posting().id(), Posting.Outcome.DISCARDED);
        log("Discarded", post, detail);
    }

    /** {@link #discard} for many of a list at once. */
    void discardAll(List<Long> postingIds, String detail) {
        trace.events(postingIds.stream()
                .map(id -> new Trace.Event(id, QueueName.IN, "discarded", detail))
                .toList());
        trace.outcomes(postingIds, Posting.Outcome.DISCARDED);
    }

    private static void log(String fate, Submission post, String reason) {
        LOG.log(
                Level.INFO,
                "{0} list={1} posting={2} message-id={3} reason={4}",
                fate,
                post.list().getListId(),
                Long.toString(post.posting().id()),
                Text.line(post.posting().messageId(), 200),
                Text.line(reason, 300));
    }
}
