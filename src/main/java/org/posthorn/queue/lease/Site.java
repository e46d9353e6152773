package org.posthorn.queue.lease;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.posthorn.queue.QueueName;

/**
 * What the database says of nodes, plans and leases, read without locks: good for deciding what to try.
 *
 * @param now the database's clock
 */
public record Site(Instant now, List<NodeRow> nodes, List<SlicePlan> plans, List<LeaseRow> leases) {

    public Optional<NodeRow> node(String name) {
        return nodes.stream().filter(node -> node.name().equals(name)).findFirst();
    }

    public Optional<SlicePlan> plan(QueueName queue) {
        return plans.stream().filter(plan -> plan.queue() == queue).findFirst();
    }

    /** @return the nodes whose present incarnation lives */
    public List<NodeRow> liveNodes() {
        return nodes.stream()
                .filter(node -> LeaseRules.lives(new Incarnation(node.name(), node.incarnation()), node, now))
                .toList();
    }

    public List<LeaseRow> leases(QueueName queue) {
        return leases.stream().filter(lease -> lease.queue() == queue).toList();
    }

    /** @return whether nobody who lives holds the slice */
    public boolean isFree(LeaseRow lease) {
        return lease.holder() == null
                || LeaseRules.isFree(lease, node(lease.holder().node()).orElse(null), now);
    }
}
