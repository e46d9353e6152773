package org.posthorn.queue.runner;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Predicate;
import org.posthorn.platform.DatabaseException;
import org.posthorn.platform.metrics.Metric;
import org.posthorn.queue.QueueEntries;
import org.posthorn.queue.QueueEntry;
import org.posthorn.queue.lease.Fence;
import org.posthorn.queue.lease.FencedException;
import org.posthorn.queue.lease.Lease;

/**
 * One queue runner over one leased slice: takes due entries group by group, while there are any and the lease holds.
 *
 * <p>What a failure means: of one entry, that it alone is tried again and in the end shunted; of the database, that the
 * runner waits and goes on by itself, and no entry is blamed; of the lease, that nothing more is committed and the runner
 * ends.
 */
final class SliceRunner {

    /**
     * By how much the nodes' readings of the site's clock may differ: what another has just made due is due here, too, or
     * who is told of it would look, find nothing, and leave it to the next sweep.
     */
    static final Duration CLOCKS_DIFFER = Duration.ofMillis(100);

    private static final Logger LOG = System.getLogger(SliceRunner.class.getName());

    /** How many entries go into one transaction. */
    static final int GROUP = 20;

    /** So often in a row an error may look like the database's; then it is the entry's. */
    private static final int MOST_PASSING = 8;

    private static final Duration ENTER = Duration.ofSeconds(1);
    private static final Duration LAPSED = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final RunnerSlot slot;
    private final Engine engine;
    private final Lease lease;
    private final String queue;
    private int failuresInARow;

    /** Whether nothing else ran in this process when the work under way was noted. */
    private boolean alone;

    private final GroupPace pace = new GroupPace();

    /** What all runners of a node share. @param holds whether this node may still go on under a lease */
    record Engine(
            QueueEntries entries,
            GroupWork groups,
            BegunNotes notes,
            Fence fence,
            Predicate<Lease> holds,
            Shares shares,
            Suspects suspects,
            OwedNotes owed,
            Clock clock) {}

    SliceRunner(RunnerSlot slot, Engine engine) {
        this.slot = slot;
        this.engine = engine;
        this.lease = slot.lease();
        this.queue = lease.queue().label();
    }

    /**
     * Works until there is nothing to do for a while, or the slice is to be given up.
     *
     * @return why it ended: {@code idle}, {@code stopped} or {@code fenced}
     */
    String run() {
        while (mayGoOn()) {
            boolean worked;
            try {
                gather();
                worked = turn();
                failuresInARow = 0;
            } catch (FencedException e) {
                LOG.log(Level.WARNING, "Fenced slice={0}: {1}", slot, e.getMessage());
                slot.stop();
                return "fenced";
            } catch (RuntimeException e) {
                if (engine.holds().test(lease)) {
                    pause(e);
                } else {
                    LOG.log(
                            Level.INFO,
                            "Lapsed slice={0}: nothing of what was under way counts: {1}",
                            slot,
                            e.toString());
                }
                worked = true;
            }
            if (!worked && !slot.linger()) {
                return "idle";
            }
        }
        if (!slot.isStopping()) {
            slot.pause(LAPSED); // until the slot is told that the lease is over: it would be started again at once
        }
        return "stopped";
    }

    private boolean mayGoOn() {
        return !slot.isStopping()
                && !Thread.currentThread().isInterrupted()
                && engine.holds().test(lease);
    }

    private void gather() {
        Duration left = pace.left(System.nanoTime());
        if (!slot.isSending() && !left.isZero()) {
            slot.pause(left);
        }
    }

    /** @return false when there was nothing to do */
    private boolean turn() {
        if (!engine.shares().enter(lease.queue(), ENTER)) {
            return true; // others first; asks again whether it may go on
        }
        try {
            slot.heard();
            engine.owed().settle(engine.groups());
            List<QueueEntry> due = engine.entries()
                    .due(
                            lease.queue(),
                            lease.from(),
                            lease.to(),
                            engine.clock().instant().plus(CLOCKS_DIFFER),
                            slot.isSending() ? 1 : GROUP);
            if (due.isEmpty()) {
                return false;
            }
            long began = System.nanoTime();
            pace.group(due.size(), began);
            try {
                work(due);
            } finally {
                Metric.GROUP_TIME.time(System.nanoTime() - began, queue);
            }
            return true;
        } finally {
            engine.shares().leave(lease.queue());
        }
    }

    private void work(List<QueueEntry> due) {
        boolean suspect = due.get(0).begun() > 0;
        if (due.get(0).begun() > GroupWork.MOST_CRASHES) {
            engine.groups().crashed(lease, due.get(0));
            Metric.QUEUE_SHUNTED.add(1, queue);
            return;
        }
        // A suspect is worked on alone; the others up to the first suspect go together.
        List<QueueEntry> group = suspect
                ? due.subList(0, 1)
                : due.stream().takeWhile(entry -> entry.begun() == 0).toList();
        if (group.size() < due.size()) {
            pace.goOn();
        }
        QueueEntry first = group.get(0);
        try (Suspects.Work work = engine.suspects().begin(suspect, () -> !mayGoOn(), () -> notAlone(first))) {
            if (!mayGoOn()) {
                return;
            }
            alone = work.isAlone();
            BegunNotes.Note note = engine.notes().begin(lease, group, alone);
            try (note) {
                work(group, work, note);
            }
        }
    }

    private void work(List<QueueEntry> group, Suspects.Work work, BegunNotes.Note note) {
        try {
            if (slot.isSending()) {
                send(group.get(0), new SendingTurn(engine, slot, work, note));
            } else {
                process(group);
            }
        } catch (Error e) {
            note.keep(e); // before it is closed
            throw e;
        }
    }

    private void process(List<QueueEntry> group) {
        try {
            GroupWork.Tally tally = engine.groups().process(slot.stage(), lease, group);
            if (tally.done() + tally.bad() < group.size()) {
                pace.goOn();
            }
            Metric.QUEUE_PROCESSED.add(tally.done(), queue);
            Metric.QUEUE_BAD.add(tally.bad(), queue);
        } catch (RuntimeException e) {
            if (isNobodysFault(e)) {
                giveBack(group);
                throw e;
            }
            if (group.size() > 1) {
                LOG.log(
                        Level.DEBUG,
                        "a group of {0} failed, its entries are tried singly: {1}",
                        group.size(),
                        e.toString());
                singly(group);
            } else {
                blame(group.get(0), e);
            }
        }
    }

    private void singly(List<QueueEntry> group) {
        for (int i = 0; i < group.size(); i++) {
            try {
                process(group.subList(i, i + 1));
            } catch (RuntimeException e) {
                giveBack(group.subList(i, group.size()));
                throw e;
            }
        }
    }

    /** It was alone for long, and now is not: a crash from here on is not its alone. */
    private void notAlone(QueueEntry entry) {
        try {
            engine.groups().notAlone(lease, entry);
        } catch (RuntimeException e) {
            LOG.log(
                    Level.DEBUG,
                    "entry {0} keeps the note that it works alone: {1}",
                    Long.toString(entry.id()),
                    e.toString());
        }
    }

    private void send(QueueEntry entry, SendingTurn turn) {
        try {
            slot.sendingStage().send(entry, turn);
            if (!engine.holds().test(lease)) {
                engine.owed().add(List.of(entry), alone); // it came back without progress, perhaps: no crash either
            }
        } catch (RuntimeException e) {
            if (isNobodysFault(e)) {
                giveBack(List.of(entry));
                throw e;
            }
            blame(entry, e);
        } catch (StackOverflowError e) {
            blame(entry, new IllegalStateException("the stack overflowed", e));
        }
    }

    private void blame(QueueEntry entry, RuntimeException error) {
        LOG.log(
                Level.WARNING,
                "Failed entry=" + entry.id() + " queue=" + entry.queue().label() + " tries=" + (entry.tries() + 1),
                error);
        boolean shunted;
        try {
            shunted = engine.groups()
                    .failed(lease, engine.entries().find(entry.id()).orElse(entry), error);
        } catch (RuntimeException e) {
            engine.owed().add(List.of(entry), alone); // neither its failure is recorded, nor was it a crash
            throw e;
        }
        Metric.QUEUE_FAILURES.add(1, queue);
        (shunted ? Metric.QUEUE_SHUNTED : Metric.QUEUE_RETRIES).add(1, queue);
    }

    private void giveBack(List<QueueEntry> group) {
        try {
            engine.groups().notBegun(lease, group);
        } catch (RuntimeException e) {
            LOG.log(Level.DEBUG, "the note that work began stays for now: {0}", e.toString());
            engine.owed().add(group, alone);
        }
    }

    private boolean isAnothers() {
        try {
            engine.groups().check(lease);
            return false;
        } catch (FencedException | DatabaseException e) {
            return true;
        }
    }

    /** The lease or the database went away: not what was being worked on. */
    private boolean isNobodysFault(Throwable error) {
        if (!engine.holds().test(lease) && isAnothers()) {
            return true; // what fails may be that another has worked on it meanwhile
        }
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof FencedException) {
                return true;
            }
        }
        // A commit that failed does not always say why: the database is asked whether it is there. And an error that
        // looks
        // like passing, but does not pass while the database is there, is the entry's after all.
        return !engine.entries().isReachable() || DatabaseException.isPassing(error) && failuresInARow < MOST_PASSING;
    }

    /** Waits a little longer after each failure in a row, with jitter. */
    private void pause(RuntimeException error) {
        failuresInARow++;
        long most = Math.min(LONGEST_PAUSE.toMillis(), 100L << Math.min(failuresInARow, 6));
        LOG.log(
                failuresInARow % 10 == 1 ? Level.WARNING : Level.DEBUG,
                "Waiting slice={0} failures={1}: {2}",
                slot,
                failuresInARow,
                error.toString());
        slot.pause(Duration.ofMillis(ThreadLocalRandom.current().nextLong(most / 2, most + 1)));
    }
}
