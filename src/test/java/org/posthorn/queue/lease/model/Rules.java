package org.posthorn.queue.lease.model;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import org.posthorn.queue.lease.FenceRow;
import org.posthorn.queue.lease.Incarnation;
import org.posthorn.queue.lease.Lease;
import org.posthorn.queue.lease.LeaseRow;
import org.posthorn.queue.lease.LeaseRules;
import org.posthorn.queue.lease.LeaseTimes;
import org.posthorn.queue.lease.NodeRow;
import org.posthorn.queue.lease.SlicePlan;

/** The product's decisions; a mutant overrides one, and the search must notice. */
interface Rules {

    /** The protocol as it is. */
    Rules PRODUCT = new Rules() {};

    default boolean mayJoin(NodeRow row, Instant now) {
        return LeaseRules.mayJoin(row, now);
    }

    default boolean mayRenew(Incarnation me, NodeRow row, Instant now) {
        return LeaseRules.mayRenew(me, row, now);
    }

    default boolean mayTake(Incarnation taker, LeaseRow lease, NodeRow holder, Instant now) {
        return LeaseRules.mayTake(taker, lease, holder, now);
    }

    default boolean mustStrike(LeaseRow lease, NodeRow holder, Instant now) {
        return LeaseRules.mustStrike(lease, holder, now);
    }

    default long epochAfter(long epoch) {
        return LeaseRules.epochAfter(epoch);
    }

    default boolean mayCommit(Lease lease, FenceRow fence) {
        return LeaseRules.mayCommit(lease, fence);
    }

    default boolean mayOpen(SlicePlan plan, Collection<Boolean> free) {
        return LeaseRules.mayOpen(plan, free);
    }

    /** Whether the deadline that a renewal's answer brings is past already when it comes. */
    default boolean isPastOnArrival(Duration sinceSent) {
        return LeaseTimes.isPast(LeaseTimes.STANDARD.deadlineNanos(0), sinceSent.toNanos());
    }
}
