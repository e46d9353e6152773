package org.posthorn.queue.lease;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.posthorn.platform.Dialect;
import org.posthorn.platform.Sql;
import org.posthorn.platform.actor.Needs;
import org.posthorn.platform.actor.Right;
import org.posthorn.platform.audit.AuditLog;
import org.posthorn.platform.audit.AuditSubject;
import org.posthorn.queue.QueueName;

/**
 * The site's nodes and slices for administrators: who holds what, and what they may set. The nodes see a change within a
 * second; nothing here takes a slice from anyone, the holders give up by themselves.
 */
@ApplicationScoped
public class Slices {

    public static final int MOST_THREADS = 64;
    public static final int LAST_PRIORITY = 9;

    private final Sql sql;
    private final Dialect dialect;
    private final AuditLog audit;

    protected Slices() {
        this(null, null, null);
    }

    @Inject
    public Slices(Sql sql, Dialect dialect, AuditLog audit) {
        this.sql = sql;
        this.dialect = dialect;
        this.audit = audit;
    }

    /**
     * A slice as it is.
     *
     * @param node who holds it; empty when nobody who lives does
     * @param pinnedNode where an administrator wants it; empty: the weights decide
     */
    public record Slice(
            HashSlice range, Optional<String> node, long generation, long epoch, Optional<String> pinnedNode) {}

    /** A queue's plan and its slices in order. */
    public record Queue(SlicePlan plan, List<Slice> slices) {}

    /** A node that lives. @param slices how many it holds */
    public record Node(String name, int weight, boolean draining, Instant startedAt, int slices) {}

    /** @return the queues that have slices, in the order of their names */
    @Needs(Right.SEE_SITE)
    @Transactional
    public List<Queue> queues() {
        Site site = site();
        return site.plans().stream()
                .map(plan -> new Queue(
                        plan,
                        site.leases(plan.queue()).stream()
                                .filter(row -> row.slice() < plan.slices())
                                .map(row -> slice(site, plan, row))
                                .toList()))
                .toList();
    }

    private static Slice slice(Site site, SlicePlan plan, LeaseRow row) {
        return new Slice(
                new HashSlice(row.slice(), plan.slices()),
                site.isFree(row) ? Optional.empty() : Optional.of(row.holder().node()),
                row.generation(),
                row.epoch(),
                Optional.ofNullable(row.pinnedNode()));
    }

    /** @return the nodes that live, by name */
    @Needs(Right.SEE_SITE)
    @Transactional
    public List<Node> nodes() {
        Site site = site();
        return site.liveNodes().stream()
                .map(node -> new Node(node.name(), node.weight(), node.draining(), node.startedAt(), (int)
                        site.leases().stream()
                                .filter(row -> row.holder() != null
                                        && row.holder().id().equals(node.incarnation()))
                                .count()))
                .toList();
    }

    /**
     * Cuts a queue's hash space anew: the present generation closes, and the next opens when all have given up.
     *
     * @param slices how many, 1 to {@link HashSlice#MOST}
     * @throws IllegalArgumentException when the queue has no slices, or the number is out of range
     */
    @Needs(Right.OPERATE_SITE)
    @Transactional
    public void cut(QueueName queue, int slices) {
        if (slices < 1 || slices > HashSlice.MOST) {
            throw new IllegalArgumentException(slices + " slices: 1 to " + HashSlice.MOST);
        }
        changed(sql.update("update queue_plan set next_slices = ? where queue = ?", slices, queue), queue.label());
        audit.record(AuditLog.CHANGE, AuditSubject.of("queue", queue.label()), "slices=" + slices);
    }

    /**
     * @param threads how many of its runners work at once on each node, 1 to 64; empty: as many as now
     * @param priority 1 (first) to 9 (last); empty: as now
     */
    @Needs(Right.OPERATE_SITE)
    @Transactional
    public void share(QueueName queue, OptionalInt threads, OptionalInt priority) {
        String set = (set(queue, "threads", threads, MOST_THREADS) + set(queue, "priority", priority, LAST_PRIORITY))
                .strip();
        if (!set.isEmpty()) {
            audit.record(AuditLog.CHANGE, AuditSubject.of("queue", queue.label()), set);
        }
    }

    /** What is not given stays as another may just have set it. @return what was set, for the audit log */
    private String set(QueueName queue, String column, OptionalInt value, int most) {
        if (value.isEmpty()) {
            return "";
        }
        int number = value.getAsInt();
        if (number < 1 || number > most) {
            throw new IllegalArgumentException(column + " " + number);
        }
        changed(sql.update("update queue_plan set " + column + " = ? where queue = ?", number, queue), queue.label());
        return " " + column + "=" + number;
    }

    /**
     * Both at once, if the plan is still as it was seen. A new number of slices closes the present generation.
     *
     * @param slices 1 to {@link HashSlice#MOST}
     * @param threads 1 to {@value #MOST_THREADS}
     * @param priority 1 (first) to {@value #LAST_PRIORITY} (last)
     * @return false: it has changed meanwhile, and stays as it is
     * @throws IllegalArgumentException when a number is out of range
     */
    @Needs(Right.OPERATE_SITE)
    @Transactional
    public boolean change(SlicePlan seen, int slices, int threads, int priority) {
        QueueName queue = seen.queue();
        int next = seen.isClosing() ? seen.nextSlices() : 0;
        boolean unchanged = sql.first(
                        """
                        select queue from queue_plan
                        where queue = ? and generation = ? and slices = ? and coalesce(next_slices, 0) = ? and threads = ? and priority = ?
                        for update""",
                        row -> true,
                        queue,
                        seen.generation(),
                        seen.slices(),
                        next,
                        seen.threads(),
                        seen.priority())
                .isPresent();
        if (!unchanged) {
            return false;
        }
        if (slices != (seen.isClosing() ? next : seen.slices())) {
            cut(queue, slices);
        }
        if (threads != seen.threads() || priority != seen.priority()) {
            share(queue, OptionalInt.of(threads), OptionalInt.of(priority));
        }
        return true;
    }

    /**
     * Wants a slice on that node, whenever it is there.
     *
     * @param node empty: the weights decide again
     */
    @Needs(Right.OPERATE_SITE)
    @Transactional
    public void pin(QueueName queue, int slice, Optional<String> node) {
        changed(
                sql.update(
                        "update slice_lease set pinned_node = ? where queue = ? and slice = ?",
                        node.orElse(null),
                        queue,
                        slice),
                queue.label() + "/" + slice);
        audit.record("pin", AuditSubject.of("slice", queue.label() + "/" + slice), "node=" + node.orElse(""));
    }

    /** A draining node gives up its slices and gets none, restarts included, until it is told otherwise. */
    @Needs(Right.OPERATE_SITE)
    @Transactional
    public void drain(String node, boolean draining) {
        changed(sql.update("update node set draining = ? where name = ?", draining, node), node);
        audit.record(draining ? "drain" : "undrain", AuditSubject.of("node", node), null);
    }

    private static void changed(int rows, String what) {
        if (rows == 0) {
            throw new IllegalArgumentException("there is no " + what);
        }
    }

    private Site site() {
        return LeaseRows.site(sql, dialect);
    }
}
