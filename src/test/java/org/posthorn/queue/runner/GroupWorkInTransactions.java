package org.posthorn.queue.runner;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.posthorn.queue.QueueEntries;
import org.posthorn.queue.QueueEntry;
import org.posthorn.queue.QueueOnDatabase;
import org.posthorn.queue.lease.Lease;

/** The group work with the transactions that the container gives it. */
final class GroupWorkInTransactions extends GroupWork {

    private final QueueOnDatabase queue;

    GroupWorkInTransactions(QueueOnDatabase queue, QueueEntries entries) {
        super(entries, queue.trace, queue.fence(), queue.clock);
        this.queue = queue;
    }

    private void inTransaction(Runnable work) {
        queue.database.inTransaction(work);
    }

    @Override
    public void begin(Lease lease, List<QueueEntry> group, boolean alone) {
        inTransaction(() -> super.begin(lease, group, alone));
    }

    @Override
    public int begunAtCrash(List<Long> ids) {
        return queue.database.inTransaction(() -> super.begunAtCrash(ids));
    }

    @Override
    public void check(Lease lease) {
        inTransaction(() -> super.check(lease));
    }

    @Override
    public void notBegun(Lease lease, List<QueueEntry> group) {
        inTransaction(() -> super.notBegun(lease, group));
    }

    @Override
    public void takeBack(List<OwedNotes.Owed> notes) {
        inTransaction(() -> super.takeBack(notes));
    }

    @Override
    public void notAlone(Lease lease, QueueEntry entry) {
        inTransaction(() -> super.notAlone(lease, entry));
    }

    @Override
    public Tally process(Stage stage, Lease lease, List<QueueEntry> group) {
        AtomicReference<Tally> tally = new AtomicReference<>();
        inTransaction(() -> tally.set(super.process(stage, lease, group)));
        return tally.get();
    }

    @Override
    public boolean failed(Lease lease, QueueEntry entry, Throwable error) {
        AtomicBoolean shunted = new AtomicBoolean();
        inTransaction(() -> shunted.set(super.failed(lease, entry, error)));
        return shunted.get();
    }

    @Override
    public void crashed(Lease lease, QueueEntry entry) {
        inTransaction(() -> super.crashed(lease, entry));
    }
}
