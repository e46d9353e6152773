package org.posthorn.queue.runner;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.posthorn.platform.Text;
import org.posthorn.platform.log.Fate;
import org.posthorn.queue.QueueEntries;
import org.posthorn.queue.QueueEntry;
import org.posthorn.queue.QueueName;
import org.posthorn.queue.Trace;
import org.posthorn.queue.lease.Fence;
import org.posthorn.queue.lease.FencedException;
import org.posthorn.queue.lease.Lease;

/** The transactions of a runner. Each ends with the fence: a runner whose lease is no longer current commits nothing. */
@ApplicationScoped
public class GroupWork {

    /** An entry that failed so often is shunted. */
    static final int MOST_TRIES = 4;

    /** An entry that was alone so often when the process died, without progress, is shunted. */
    static final int MOST_CRASHES = 3;

    /** A transaction takes no more entries after so long. */
    private static final Duration LONGEST_GROUP = Duration.ofMillis(400);

    private final QueueEntries entries;
    private final Trace trace;
    private final Fence fence;
    private final Clock clock;

    protected GroupWork() {
        this(null, null, null, null);
    }

    @Inject
    public GroupWork(QueueEntries entries, Trace trace, Fence fence, Clock clock) {
        this.entries = entries;
        this.trace = trace;
        this.fence = fence;
        this.clock = clock;
    }

    /** Notes that work begins, before it does: a transaction of its own, so that a crash leaves the note. */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    public void begin(Lease lease, List<QueueEntry> group, boolean alone) {
        entries.begin(group, alone);
        fence.check(lease);
    }

    /** The same of entries that a process which died had noted elsewhere. Before any runner begins. @return how many are there */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    public int begunAtCrash(List<Long> ids) {
        return entries.begunAtCrash(ids);
    }

    /** @throws FencedException when the slice has changed hands */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    public void check(Lease lease) {
        fence.check(lease);
    }

    /** Takes the note back. */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    public void notBegun(Lease lease, List<QueueEntry> group) {
        entries.notBegun(group);
        fence.check(lease);
    }

    /** Takes notes back without a lease: of entries about which nobody else has noted or recorded anything since. */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    public void takeBack(List<OwedNotes.Owed> notes) {
        notes.forEach(note -> entries.takeBack(note.id(), note.noted(), note.before()));
    }

    /** The entry is under way still, but no longer alone. */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    public void notAlone(Lease lease, QueueEntry entry) {
        entries.notAlone(entry);
        fence.check(lease);
    }

    /** What became of a group. @param done left the queue as they should; @param bad were no messages */
    public record Tally(int done, int bad) {}

    /** A transaction of its own for the group: all of it, or nothing. */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    public Tally process(Stage stage, Lease lease, List<QueueEntry> group) {
        long began = System.nanoTime();
        int done = 0;
        int unreadable = 0;
        for (int i = 0; i < group.size(); i++) {
            QueueEntry entry = group.get(i);
            if (i > 0 && System.nanoTime() - began > LONGEST_GROUP.toNanos()) {
                entries.notBegun(group.subList(i, group.size())); // their turn comes with the next group
                break;
            }
            Stage.Outcome outcome = outcome(stage, entry);
            // Not a switch: patterns in switches come after Java 17.
            if (outcome instanceof Stage.Outcome.Done) {
                entries.done(entry);
                done++;
            } else if (outcome instanceof Stage.Outcome.GoOn goOn) {
                Map<String, String> attributes = new HashMap<>(entry.attributes());
                attributes.putAll(goOn.attributes());
                entries.goOn(entry, goOn.progress(), attributes, clock.instant());
            } else if (outcome instanceof Stage.Outcome.Bad bad) {
                entries.shunt(entry, QueueName.BAD, bad.reason());
                trace.event(entry.postingId(), QueueName.BAD, "bad", bad.reason());
                entries.line(Fate.SHUNTED, entry)
                        .with("queue", entry.queue().label())
                        .with("to", QueueName.BAD.label())
                        .with("reason", bad.reason())
                        .say();
                unreadable++;
            }
        }
        fence.check(lease);
        return new Tally(done, unreadable);
    }

    /**
     * A message that nests too deeply is that entry's failure, as any other: an error would pass the runner by, and need not
     * roll the transaction back.
     */
    private static Stage.Outcome outcome(Stage stage, QueueEntry entry) {
        try {
            return stage.process(entry);
        } catch (StackOverflowError e) {
            throw new IllegalStateException("the stack overflowed", e);
        }
    }

    /** The entry failed: it is tried again a few times, then shunted with the error. @return whether it was shunted */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    public boolean failed(Lease lease, QueueEntry entry, Throwable error) {
        int tries = entry.failures() + 1;
        if (tries >= MOST_TRIES) {
            shuntNow(entry, describe(error));
        } else {
            Instant due = clock.instant().plus(Duration.ofSeconds(1L << tries));
            Map<String, String> attributes = new HashMap<>(entry.attributes());
            attributes.put(QueueEntry.FAILURES, Integer.toString(tries));
            entries.failed(entry, due, attributes, describe(error));
            trace.event(
                    entry.postingId(),
                    entry.queue(),
                    "failed",
                    "try " + tries + " of " + MOST_TRIES + ": " + describe(error));
        }
        fence.check(lease);
        return tries >= MOST_TRIES;
    }

    /** The process died {@link #MOST_CRASHES} times in a row while it worked on this entry alone. */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    public void crashed(Lease lease, QueueEntry entry) {
        shuntNow(entry, "the process ended " + MOST_CRASHES + " times while it worked on this entry alone");
        fence.check(lease);
    }

    private void shuntNow(QueueEntry entry, String error) {
        entries.shunt(entry, QueueName.SHUNT, error);
        trace.event(entry.postingId(), QueueName.SHUNT, "shunted", entry.queue().label() + ": " + error);
        entries.line(Fate.SHUNTED, entry)
                .with("queue", entry.queue().label())
                .with("reason", error)
                .say();
    }

    private static String describe(Throwable error) {
        Throwable root = error;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        String where = root.getStackTrace().length == 0 ? "" : " at " + root.getStackTrace()[0];
        return Text.line(root + where, 2000);
    }
}
