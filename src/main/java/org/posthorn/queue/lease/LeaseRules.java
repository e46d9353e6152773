package org.posthorn.queue.lease;

import java.time.Instant;
import java.util.Collection;

/**
 * The protocol's decisions, as functions of rows that the caller has locked and of the database's clock. What the
 * product decides is decided here, and the model that checks the protocol calls the same functions.
 */
public final class LeaseRules {

    private LeaseRules() {}

    /** Whether an incarnation's leases hold. @param row the node's row; null: there is none */
    public static boolean lives(Incarnation incarnation, NodeRow row, Instant now) {
        return row != null
                && row.name().equals(incarnation.node())
                && row.incarnation().equals(incarnation.id())
                && row.expiresAt().isAfter(now);
    }

    /** An incarnation that lapsed is never revived: its slices may have other holders since. */
    public static boolean mayRenew(Incarnation incarnation, NodeRow row, Instant now) {
        return lives(incarnation, row, now);
    }

    /** Whether a new incarnation may stand in the node's row: only when the former one is over. */
    public static boolean mayJoin(NodeRow row, Instant now) {
        return row == null
                || row.incarnation().equals(NodeRow.STRUCK)
                || !row.expiresAt().isAfter(now);
    }

    /**
     * Whether a slice may be taken: it is free, or its holder is over, or the taker has it without knowing (the answer was
     * lost) and takes it anew, under a new epoch.
     *
     * @param holderRow the row of the lease's node, locked; null: free, or no such node
     */
    public static boolean mayTake(Incarnation taker, LeaseRow lease, NodeRow holderRow, Instant now) {
        return isFree(lease, holderRow, now) || lease.holder().equals(taker);
    }

    /** Whether nobody who lives holds a slice. */
    public static boolean isFree(LeaseRow lease, NodeRow holderRow, Instant now) {
        return lease.holder() == null || !lives(lease.holder(), holderRow, now);
    }

    /** Whoever takes a slice from a lapsed incarnation ends that one in the same transaction. */
    public static boolean mustStrike(LeaseRow lease, NodeRow holderRow, Instant now) {
        return lease.holder() != null
                && holderRow != null
                && holderRow.incarnation().equals(lease.holder().id())
                && !lives(lease.holder(), holderRow, now);
    }

    /** The epoch after a change of hands. */
    public static long epochAfter(long epoch) {
        return epoch + 1;
    }

    /** Whether what was done under a lease may be committed. @param fence locked until the commit; null: no such slice */
    public static boolean mayCommit(Lease lease, FenceRow fence) {
        return fence != null && fence.generation() == lease.generation() && fence.epoch() == lease.epoch();
    }

    /** Whether the holder should give a slice up. @param wantedHere whether it is to be on this node */
    public static boolean mustGiveUp(Lease lease, SlicePlan plan, boolean wantedHere) {
        return !wantedHere || plan.isClosing() || plan.generation() != lease.generation();
    }

    /** Whether the next generation may open: no slice of the closing one has a holder that lives. */
    public static boolean mayOpen(SlicePlan plan, Collection<Boolean> slicesFree) {
        return plan.isClosing() && slicesFree.stream().allMatch(free -> free);
    }
}
