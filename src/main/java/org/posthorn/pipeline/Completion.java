package org.posthorn.pipeline;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import org.posthorn.list.ListCounters;
import org.posthorn.list.MailingList;
import org.posthorn.pipeline.Kitchen.Cooked;
import org.posthorn.platform.BeforeCommit;
import org.posthorn.platform.log.Fate;
import org.posthorn.platform.log.FateLine;
import org.posthorn.queue.Posting;
import org.posthorn.queue.Postings;
import org.posthorn.queue.QueueName;
import org.posthorn.queue.Trace;

/** Notes what became of a post in the pipeline, in the caller's transaction. */
@ApplicationScoped
public class Completion {

    private final Postings postings;
    private final ListCounters counters;
    private final Acknowledgements acknowledgements;
    private final BeforeCommit beforeCommit;
    private final Trace trace;
    private final Clock clock;

    protected Completion() {
        this(null, null, null, null, null, null);
    }

    @Inject
    public Completion(
            Postings postings,
            ListCounters counters,
            Acknowledgements acknowledgements,
            BeforeCommit beforeCommit,
            Trace trace,
            Clock clock) {
        this.postings = postings;
        this.counters = counters;
        this.acknowledgements = acknowledgements;
        this.beforeCommit = beforeCommit;
        this.trace = trace;
        this.clock = clock;
    }

    /** What handlers have to say of it. */
    void cooked(Posting posting, Cooked cooked) {
        if (!cooked.notes().isEmpty()) {
            trace.event(posting.id(), QueueName.PIPELINE, "altered", String.join("; ", cooked.notes()));
        }
    }

    /** All recipients are in chunks; without any this is the end. */
    void fannedOut(Posting posting, FanOutState state) {
        int chunks = state.cursor().chunks();
        long recipients = state.cursor().recipients();
        postings.fannedOut(posting.id());
        trace.event(
                posting.id(),
                QueueName.PIPELINE,
                "fanned-out",
                recipients + " recipients in " + chunks + " chunks; footer "
                        + state.dish().footer());
        if (recipients == 0) {
            trace.outcome(posting.id(), Posting.Outcome.DONE);
        }
    }

    /**
     * Mailman's after-delivery: the list's number of posts and time of the last one. All of a list's posts want that row. And
     * its acknowledge.
     */
    void posted(MailingList list, Posting posting, FanOutState state) {
        acknowledgements.posted(list, posting, state.dish().author());
        long listId = list.getId();
        beforeCommit.run(listId, () -> counters.countPost(listId, clock.instant()));
        FateLine.of(Fate.POSTED)
                .list(list.getListId())
                .posting(posting.id())
                .messageId(posting.messageId())
                .say();
    }

    /** The list has gone since the post was accepted. */
    void listGone(Posting posting) {
        trace.event(posting.id(), QueueName.PIPELINE, "discarded", "the list is gone");
        trace.outcome(posting.id(), Posting.Outcome.DISCARDED);
        FateLine.of(Fate.DISCARDED)
                .posting(posting.id())
                .messageId(posting.messageId())
                .with("reason", "the list is gone")
                .say();
    }
}
