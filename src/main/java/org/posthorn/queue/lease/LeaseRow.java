package org.posthorn.queue.lease;

import org.posthorn.queue.QueueName;

/**
 * A slice's lease as the database has it.
 *
 * @param holder null: free. Not null: held only if that incarnation still lives
 * @param pinnedNode the node that an administrator wants it on; null: the weights decide
 */
public record LeaseRow(QueueName queue, int slice, long generation, long epoch, Incarnation holder, String pinnedNode) {

    LeaseRow takenBy(Incarnation taker) {
        return new LeaseRow(queue, slice, generation, LeaseRules.epochAfter(epoch), taker, pinnedNode);
    }

    /** @param slices how many the generation has */
    Lease heldBy(Incarnation holder, int slices) {
        return new Lease(queue, slice, slices, generation, epoch, holder);
    }
}
