package org.posthorn.console;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.posthorn.platform.settings.Settings;
import org.posthorn.queue.QueueDepths;
import org.posthorn.queue.QueueName;
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
    private Instant at;

    @PostConstruct
    void read() {
        at = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        Map<QueueName, Slices.Queue> plans = slices.queues().stream()
                .collect(Collectors.toMap(queue -> queue.plan().queue(), Function.identity()));
        List<String> nodes = plans.values().stream()
                .flatMap(queue -> queue.slices().stream())
                .flatMap(slice -> slice.node().stream())
                .collect(Collectors.toCollection(TreeSet::new))
                .stream()
                .toList();
        rows = depths.all().stream()
                .map(depth -> {
                    Slices.Queue plan = plans.get(depth.queue());
                    return QueueRow.of(
                            depth,
                            plan == null ? List.of() : plan.slices(),
                            nodes,
                            settings.node().name(),
                            slice -> dispatcher.isRunning(depth.queue(), slice));
                })
                .toList();
    }

    public List<QueueRow> getRows() {
        return rows;
    }

    /** How many entries lie in all queues but shunt and bad. */
    public long getWaiting() {
        return rows.stream()
                .filter(row -> !row.isParked())
                .mapToLong(QueueRow::getEntries)
                .sum();
    }

    /** How many entries need somebody to look at them. */
    public long getParked() {
        return rows.stream()
                .filter(QueueRow::isParked)
                .mapToLong(QueueRow::getEntries)
                .sum();
    }

    /** When this was read. */
    public String getAt() {
        return at.toString();
    }
}
