package org.posthorn.queue.runner;

import java.util.List;
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
    public void notBegun(Lease lease, List<QueueEntry> group) {
        inTransaction(() -> super.notBegun(lease, group));
    }

    @Override
    public void notAlone(Lease lease, QueueEntry entry) {
        inTransaction(() -> super.notAlone(lease, entry));
    }

    @Override
    public void process(Stage stage, Lease lease, List<QueueEntry> group) {
        inTransaction(() -> super.process(stage, lease, group));
    }

    @Override
    public void failed(Lease lease, QueueEntry entry, Throwable error) {
        inTransaction(() -> super.failed(lease, entry, error));
    }

    @Override
    public void crashed(Lease lease, QueueEntry entry) {
        inTransaction(() -> super.crashed(lease, entry));
    }
}
