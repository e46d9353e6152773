package org.posthorn.ingress.room;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.posthorn.platform.DatabaseException;
import org.posthorn.platform.Sql;
import org.posthorn.platform.settings.Settings;
import org.posthorn.queue.WaitingEntries;

/**
 * Measures how much waits in the queues, for all nodes. Whether that was too much lies in the database, so that between
 * the two limits every node says the same, and a node that starts says what the others do.
 *
 * <p>A count of a long queue is dear: it ends just above the limit, and the next one comes only after fifty times as long
 * as it took, half a minute at the most. So it takes a fiftieth of one processor.
 */
@ApplicationScoped
public class QueueWatch {

    private static final int REST = 50;
    private static final long MOST_REST_NANOS = Duration.ofSeconds(30).toNanos();

    private final Room room;
    private final WaitingEntries waiting;
    private final Sql sql;
    private final long maxQueued;
    private final LongSupplier nanoTime;
    private boolean looked;
    private long next;

    protected QueueWatch() {
        this(null, null, null, 0, System::nanoTime);
    }

    @Inject
    public QueueWatch(Room room, WaitingEntries waiting, Sql sql, Settings settings) {
        this(room, waiting, sql, settings.headroom().maxQueued(), System::nanoTime);
    }

    QueueWatch(Room room, WaitingEntries waiting, Sql sql, long maxQueued, LongSupplier nanoTime) {
        this.room = room;
        this.waiting = waiting;
        this.sql = sql;
        this.maxQueued = maxQueued;
        this.nanoTime = nanoTime;
    }

    /** Measures once if it is time to; to be called every second or two, by one thread. */
    public void look() {
        long began = nanoTime.getAsLong();
        if (maxQueued == 0 || looked && next - began > 0) {
            return;
        }
        try {
            long entries = waiting.count(maxQueued + 1);
            room.set(Shortage.QUEUE, agreed(entries), "entries=" + entries + " most=" + maxQueued);
        } catch (DatabaseException e) {
            room.notMeasured(Shortage.QUEUE, e);
        }
        long end = nanoTime.getAsLong();
        looked = true;
        next = end + Math.min(MOST_REST_NANOS, REST * (end - began));
    }

    private Gate agreed(long entries) {
        Gate before = sql.first(
                        "select closed from ingress_gate where reason = ?",
                        row -> row.getBoolean("closed") ? Gate.CLOSED : Gate.OPEN,
                        Shortage.QUEUE)
                .orElse(Gate.OPEN);
        Gate now = before.after(entries, maxQueued);
        if (now != before) {
            keep(now == Gate.CLOSED);
        }
        return now;
    }

    private void keep(boolean closed) {
        if (sql.update("update ingress_gate set closed = ? where reason = ?", closed, Shortage.QUEUE) == 0) {
            sql.update("insert into ingress_gate (reason, closed) values (?, ?)", Shortage.QUEUE, closed);
        }
    }
}
