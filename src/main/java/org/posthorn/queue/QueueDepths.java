package org.posthorn.queue;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.posthorn.platform.Sql;

/** How much lies in each queue, over all nodes, counted when asked. */
@ApplicationScoped
public class QueueDepths {

    private final Sql sql;
    private final Clock clock;

    protected QueueDepths() {
        this(null, null);
    }

    @Inject
    public QueueDepths(Sql sql, Clock clock) {
        this.sql = sql;
        this.clock = clock;
    }

    /** @return one for every queue, the empty ones too */
    public List<QueueDepth> all() {
        Instant now = clock.instant();
        Map<QueueName, QueueDepth> found = new EnumMap<>(QueueName.class);
        sql.forEach(
                """
                        select queue, count(*) as entries, sum(case when due <= ? then 1 else 0 end) as due, min(received) as oldest
                        from queue_entry group by queue""",
                row -> {
                    QueueName queue = QueueName.valueOf(row.getString("queue"));
                    long age = Math.max(
                            0, Duration.between(Sql.instant(row, "oldest"), now).toSeconds());
                    found.put(queue, new QueueDepth(queue, row.getLong("entries"), row.getLong("due"), age));
                },
                now);
        return Arrays.stream(QueueName.values())
                .map(queue -> found.getOrDefault(queue, new QueueDepth(queue, 0, 0, 0)))
                .toList();
    }

    /**
     * @param slices into how many equal parts the hash space is cut
     * @return how many entries lie in each part (an entry at a cut may count for its neighbour)
     */
    public long[] perSlice(QueueName queue, int slices) {
        long[] depths = new long[slices];
        sql.forEach(
                "select slice, count(*) as entries from (select hash / ? as slice from queue_entry where queue = ?) cut group by slice",
                row -> depths[(int) Math.min(slices - 1, row.getLong("slice"))] += row.getLong("entries"),
                Long.MAX_VALUE / slices,
                queue);
        return depths;
    }
}
