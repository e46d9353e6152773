package org.posthorn.queue.lease;

import java.util.List;
import org.posthorn.platform.Sql;
import org.posthorn.queue.QueueName;

/** How a queue's hash space is cut into slices: writes plans, with the leases and fences that go with them. */
final class Cuts {

    private final Sql sql;

    Cuts(Sql sql) {
        this.sql = sql;
    }

    /** A queue's first plan, from its presets, if it has none yet. */
    void first(QueueName queue) {
        // No ON CONFLICT on H2; two nodes that start at once meet at the primary key, and the loser tries again.
        if (sql.first("select queue from queue_plan where queue = ?", row -> row.getString(1), queue)
                .isPresent()) {
            return;
        }
        sql.update(
                "insert into queue_plan (queue, generation, slices, next_slices, threads, priority) values (?, ?, ?, ?, ?, ?)",
                queue,
                1L,
                queue.presetSlices(),
                null,
                queue.presetThreads(),
                queue.presetPriority());
        for (int slice = 0; slice < queue.presetSlices(); slice++) {
            insertLease(queue, slice, 1, 0, null);
            insertFence(queue, slice, 1, 0);
        }
    }

    /**
     * The generation after a closing one, in its place.
     *
     * @param old its leases in order, locked, of which nobody who lives holds any
     */
    void next(SlicePlan plan, List<LeaseRow> old) {
        QueueName queue = plan.queue();
        int slices = plan.nextSlices();
        long generation = plan.generation() + 1;
        long epoch = LeaseRules.epochAfter(
                old.stream().mapToLong(LeaseRow::epoch).max().orElse(0));
        sql.update("delete from slice_lease where queue = ?", queue);
        sql.update("delete from slice_fence where queue = ?", queue); // waits for runners that are committing
        for (int slice = 0; slice < slices; slice++) {
            insertLease(
                    queue,
                    slice,
                    generation,
                    epoch,
                    slice < old.size() ? old.get(slice).pinnedNode() : null);
            insertFence(queue, slice, generation, epoch);
        }
        sql.update(
                "update queue_plan set generation = ?, slices = ?, next_slices = null where queue = ?",
                generation,
                slices,
                queue);
    }

    private void insertLease(QueueName queue, int slice, long generation, long epoch, String pinnedNode) {
        sql.update(
                "insert into slice_lease (queue, slice, generation, epoch, node, incarnation, pinned_node) values (?, ?, ?, ?, ?, ?, ?)",
                queue,
                slice,
                generation,
                epoch,
                null,
                null,
                pinnedNode);
    }

    private void insertFence(QueueName queue, int slice, long generation, long epoch) {
        sql.update(
                "insert into slice_fence (queue, slice, generation, epoch) values (?, ?, ?, ?)",
                queue,
                slice,
                generation,
                epoch);
    }
}
