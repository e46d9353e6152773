package org.posthorn.queue.lease;

import java.time.Duration;
import java.util.List;

/**
 * Who works on the slices that a node holds. Called by the keeper's threads, one call at a time; except for
 * {@link #giveUp}, nothing here may block.
 */
public interface SliceUser {

    /** The node holds this slice from now on. */
    void gained(Lease lease);

    /**
     * Work on this slice is to stop. Called again until it has.
     *
     * @param most how long to wait for it; zero: only tell, and look
     * @return whether nothing works on it any more
     */
    boolean giveUp(Lease lease, Duration most);

    /** The lease is over: what still works on the slice will be fenced, and should stop. */
    void lost(Lease lease);

    /** The queues' plans (threads, priorities), each time they have been read. */
    default void planned(List<SlicePlan> plans) {}

    /** Job executions of incarnations that died; their rows are marked as failed already. */
    default void died(List<Long> executionIds) {}
}
