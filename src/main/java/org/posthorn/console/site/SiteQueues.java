package org.posthorn.console.site;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.posthorn.platform.settings.Settings;
import org.posthorn.queue.QueueDepth;
import org.posthorn.queue.QueueDepths;
import org.posthorn.queue.lease.Slices;
import org.posthorn.queue.runner.Dispatcher;

/** {@code /site/queues}: is work piling up, and who does it? */
@Named
@RequestScoped
public class SiteQueues {

    @Inject
    private QueueDepths depths;

    @Inject
    private Slices slices;

    @Inject
    private Dispatcher dispatcher;

    @Inject
    private Settings settings;

    @Inject
    private Clock clock;

    private List<QueueRow> rows;
    private List<String> nodes;
    private Instant at;

    @PostConstruct
    void read() {
        at = clock.instant();
        Map<Object, Slices.Queue> plans = slices.queues().stream()
                .collect(Collectors.toMap(queue -> queue.plan().queue(), Function.identity()));
        nodes = slices.nodes().stream().map(Slices.Node::name).toList();
        rows = depths.all().stream()
                .map(depth -> row(depth, plans.get(depth.queue())))
                .toList();
    }

    private QueueRow row(QueueDepth depth, Slices.Queue queue) {
        if (queue == null || queue.slices().isEmpty()) {
            return new QueueRow(depth, queue == null ? null : queue.plan(), List.of());
        }
        int of = queue.slices().get(0).range().of();
        long[] deep = depth.entries() == 0 ? new long[of] : depths.perSlice(depth.queue(), of);
        long deepest = Arrays.stream(deep).max().orElse(0);
        return new QueueRow(
                depth,
                queue.plan(),
                queue.slices().stream()
                        .map(slice -> cell(depth, slice, deep, deepest))
                        .toList());
    }

    private SliceCell cell(QueueDepth depth, Slices.Slice slice, long[] deep, long deepest) {
        int number = slice.range().slice();
        return new SliceCell(
                number,
                slice.range().of(),
                slice.node().orElse(""),
                slice.node().map(node -> NodeColours.of(nodes, node)).orElse("free"),
                slice.epoch(),
                state(depth, slice),
                deep[number],
                deepest);
    }

    private SliceCell.State state(QueueDepth depth, Slices.Slice slice) {
        if (slice.node().isEmpty()) {
            return SliceCell.State.FREE;
        }
        if (!slice.node().get().equals(settings.node().name())) {
            return SliceCell.State.ELSEWHERE;
        }
        return dispatcher.isRunning(depth.queue(), slice.range().slice())
                ? SliceCell.State.RUNNING
                : SliceCell.State.RESTING;
    }

    public List<QueueRow> getRows() {
        return rows;
    }

    /** A live node and its colour in the bands. */
    public record NodeKey(String name, String colour) {

        public String getName() {
            return name;
        }

        public String getColour() {
            return colour;
        }
    }

    public List<NodeKey> getNodes() {
        return nodes.stream()
                .map(node -> new NodeKey(node, NodeColours.of(nodes, node)))
                .toList();
    }

    /** How many entries lie in all queues but shunt and bad. */
    public long getWaiting() {
        return rows.stream()
                .filter(row -> !row.isParked())
                .mapToLong(QueueRow::getEntries)
                .sum();
    }

    /** How long the oldest of them has been there. */
    public long getOldestSeconds() {
        return rows.stream()
                .filter(row -> !row.isParked())
                .mapToLong(QueueRow::getOldestSeconds)
                .max()
                .orElse(0);
    }

    /** How many entries need somebody to look at them. */
    public long getParked() {
        return rows.stream()
                .filter(QueueRow::isParked)
                .mapToLong(QueueRow::getEntries)
                .sum();
    }

    /** When this was read. */
    public Instant getAt() {
        return at;
    }
}
