package org.posthorn.queue.lease;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.posthorn.platform.Dialect;
import org.posthorn.platform.Sql;
import org.posthorn.queue.QueueName;

/** The statements that read plans, leases and nodes. {@code lock} is empty or {@code " for update"}. */
final class LeaseRows {

    private static final String PLAN =
            "select queue, generation, slices, next_slices, threads, priority from queue_plan";
    private static final String LEASE =
            "select queue, slice, generation, epoch, node, incarnation, pinned_node from slice_lease";

    private LeaseRows() {}

    /** Everything at a glance; the clock first, so that nobody is thought to have lapsed who has not. */
    static Site site(Sql sql, Dialect dialect) {
        return new Site(now(sql, dialect), nodes(sql), plans(sql), leases(sql));
    }

    /** @return the database's clock */
    static Instant now(Sql sql, Dialect dialect) {
        return sql.first("select " + dialect.realNow() + " as clock", row -> Sql.instant(row, "clock"))
                .orElseThrow();
    }

    static List<NodeRow> nodes(Sql sql) {
        return sql.list(
                "select name, incarnation, weight, draining, beats, started_at, expires_at from node order by name",
                LeaseRows::node);
    }

    static List<SlicePlan> plans(Sql sql) {
        return sql.list(PLAN + " order by queue", LeaseRows::plan);
    }

    /** @return null: no such queue */
    static SlicePlan plan(Sql sql, QueueName queue, String lock) {
        return sql.first(PLAN + " where queue = ?" + lock, LeaseRows::plan, queue)
                .orElse(null);
    }

    static List<LeaseRow> leases(Sql sql) {
        return sql.list(LEASE + " order by queue, slice", LeaseRows::lease);
    }

    static List<LeaseRow> leases(Sql sql, QueueName queue, String lock) {
        return sql.list(LEASE + " where queue = ? order by slice" + lock, LeaseRows::lease, queue);
    }

    /** @return null: no such slice */
    static LeaseRow lease(Sql sql, QueueName queue, int slice, String lock) {
        return sql.first(LEASE + " where queue = ? and slice = ?" + lock, LeaseRows::lease, queue, slice)
                .orElse(null);
    }

    static NodeRow node(ResultSet row) throws SQLException {
        return new NodeRow(
                row.getString("name"),
                row.getString("incarnation"),
                row.getInt("weight"),
                row.getBoolean("draining"),
                row.getLong("beats"),
                Sql.instant(row, "started_at"),
                Sql.instant(row, "expires_at"));
    }

    private static SlicePlan plan(ResultSet row) throws SQLException {
        int next = row.getInt("next_slices");
        Integer nextSlices = row.wasNull() ? null : next;
        return new SlicePlan(
                QueueName.valueOf(row.getString("queue")),
                row.getLong("generation"),
                row.getInt("slices"),
                nextSlices,
                row.getInt("threads"),
                row.getInt("priority"));
    }

    private static LeaseRow lease(ResultSet row) throws SQLException {
        String node = row.getString("node");
        return new LeaseRow(
                QueueName.valueOf(row.getString("queue")),
                row.getInt("slice"),
                row.getLong("generation"),
                row.getLong("epoch"),
                node == null ? null : new Incarnation(node, row.getString("incarnation")),
                row.getString("pinned_node"));
    }
}
