package org.posthorn.chaos;

import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.posthorn.queue.lease.HashSlice;

/**
 * Measures, of each slice by itself, the longest time in which it had something due and none of its entries got on, while a
 * smarthost, a node and the database were up: one runner that hangs does not show in what the others deliver. Asks the
 * database, which knows of each entry how far it has come. What arrives is no progress, nor is a try that failed.
 */
final class SliceWatch implements Runnable {

    private static final long PAUSE_NANOS = Duration.ofMillis(500).toNanos();
    private static final int PATIENCE_SECONDS = 5;

    /** Far above what the load lets wait: an entry that is not among so many is gone. */
    private static final int MOST = 100_000;

    private static final String ENTRIES = """
            select e.queue, p.slices, e.hash, e.id, e.progress,
                e.due <= clock_timestamp() and e.received < clock_timestamp() - interval '1 second' as is_due
            from queue_entry e join queue_plan p on p.queue = e.queue
            limit\s""" + (MOST + 1);

    /**
     * An entry.
     *
     * @param progress how far it has come
     */
    record Entry(long progress, boolean isDue) {}

    /**
     * A slice since it got on.
     *
     * @param entries by their ids, as they were seen last
     * @param since when it got on, or began
     * @param stood how long something of it was due since then
     */
    private record Standing(Map<Long, Entry> entries, Duration since, Duration stood) {

        boolean isDue() {
            return entries.values().stream().anyMatch(Entry::isDue);
        }

        boolean gotOn(Map<Long, Entry> now) {
            return entries.entrySet().stream().anyMatch(known -> {
                Entry entry = now.get(known.getKey());
                return entry == null || entry.progress > known.getValue().progress;
            });
        }
    }

    private final BooleanSupplier canDeliver;
    private final Supplier<Duration> clock;
    private final String url;
    private final String user;
    private final Map<String, Standing> standings = new HashMap<>();
    private Duration looked = Duration.ZERO;
    private Duration saw = Duration.ZERO;
    private volatile boolean over;
    private volatile Stall longest = Stall.NONE;
    private volatile Duration longestBlind = Duration.ZERO;

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
            try (java.sql.Connection connection = DriverManager.getConnection(
                            url + "?connectTimeout=" + PATIENCE_SECONDS + "&socketTimeout=" + PATIENCE_SECONDS,
                            user,
                            "");
                    Statement statement = connection.createStatement()) {
                while (!over) {
                    Map<String, Map<Long, Entry>> slices = look(statement);
                    judge(slices, canDeliver.getAsBoolean(), clock.get());
                    LockSupport.parkNanos(PAUSE_NANOS);
                }
            } catch (SQLException e) {
                blind(canDeliver.getAsBoolean(), clock.get());
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }

    private static Map<String, Map<Long, Entry>> look(Statement statement) throws SQLException {
        Map<String, Map<Long, Entry>> slices = new HashMap<>();
        int entries = 0;
        try (ResultSet row = statement.executeQuery(ENTRIES)) {
            while (row.next()) {
                String slice = row.getString("queue") + " "
                        + HashSlice.of(row.getLong("hash"), row.getInt("slices"))
                                .slice();
                slices.computeIfAbsent(slice, any -> new HashMap<>())
                        .put(row.getLong("id"), new Entry(row.getLong("progress"), row.getBoolean("is_due")));
                entries++;
            }
        }
        if (entries > MOST) {
            throw new SQLException("more entries than can be watched");
        }
        return slices;
    }

    /** @param seen the entries of each slice, by their ids */
    void judge(Map<String, Map<Long, Entry>> seen, boolean canDeliver, Duration now) {
        blind(canDeliver, now);
        saw = now;
        Set<String> slices = new HashSet<>(standings.keySet());
        slices.addAll(seen.keySet());
        for (String slice : slices) {
            Map<Long, Entry> entries = seen.getOrDefault(slice, Map.of());
            Standing before = standings.get(slice);
            if (entries.isEmpty()) {
                standings.remove(slice);
            } else if (!canDeliver || before == null || before.gotOn(entries)) {
                standings.put(slice, new Standing(entries, now, Duration.ZERO));
            } else {
                Duration more = before.isDue() ? now.minus(looked) : Duration.ZERO;
                Standing standing = new Standing(entries, before.since, before.stood.plus(more));
                standings.put(slice, standing);
                longest = longest.longer(new Stall(slice, before.since, standing.stood));
            }
        }
        looked = now;
    }

    /** The database does not say. What stood still goes on standing, unless that was to be expected. */
    void blind(boolean canDeliver, Duration now) {
        if (canDeliver) {
            Duration blind = now.minus(saw);
            longestBlind = blind.compareTo(longestBlind) > 0 ? blind : longestBlind;
        } else {
            standings.clear();
            saw = now;
        }
    }

    void end() {
        over = true;
    }

    Stall longest() {
        return longest;
    }

    /** The longest time without a look, although nodes, database and a smarthost were up. */
    Duration longestBlind() {
        return longestBlind;
    }
}
