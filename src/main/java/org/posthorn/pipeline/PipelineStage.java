package org.posthorn.pipeline;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.posthorn.list.DeliveryMode;
import org.posthorn.list.ListRepository;
import org.posthorn.list.MailingList;
import org.posthorn.pipeline.FanOut.Cursor;
import org.posthorn.pipeline.FanOut.Recipients;
import org.posthorn.pipeline.Kitchen.Cooked;
import org.posthorn.queue.Posting;
import org.posthorn.queue.Postings;
import org.posthorn.queue.QueueEntry;
import org.posthorn.queue.QueueName;
import org.posthorn.queue.RuleMarks;
import org.posthorn.queue.runner.Stage;

/**
 * Cooks an accepted post and fans it out. Consumes {@code pipeline}; produces the cooked message, chunks of recipients and
 * an entry in {@code out} for each; or the end of its way, where a handler leaves nothing to send.
 *
 * <p>The first turn cooks. Each turn, the first too, fans out some chunks; how far it has come stands in the entry's
 * progress (the last recipient's member id) and attributes, committed together with the chunks, so that a crash between
 * two turns neither loses nor repeats a recipient. Who joins during a fan-out may or may not get the post. This stage never
 * decides about a post and never holds more than one chunk of recipients. A failure leaves the entry where it was.
 */
@ApplicationScoped
public class PipelineStage implements Stage {

    private static final String POST = "post";
    private static final String OWNER = "owner";

    /** Set to {@code yes} where a post came with what makes it urgent: it waits for no digest. */
    static final String URGENT = "urgent";

    private final ListRepository lists;
    private final Postings postings;
    private final Kitchen kitchen;
    private final Audience audience;
    private final FanOut fanOut;
    private final Completion completion;
    private final Endings endings;
    private final Clock clock;

    protected PipelineStage() {
        this(null, null, null, null, null, null, null, null);
    }

    @Inject
    public PipelineStage(
            ListRepository lists,
            Postings postings,
            Kitchen kitchen,
            Audience audience,
            FanOut fanOut,
            Completion completion,
            Endings endings,
            Clock clock) {
        this.lists = lists;
        this.postings = postings;
        this.kitchen = kitchen;
        this.audience = audience;
        this.fanOut = fanOut;
        this.completion = completion;
        this.endings = endings;
        this.clock = clock;
    }

    @Override
    public QueueName queue() {
        return QueueName.PIPELINE;
    }

    @Override
    public Outcome process(QueueEntry entry) {
        if (entry.postingId() == null || entry.messageId() == null) {
            return new Outcome.Bad("an entry without a posting or a message cannot be fanned out");
        }
        Posting posting = postings.find(entry.postingId())
                .orElseThrow(() -> new IllegalStateException(
                        "posting " + entry.postingId() + " cannot be missing while an entry points to it"));
        Optional<MailingList> list = entry.listId() == null ? Optional.empty() : lists.byId(entry.listId());
        if (list.isEmpty()) {
            completion.listGone(posting);
            return new Outcome.Done();
        }
        return fanOut(entry, posting, list.get());
    }

    private Outcome fanOut(QueueEntry entry, Posting posting, MailingList list) {
        Optional<FanOutState> earlier = FanOutState.of(entry).filter(state -> kitchen.isStored(state.dish()));
        if (earlier.isPresent()) {
            return fanOut(entry, posting, list, earlier.get());
        }
        Cooked cooked = kitchen.cook(
                list,
                posting,
                entry.messageId(),
                RuleMarks.of(entry.attributes()),
                pipeline(entry, list),
                () -> audience.mayReadDigests(list));
        completion.cooked(posting, cooked);
        if (cooked.dish().isEmpty()) {
            return endings.carryOut(
                    list, posting, entry.messageId(), cooked.ending().orElseThrow());
        }
        if (FanOutState.of(entry).isEmpty()) {
            cooked.collected().ifPresent(collected -> fanOut.collect(entry, collected));
        }
        // Again, if the cooked message was removed since: the cursor stays.
        FanOutState state = FanOutState.of(entry)
                .map(begun -> begun.with(cooked.dish().get()))
                .orElseGet(() -> FanOutState.begin(cooked.dish().get(), clock.instant()));
        return fanOut(entry, posting, list, state);
    }

    private static String kind(QueueEntry entry) {
        return entry.attributes().getOrDefault(OutAttributes.KIND, POST);
    }

    private static List<Handler> pipeline(QueueEntry entry, MailingList list) {
        return switch (kind(entry)) {
            case OWNER -> Pipelines.DEFAULT_OWNER;
            case OutAttributes.DIGEST -> Pipelines.DIGEST;
            default -> Pipelines.posting(list.posting().getPostingPipeline());
        };
    }

    private Outcome fanOut(QueueEntry entry, Posting posting, MailingList list, FanOutState state) {
        String kind = kind(entry);
        boolean isPost = !kind.equals(OWNER) && !kind.equals(OutAttributes.DIGEST);
        Cursor cursor = fanOut.goOn(entry, state, isPost ? POST : kind, recipients(entry, posting, list, state));
        FanOutState next = state.at(cursor);
        if (!cursor.complete()) {
            return new Outcome.GoOn(cursor.memberId(), next.attributes());
        }
        completion.fannedOut(posting, next);
        if (isPost) {
            completion.posted(list, posting, next);
        }
        return new Outcome.Done();
    }

    private Recipients recipients(QueueEntry entry, Posting posting, MailingList list, FanOutState state) {
        return switch (kind(entry)) {
            case OWNER -> audience.owners(list);
            case OutAttributes.DIGEST ->
                audience.digestReaders(
                        list,
                        DeliveryMode.valueOf(entry.attributes().get(OutAttributes.DIGEST_MODE)),
                        Long.parseLong(entry.attributes().get(OutAttributes.DIGEST_ID)));
            default ->
                audience.members(
                        list,
                        entry.messageId(),
                        state.dish().messageId(),
                        posting.sender(),
                        "yes".equals(entry.attributes().get(URGENT)));
        };
    }
}
