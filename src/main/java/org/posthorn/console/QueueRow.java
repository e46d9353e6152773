package org.posthorn.console;

import java.util.List;
import java.util.function.IntPredicate;
import org.posthorn.queue.QueueDepth;
import org.posthorn.queue.QueueName;
import org.posthorn.queue.lease.Slices;

/** A queue as the page shows it. */
public final class QueueRow {

    private static final int COLOURS = 6;

    private final QueueDepth depth;
    private final List<SliceCell> slices;

    private QueueRow(QueueDepth depth, List<SliceCell> slices) {
        this.depth = depth;
        this.slices = slices;
    }

    /**
     * @param nodes the names of all nodes, in order: each has its colour
     * @param here this node's name
     * @param running which slices have a runner here
     */
    static QueueRow of(
            QueueDepth depth, List<Slices.Slice> slices, List<String> nodes, String here, IntPredicate running) {
        return new QueueRow(
                depth,
                slices.stream()
                        .map(slice -> {
                            int number = slice.range().slice();
                            boolean own = slice.node().filter(here::equals).isPresent();
                            return new SliceCell(
                                    number,
                                    slice.node().orElse(""),
                                    slice.node()
                                            .map(node -> "node-" + nodes.indexOf(node) % COLOURS)
                                            .orElse("free"),
                                    slice.epoch(),
                                    slice.node().isEmpty()
                                            ? SliceCell.State.FREE
                                            : !own
                                                    ? SliceCell.State.ELSEWHERE
                                                    : running.test(number)
                                                            ? SliceCell.State.RUNNING
                                                            : SliceCell.State.RESTING);
                        })
                        .toList());
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

    public List<SliceCell> getSlices() {
        return slices;
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
