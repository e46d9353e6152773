package org.posthorn.pipeline;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.posthorn.list.MailingList;
import org.posthorn.platform.log.Fate;
import org.posthorn.platform.log.FateLine;
import org.posthorn.queue.Posting;
import org.posthorn.queue.QueueName;
import org.posthorn.queue.Trace;
import org.posthorn.queue.runner.Stage.Outcome;

/** Carries out what a handler found about a post of which nothing can go out, in the caller's transaction. */
@ApplicationScoped
public class Endings {

    private final Trace trace;
    private final EndingNotices notices;

    protected Endings() {
        this(null, null);
    }

    @Inject
    public Endings(Trace trace, EndingNotices notices) {
        this.trace = trace;
        this.notices = notices;
    }

    /**
     * @param messageId the stored message as it came
     * @return what becomes of its entry
     */
    Outcome carryOut(MailingList list, Posting posting, long messageId, Ending ending) {
        String why = ending.why().english();
        return switch (ending.how()) {
            case DISCARDED -> end(list, posting, Posting.Outcome.DISCARDED, why);
            case REJECTED -> {
                notices.rejected(list, posting, messageId, ending.why());
                yield end(list, posting, Posting.Outcome.REJECTED, why);
            }
            case FORWARDED -> {
                notices.forwarded(list, posting, messageId, ending.why());
                yield end(list, posting, Posting.Outcome.DISCARDED, "forwarded to the owners: " + why);
            }
            case PRESERVED -> new Outcome.Bad(why);
        };
    }

    private Outcome end(MailingList list, Posting posting, Posting.Outcome outcome, String detail) {
        boolean rejected = outcome == Posting.Outcome.REJECTED;
        trace.event(posting.id(), QueueName.PIPELINE, rejected ? "rejected" : "discarded", detail);
        trace.outcome(posting.id(), outcome);
        FateLine.of(rejected ? Fate.REJECTED : Fate.DISCARDED)
                .list(list.getListId())
                .posting(posting.id())
                .messageId(posting.messageId())
                .with("reason", detail)
                .say();
        return new Outcome.Done();
    }
}
