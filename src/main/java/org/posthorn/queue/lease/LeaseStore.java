package org.posthorn.queue.lease;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.posthorn.platform.Dialect;
import org.posthorn.platform.Sql;
import org.posthorn.queue.QueueName;

/**
 * Nodes, plans, leases and fences in the database, for one thread of a node, on a connection of its own. Each operation is
 * one transaction that locks the rows it decides on, in the order lease, node, fence, and then asks {@link LeaseRules}.
 *
 * <p>All times are the database's. It is read along with the row, perhaps a little before the row's lock is had: a holder
 * may then be thought to live when it has just lapsed, which only costs a second try, and a renewal may think itself in
 * time when it is not, which is why a takeover strikes the lapsed incarnation out of the node's row.
 *
 * <p>Every operation throws {@link org.posthorn.platform.DatabaseException} when the database cannot be had.
 */
public final class LeaseStore implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final OwnConnection connection;
    private final Sql sql;
    private final Cuts cuts;
    private final Dialect dialect;
    private final LeaseTimes times;

    /** @param source gives a connection that is kept until {@link #close} */
    public LeaseStore(DataSource source, Dialect dialect, LeaseTimes times) {
        this.connection = new OwnConnection(source, PATIENCE);
        this.sql = connection.sql();
        this.cuts = new Cuts(sql);
        this.dialect = dialect;
        this.times = times;
    }

    /** A node's row and the database's clock at the same time. @param row null: no such node */
    public record Seen(NodeRow row, Instant now) {}

    /** @return the node's row as it is, without a lock */
    public Seen look(String node) {
        return connection.inTransaction(() -> look(node, ""));
    }

    private Seen look(String node, String lock) {
        Optional<Seen> seen = sql.first(
                "select " + dialect.realNow()
                        + " as clock, name, incarnation, weight, draining, beats, started_at, expires_at from node where name = ?"
                        + lock,
                row -> new Seen(LeaseRows.node(row), Sql.instant(row, "clock")),
                node);
        return seen.orElseGet(() -> new Seen(null, LeaseRows.now(sql, dialect)));
    }

    /**
     * Makes an incarnation the node's present one, if the former is over.
     *
     * @param proven the former is known to be over, whatever its row says: a file lock says so
     * @return whether it joined
     */
    public boolean join(Incarnation me, int weight, boolean proven) {
        return connection.inTransaction(() -> {
            Seen seen = look(me.node(), " for update");
            if (!proven && !LeaseRules.mayJoin(seen.row(), seen.now())) {
                return false;
            }
            Instant until = seen.now().plus(times.lease());
            if (seen.row() == null) {
                sql.update(
                        "insert into node (name, incarnation, weight, draining, beats, started_at, expires_at) values (?, ?, ?, ?, ?, ?, ?)",
                        me.node(),
                        me.id(),
                        weight,
                        false,
                        0L,
                        seen.now(),
                        until);
                return true;
            }
            sql.update(
                    "update node set incarnation = ?, weight = ?, beats = beats + 1, started_at = ?, expires_at = ? where name = ?",
                    me.id(),
                    weight,
                    seen.now(),
                    until,
                    me.node());
            return true;
        });
    }

    /** @return whether the incarnation's leases hold for another lease time; false: it is over for good */
    public boolean renew(Incarnation me) {
        return connection.inTransaction(() -> {
            Seen seen = look(me.node(), " for update");
            if (!LeaseRules.mayRenew(me, seen.row(), seen.now())) {
                return false;
            }
            sql.update(
                    "update node set beats = beats + 1, expires_at = ? where name = ?",
                    seen.now().plus(times.lease()),
                    me.node());
            return true;
        });
    }

    /** Gives everything back at once. Nothing of this incarnation may be running any more. */
    public void leave(Incarnation me) {
        connection.inTransaction(() -> {
            sql.update(
                    "update slice_lease set node = null, incarnation = null where node = ? and incarnation = ?",
                    me.node(),
                    me.id());
            sql.update(
                    "update node set incarnation = ?, expires_at = " + dialect.realNow()
                            + " where name = ? and incarnation = ?",
                    NodeRow.STRUCK,
                    me.node(),
                    me.id());
            sql.update("delete from node_execution where incarnation = ?", me.id());
            return null;
        });
    }

    private void strike(NodeRow lapsed) {
        sql.update(
                "update node set incarnation = ? where name = ? and incarnation = ?",
                NodeRow.STRUCK,
                lapsed.name(),
                lapsed.incarnation());
    }

    /** Makes the plans, leases and fences of queues that have none yet, from the presets. Safe on several nodes at once. */
    public void plan() {
        for (QueueName queue : QueueName.values()) {
            if (queue.presetSlices() > 0) {
                connection.inTransaction(() -> {
                    cuts.first(queue);
                    return null;
                });
            }
        }
    }

    /** Everything at a glance, without locks. */
    public Site site() {
        return connection.inTransaction(() -> LeaseRows.site(sql, dialect));
    }

    /**
     * Opens the generation after a closing one, if nobody who lives holds any of its slices.
     *
     * @return whether it is open
     */
    public boolean open(QueueName queue) {
        return connection.inTransaction(() -> {
            SlicePlan plan = LeaseRows.plan(sql, queue, " for update");
            if (plan == null || !plan.isClosing()) {
                return false;
            }
            List<LeaseRow> leases = LeaseRows.leases(sql, queue, " for update");
            if (!LeaseRules.mayOpen(
                    plan, leases.stream().map(lease -> freed(lease, null)).toList())) {
                return false;
            }
            cuts.next(plan, leases);
            return true;
        });
    }

    /** Locks the holder's row; strikes a lapsed holder out. @return whether nobody who lives, but for the taker, holds it */
    private boolean freed(LeaseRow lease, Incarnation taker) {
        if (lease.holder() == null) {
            return true;
        }
        Seen holder = look(lease.holder().node(), " for update");
        if (!LeaseRules.mayTake(taker, lease, holder.row(), holder.now())) {
            return false;
        }
        if (LeaseRules.mustStrike(lease, holder.row(), holder.now())) {
            strike(holder.row());
        }
        return true;
    }

    /**
     * Takes a slice that is free or whose holder is over. Waits for a runner of the former holder that is committing, a few
     * seconds at most.
     *
     * @return the lease; empty when somebody who lives holds it, or the generation is closing
     */
    public Optional<Lease> take(Incarnation me, QueueName queue, int slice) {
        return connection.inTransaction(() -> {
            LeaseRow lease = LeaseRows.lease(sql, queue, slice, " for update");
            SlicePlan plan = LeaseRows.plan(sql, queue, "");
            if (lease == null
                    || plan == null
                    || plan.isClosing()
                    || lease.generation() != plan.generation()
                    || !freed(lease, me)) {
                return Optional.empty();
            }
            LeaseRow taken = lease.takenBy(me);
            sql.update(
                    "update slice_lease set node = ?, incarnation = ?, epoch = ? where queue = ? and slice = ?",
                    me.node(),
                    me.id(),
                    taken.epoch(),
                    queue,
                    slice);
            sql.update(
                    "update slice_fence set generation = ?, epoch = ? where queue = ? and slice = ?",
                    taken.generation(),
                    taken.epoch(),
                    queue,
                    slice);
            return Optional.of(new Lease(queue, slice, plan.slices(), taken.generation(), taken.epoch(), me));
        });
    }

    /** Gives one slice back. Nothing may work on it any more. */
    public void release(Lease lease) {
        connection.inTransaction(() -> sql.update(
                "update slice_lease set node = null, incarnation = null where queue = ? and slice = ? and epoch = ? and node = ? and incarnation = ?",
                lease.queue(),
                lease.slice(),
                lease.epoch(),
                lease.holder().node(),
                lease.holder().id()));
    }

    /** See {@link Executions#bury}. */
    public List<Long> buryExecutions() {
        return connection.inTransaction(() -> new Executions(sql, dialect).bury());
    }

    @Override
    public void close() {
        connection.close();
    }
}
