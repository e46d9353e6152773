package org.posthorn.moderation;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import org.posthorn.queue.NewEntry;
import org.posthorn.queue.Posting;
import org.posthorn.queue.Postings;
import org.posthorn.queue.QueueEntries;
import org.posthorn.queue.QueueEntry;
import org.posthorn.queue.QueueName;
import org.posthorn.queue.Switchboard;
import org.posthorn.queue.Trace;

/** Keeps what a moderator rejects or discards in {@code bad}, for as long as the site keeps such, in the caller's transaction. */
@ApplicationScoped
public class PreserveHeld {

    private final Postings postings;
    private final Switchboard switchboard;
    private final QueueEntries entries;
    private final Trace trace;
    private final Clock clock;

    protected PreserveHeld() {
        this(null, null, null, null, null);
    }

    @Inject
    public PreserveHeld(Postings postings, Switchboard switchboard, QueueEntries entries, Trace trace, Clock clock) {
        this.postings = postings;
        this.switchboard = switchboard;
        this.entries = entries;
        this.trace = trace;
        this.clock = clock;
    }

    /** As an entry of {@code in} that was put aside: put back, it is judged again. */
    void preserve(HeldMessage post, String by) {
        Posting posting = postings.find(post.postingId())
                .orElseThrow(() ->
                        new IllegalStateException("a held message cannot be without its posting: " + post.requestId()));
        Instant now = clock.instant();
        long id = switchboard.enqueue(NewEntry.of(
                QueueName.IN,
                post.listId(),
                posting.id(),
                post.messageId(),
                Map.of("sender", posting.sender(), "recipient", posting.recipient(), Submission.KIND, "post"),
                now,
                now));
        QueueEntry entry = entries.find(id)
                .orElseThrow(() -> new IllegalStateException("an entry cannot be missing that was just made: " + id));
        entries.shunt(entry, QueueName.BAD, "preserved by " + by);
        trace.event(posting.id(), QueueName.BAD, "preserved", "by " + by);
    }
}
