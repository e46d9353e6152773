package org.posthorn.moderation;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.posthorn.platform.log.Fate;
import org.posthorn.platform.log.FateLine;
import org.posthorn.queue.NewEntry;
import org.posthorn.queue.Posting;
import org.posthorn.queue.QueueName;
import org.posthorn.queue.RuleMarks;
import org.posthorn.queue.Switchboard;
import org.posthorn.queue.Trace;

/** Carries out what was decided about a post, by the rules or by a moderator, in the caller's transaction. */
@ApplicationScoped
public class Fates {

    private final Switchboard switchboard;
    private final Trace trace;
    private final Clock clock;
    private final AuthorNotices authors;
    private final ModeratorNotices moderators;
    private final Approval approval;

    protected Fates() {
        this(null, null, null, null, null, null);
    }

    @Inject
    public Fates(
            Switchboard switchboard,
            Trace trace,
            Clock clock,
            AuthorNotices authors,
            ModeratorNotices moderators,
            Approval approval) {
        this.switchboard = switchboard;
        this.trace = trace;
        this.clock = clock;
        this.authors = authors;
        this.moderators = moderators;
        this.approval = approval;
    }

    /**
     * On to the pipeline. The time that delivery is given counts from here: a post may have been held for weeks.
     *
     * @param marks of the rules, for the post's header
     */
    void accept(Submission post, RuleMarks marks, String detail) {
        Instant now = clock.instant();
        switchboard.enqueue(NewEntry.of(
                QueueName.PIPELINE,
                post.list().getId(),
                post.posting().id(),
                post.messageId(),
                marks.in(post.attributes()),
                now,
                now));
        trace.event(post.posting().id(), QueueName.IN, "accepted", detail);
    }

    /** {@link #accept} by a moderator. A post that is urgent by right is so yet; one that is not goes the usual way. */
    void acceptHeld(Submission post, RuleMarks marks, String detail) {
        accept(post.marked(approval.urgency(post.list(), post.messageId())), marks, detail);
    }

    /**
     * The author and the moderators are told, if the list does so. The held message's row is stored by {@link HeldMessages}.
     *
     * @param sender the address that decided, or the reverse-path
     */
    void hold(Submission post, String sender, List<Reason> reasons, String detail) {
        trace.event(post.posting().id(), QueueName.IN, "held", detail);
        say(Fate.HELD, post, Reason.english(reasons));
        if (post.list().posting().isRespondToPostRequests()) {
            authors.held(post, reasons);
        }
        moderators.held(post, sender, reasons);
    }

    /** The end by the list's rules; the author is told why, within bounds. */
    void rejectByRules(Submission post, Reason reason, String detail) {
        end(post, List.of(reason), detail);
        authors.rejectedByRules(post, reason);
    }

    /** The end by a moderator; the author is told why. */
    void reject(Submission post, List<Reason> reasons, String by) {
        end(post, reasons, "rejected by " + by + ": " + Reason.english(reasons));
        authors.rejected(post, reasons);
    }

    private void end(Submission post, List<Reason> reasons, String detail) {
        trace.event(post.posting().id(), QueueName.IN, "rejected", detail);
        trace.outcome(post.posting().id(), Posting.Outcome.REJECTED);
        say(Fate.REJECTED, post, Reason.english(reasons));
    }

    /** The end, in silence. */
    void discard(Submission post, String detail) {
        trace.event(post.posting().id(), QueueName.IN, "discarded", detail);
        trace.outcome(post.posting().id(), Posting.Outcome.DISCARDED);
        say(Fate.DISCARDED, post, detail);
    }

    /** A post that nobody will decide about any more. @param list its List-Id; @param messageId with its angle brackets */
    record Undecided(long postingId, String list, String messageId) {}

    /** {@link #discard} for many at once. */
    void discardAll(List<Undecided> posts, String detail) {
        trace.events(posts.stream()
                .map(post -> new Trace.Event(post.postingId, QueueName.IN, "discarded", detail))
                .toList());
        trace.outcomes(posts.stream().map(Undecided::postingId).toList(), Posting.Outcome.DISCARDED);
        posts.forEach(post -> FateLine.of(Fate.DISCARDED)
                .list(post.list)
                .posting(post.postingId)
                .messageId(post.messageId)
                .with("reason", detail)
                .say());
    }

    private static void say(Fate fate, Submission post, String reason) {
        FateLine.of(fate)
                .list(post.list().getListId())
                .posting(post.posting().id())
                .messageId(post.posting().messageId())
                .with("reason", reason)
                .say();
    }
}
