package org.posthorn.console.site;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.posthorn.queue.QueueDepth;
import org.posthorn.queue.QueueName;
import org.posthorn.queue.lease.SlicePlan;

/** A queue as the pages show it. */
public final class QueueRow {

    private static final Set<QueueName> POSTS_WAY = EnumSet.of(QueueName.IN, QueueName.PIPELINE, QueueName.OUT);

    private final QueueDepth depth;
    private final SlicePlan plan;
    private final List<SliceCell> slices;

    /** @param plan null where nobody works on it */
    QueueRow(QueueDepth depth, SlicePlan plan, List<SliceCell> slices) {
        this.depth = depth;
        this.plan = plan;
        this.slices = slices;
    }

    public String getName() {
        return depth.queue().label();
    }

    public long getEntries() {
        return depth.entries();
    }

    public long getDue() {
        return depth.due();
    }

    public long getOldestSeconds() {
        return depth.oldestSeconds();
    }

    /** Whether nobody works on it: what lies there waits for a person. */
    public boolean isParked() {
        return depth.queue() == QueueName.SHUNT || depth.queue() == QueueName.BAD;
    }

    /** Whether posts go through it on their way out, so that what lies in it is late soon. */
    public boolean isPostsWay() {
        return POSTS_WAY.contains(depth.queue());
    }

    public List<SliceCell> getSlices() {
        return slices;
    }

    /** Whether it has slices, and so a plan that can be changed. */
    public boolean isPlanned() {
        return plan != null;
    }

    /** Of each node. */
    public int getThreads() {
        return plan == null ? 0 : plan.threads();
    }

    /** 1 (first) to 9 (last). */
    public int getPriority() {
        return plan == null ? 9 : plan.priority();
    }

    /** Whether its hash space is just being cut anew. */
    public boolean isClosing() {
        return plan != null && plan.isClosing();
    }

    /** How many of the slices have an owner. */
    public long getOwned() {
        return slices.stream()
                .filter(slice -> slice.getState() != SliceCell.State.FREE)
                .count();
    }

    /** How many have a runner on this node. */
    public long getRunning() {
        return slices.stream()
                .filter(slice -> slice.getState() == SliceCell.State.RUNNING)
                .count();
    }
}
