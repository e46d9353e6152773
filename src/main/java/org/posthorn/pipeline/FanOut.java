package org.posthorn.pipeline;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.posthorn.list.Recipient;
import org.posthorn.queue.NewEntry;
import org.posthorn.queue.QueueEntry;
import org.posthorn.queue.QueueName;
import org.posthorn.queue.Switchboard;

/**
 * Puts a cooked message's recipients into chunks and these into {@code out}, so many at a time; who calls it keeps the
 * cursor. A later chunk's turn stands further back, so that small posts pass between the chunks of a big one.
 */
@ApplicationScoped
public class FanOut {

    /** After so many chunks others get their turn. */
    static final int MOST_CHUNKS = 10;

    /** The first time sooner, so that there is something to deliver. */
    static final int FIRST_CHUNKS = 4;

    /** Or after this time. */
    static final Duration LONGEST = Duration.ofMillis(200);

    private final Chunks chunks;
    private final Switchboard switchboard;
    private final Clock clock;

    protected FanOut() {
        this(null, null, null);
    }

    @Inject
    public FanOut(Chunks chunks, Switchboard switchboard, Clock clock) {
        this.chunks = chunks;
        this.switchboard = switchboard;
        this.clock = clock;
    }

    /** Reads recipients in the order of their member ids: up to a limit, those after the last one. */
    @FunctionalInterface
    interface Recipients {
        List<Recipient> after(long memberId, int limit);
    }

    /**
     * How far it has come.
     *
     * @param memberId the last recipient that is in a chunk
     * @param chunks how many chunks there are
     * @param recipients how many recipients are in them
     * @param complete whether nobody is left
     */
    record Cursor(long memberId, int chunks, long recipients, boolean complete) {

        Cursor plus(List<Recipient> more) {
            return new Cursor(more.get(more.size() - 1).memberId(), chunks + 1, recipients + more.size(), false);
        }

        Cursor completed() {
            return new Cursor(memberId, chunks, recipients, true);
        }
    }

    /** Puts a post into {@code digest}, in the caller's transaction. @param collected the stored message as digests have it */
    void collect(QueueEntry entry, long collected) {
        switchboard.enqueue(NewEntry.of(
                QueueName.DIGEST,
                entry.listId(),
                entry.postingId(),
                collected,
                Map.of(OutAttributes.KIND, "post"),
                entry.received(),
                clock.instant()));
    }

    /**
     * Goes on from where it stands, in the caller's transaction.
     *
     * @param entry in {@code pipeline}
     * @param kind see {@link OutAttributes#KIND}
     */
    Cursor goOn(QueueEntry entry, FanOutState state, String kind, Recipients recipients) {
        Instant until = clock.instant().plus(LONGEST);
        NewEntry out = NewEntry.of(
                QueueName.OUT,
                entry.listId(),
                entry.postingId(),
                state.dish().messageId(),
                state.outAttributes(kind),
                entry.received(),
                state.begun());
        List<NewEntry> entries = new ArrayList<>();
        Cursor cursor = state.cursor();
        int most = cursor.chunks() == 0 ? FIRST_CHUNKS : MOST_CHUNKS;
        while (!cursor.complete()
                && entries.size() < most
                && (entries.isEmpty() || clock.instant().isBefore(until))) {
            List<Recipient> next = recipients.after(cursor.memberId(), Chunks.MOST_RECIPIENTS);
            if (!next.isEmpty()) {
                entries.add(out.chunk(chunks.add(entry.postingId(), next), cursor.chunks()));
                cursor = cursor.plus(next);
            }
            if (next.size() < Chunks.MOST_RECIPIENTS) {
                cursor = cursor.completed();
            }
        }
        if (!entries.isEmpty()) {
            switchboard.enqueue(entries);
        }
        return cursor;
    }
}
