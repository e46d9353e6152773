package org.posthorn.queue.lease;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.posthorn.platform.DatabaseException;
import org.posthorn.platform.metrics.Metric;

/**
 * One look at the site and what follows from it for this node: takes free slices that should be here, gives up those that
 * should be elsewhere, opens the next generation where all have given up. A slice that the database gives to this node,
 * which doesn't know of it (an answer was lost), is taken anew or given back.
 */
final class SliceMover {

    private static final Logger LOG = System.getLogger(SliceMover.class.getName());

    private final LeaseStore store;
    private final Holdings holdings;
    private final SliceUser user;

    /** Whose runners were told to stop, and had not ended yet. */
    private final Set<Lease> givingUp = new HashSet<>();

    SliceMover(LeaseStore store, Holdings holdings, SliceUser user) {
        this.store = store;
        this.holdings = holdings;
        this.user = user;
    }

    /** @return whether something moved, so that another look soon is worth it */
    boolean move(Incarnation me) {
        Site site = store.site();
        if (givingUp.size() > 0 && !holdings.held().isEmpty()) {
            givingUp.retainAll(holdings.held());
        }
        user.planned(site.plans());
        boolean moved = false;
        for (SlicePlan plan : site.plans()) {
            List<LeaseRow> rows = site.leases(plan.queue());
            Map<Integer, String> wanted = wanted(plan, rows, site.liveNodes());
            moved |= notice(me, plan, rows);
            // Before giving up, which the rows read don't show.
            moved |= take(site, plan, me, wanted);
            moved |= giveUp(plan, me, wanted);
            moved |= plan.isClosing() && rows.stream().allMatch(site::isFree) && store.open(plan.queue());
        }
        return moved;
    }

    private static Map<Integer, String> wanted(SlicePlan plan, List<LeaseRow> rows, List<NodeRow> live) {
        Map<Integer, String> pins = new HashMap<>();
        rows.stream().filter(row -> row.pinnedNode() != null).forEach(row -> pins.put(row.slice(), row.pinnedNode()));
        return Rendezvous.assign(plan.queue(), plan.slices(), pins, live);
    }

    /** What the database gives to others is not ours, however that came about (a restored backup, a hand in the tables). */
    private boolean notice(Incarnation me, SlicePlan plan, List<LeaseRow> rows) {
        boolean lost = false;
        for (Lease lease : holdings.held()) {
            if (lease.queue() == plan.queue() && rows.stream().noneMatch(row -> isSame(row, lease, me))) {
                LOG.log(Level.WARNING, "lost a slice: {0}", lease);
                holdings.lost(lease);
                Metric.LEASE_LOST.add(1, lease.queue().label());
                lost = true;
            }
        }
        return lost;
    }

    private static boolean isSame(LeaseRow row, Lease lease, Incarnation me) {
        return row.slice() == lease.slice()
                && row.generation() == lease.generation()
                && row.epoch() == lease.epoch()
                && me.equals(row.holder());
    }

    private boolean giveUp(SlicePlan plan, Incarnation me, Map<Integer, String> wanted) {
        boolean moved = false;
        for (Lease lease : holdings.held()) {
            if (lease.queue() != plan.queue() || !isToGiveUp(lease, plan, me, wanted)) {
                continue;
            }
            if (user.giveUp(lease, Duration.ZERO)) {
                release(lease);
                moved = true;
            } else {
                givingUp.add(lease);
            }
        }
        return moved;
    }

    /**
     * Once its runner was told to stop a slice is given up, though it should be here again by now: under this lease
     * nothing works on it any more. The next look takes it anew.
     */
    private boolean isToGiveUp(Lease lease, SlicePlan plan, Incarnation me, Map<Integer, String> wanted) {
        return givingUp.contains(lease)
                || LeaseRules.mustGiveUp(lease, plan, me.node().equals(wanted.get(lease.slice())));
    }

    /** The runner has stopped: first forget it here, then let others have it. */
    void release(Lease lease) {
        holdings.gaveUp(lease);
        store.release(lease);
    }

    private boolean take(Site site, SlicePlan plan, Incarnation me, Map<Integer, String> wanted) {
        boolean moved = false;
        for (LeaseRow row : site.leases(plan.queue())) {
            boolean forgotten = me.equals(row.holder())
                    && holdings.lease(row.queue(), row.slice()).isEmpty();
            if (!plan.isClosing() && me.node().equals(wanted.get(row.slice()))) {
                moved |= (forgotten || site.isFree(row)) && take(me, row);
            } else if (forgotten) {
                store.release(row.heldBy(me, plan.slices()));
                moved = true;
            }
        }
        return moved;
    }

    private boolean take(Incarnation me, LeaseRow row) {
        try {
            Optional<Lease> lease = store.take(me, row.queue(), row.slice());
            lease.filter(taken -> !holdings.gained(taken))
                    .ifPresent(taken -> LOG.log(Level.INFO, "too late for {0}", taken));
            lease.ifPresent(taken ->
                    Metric.LEASE_TAKEOVERS.add(1, row.queue().label(), row.holder() == null ? "free" : "dead"));
            if (lease.isPresent() && row.holder() != null) {
                LOG.log(Level.DEBUG, "took over from {0}: {1}", row.holder(), lease.get());
            }
            return lease.isPresent();
        } catch (DatabaseException e) {
            if (!e.isPassing()) {
                throw e;
            }
            // E.g. a frozen runner holds the fence: the other slices need not wait for it.
            LOG.log(
                    Level.WARNING,
                    "could not take {0}/{1} now: {2}",
                    row.queue().label(),
                    row.slice(),
                    e.getMessage());
            return false;
        }
    }
}
