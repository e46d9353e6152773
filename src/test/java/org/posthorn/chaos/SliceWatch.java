package org.posthorn.chaos;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.posthorn.queue.lease.HashSlice;

/**
 * Measures, of each slice by itself, the longest time in which it had something due and none of that got on, while a
 * smarthost, a node and the database were up: one runner that hangs does not show in what the others deliver. Asks the
 * database, which knows of each entry how far it has come.
 */
final class SliceWatch implements Runnable {

    private static final long PAUSE_NANOS = Duration.ofMillis(500).toNanos();
    private static final int PATIENCE_SECONDS = 5;

    /** Of entries that stand first in their queues. */
    private static final String DUE = """
            select e.queue, p.slices, e.hash, e.id, e.progress, e.tries, e.begun
            from queue_entry e join queue_plan p on p.queue = e.queue
            where e.due <= clock_timestamp() and e.received < clock_timestamp() - interval '1 second'
            order by e.queue, e.turn, e.id limit 20000""";

    /** What a slice has to do, as a figure that changes when it gets on, and since when. */
    private record Standing(long figure, Duration since) {}

    private final BooleanSupplier canDeliver;
    private final Supplier<Duration> clock;
    private final String url;
    private final String user;
    private final Map<String, Standing> standings = new HashMap<>();
    private volatile boolean over;
    private volatile Stall longest = Stall.NONE;

    /**
     * @param canDeliver whether what is due should get on
     * @param clock the time since the load began
     */
    SliceWatch(BooleanSupplier canDeliver, Supplier<Duration> clock, String url, String user) {
        this.canDeliver = canDeliver;
        this.clock = clock;
        this.url = url;
        this.user = user;
    }

    @Override
    public void run() {
        while (!over) {
            try (Connection connection = DriverManager.getConnection(
                            url + "?connectTimeout=" + PATIENCE_SECONDS + "&socketTimeout=" + PATIENCE_SECONDS,
                            user,
                            "");
                    Statement statement = connection.createStatement()) {
                while (!over) {
                    look(statement);
                    LockSupport.parkNanos(PAUSE_NANOS);
                }
            } catch (SQLException e) {
                // Away: what is due then does not count. Where it is not away, what stood still goes on standing.
                if (!canDeliver.getAsBoolean()) {
                    standings.clear();
                }
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }

    private void look(Statement statement) throws SQLException {
        Map<String, Long> figures = new HashMap<>();
        try (ResultSet row = statement.executeQuery(DUE)) {
            while (row.next()) {
                String queue = row.getString("queue");
                int slice =
                        HashSlice.of(row.getLong("hash"), row.getInt("slices")).slice();
                long entry = ((row.getLong("id") * 31 + row.getLong("progress")) * 31 + row.getInt("tries")) * 31
                        + row.getInt("begun");
                figures.merge(queue + " " + slice, entry * 0x9E3779B97F4A7C15L, Long::sum);
            }
        }
        judge(figures, canDeliver.getAsBoolean(), clock.get());
    }

    /** @param figures of the slices that have something due */
    void judge(Map<String, Long> figures, boolean canDeliver, Duration now) {
        standings.keySet().retainAll(figures.keySet());
        figures.forEach((slice, figure) -> {
            Standing before = standings.get(slice);
            if (!canDeliver || before == null || before.figure != figure) {
                standings.put(slice, new Standing(figure, now));
            } else {
                longest = longest.longer(new Stall(slice, before.since, now.minus(before.since)));
            }
        });
    }

    void end() {
        over = true;
    }

    Stall longest() {
        return longest;
    }
}
