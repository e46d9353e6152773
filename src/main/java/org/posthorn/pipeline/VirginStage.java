package org.posthorn.pipeline;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.posthorn.list.Recipient;
import org.posthorn.queue.NewEntry;
import org.posthorn.queue.Posting;
import org.posthorn.queue.Postings;
import org.posthorn.queue.QueueEntry;
import org.posthorn.queue.QueueName;
import org.posthorn.queue.Switchboard;
import org.posthorn.queue.Trace;
import org.posthorn.queue.runner.Stage;

/**
 * Mail that Posthorn itself has written goes out as it is. Consumes {@code virgin}, produces one entry in {@code out} with
 * a chunk of one recipient; skips rules and handlers. A failure leaves the entry where it was.
 */
@ApplicationScoped
public class VirginStage implements Stage {

    private final Postings postings;
    private final Chunks chunks;
    private final Switchboard switchboard;
    private final Trace trace;
    private final Clock clock;

    protected VirginStage() {
        this(null, null, null, null, null);
    }

    @Inject
    public VirginStage(Postings postings, Chunks chunks, Switchboard switchboard, Trace trace, Clock clock) {
        this.postings = postings;
        this.chunks = chunks;
        this.switchboard = switchboard;
        this.trace = trace;
        this.clock = clock;
    }

    @Override
    public QueueName queue() {
        return QueueName.VIRGIN;
    }

    @Override
    public Outcome process(QueueEntry entry) {
        String recipient = entry.attributes().get("recipient");
        if (entry.postingId() == null || entry.messageId() == null || recipient == null) {
            return new Outcome.Bad("mail without a posting, a message or a recipient cannot be sent");
        }
        Posting posting = postings.find(entry.postingId())
                .orElseThrow(() -> new IllegalStateException(
                        "posting " + entry.postingId() + " cannot be missing while an entry points to it"));
        long chunk = chunks.add(posting.id(), List.of(new Recipient(0, recipient, recipient)));
        Map<String, String> attributes = Map.of(
                OutAttributes.KIND, "virgin",
                OutAttributes.PERSONALIZE, "none",
                OutAttributes.BOUNCES, entry.attributes().getOrDefault("sender", ""));
        NewEntry out = NewEntry.of(
                QueueName.OUT,
                entry.listId(),
                posting.id(),
                entry.messageId(),
                attributes,
                entry.received(),
                clock.instant());
        switchboard.enqueue(out.chunk(chunk, 0));
        postings.fannedOut(posting.id());
        trace.event(posting.id(), QueueName.VIRGIN, "fanned-out", "1 recipient in 1 chunk");
        return new Outcome.Done();
    }
}
