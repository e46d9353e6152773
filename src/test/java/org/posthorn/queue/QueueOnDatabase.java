package org.posthorn.queue;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.posthorn.platform.AfterCommit;
import org.posthorn.platform.Ids;
import org.posthorn.platform.Sql;
import org.posthorn.platform.settings.SettingSource;
import org.posthorn.platform.settings.Settings;
import org.posthorn.queue.lease.Fence;
import org.posthorn.queue.lease.Incarnation;
import org.posthorn.queue.lease.Lease;
import org.posthorn.testing.SettableClock;
import org.posthorn.testing.TestDatabase;

/** The queues over a test database, outside of a container. */
public final class QueueOnDatabase {

    public static final Instant NOW = Instant.parse("2026-06-01T08:00:00Z");

    public final TestDatabase database;
    public final SettableClock clock = new SettableClock(NOW);
    public final Sql sql;
    public final Ids ids;
    public final MessageStore messages;
    public final Postings postings;
    public final QueueEntries entries;
    public final QueueSignals signals = new QueueSignals();
    public final DatabaseSwitchboard switchboard;
    public final DatabaseTrace trace;

    public QueueOnDatabase(TestDatabase database) {
        this.database = database;
        sql = database.sql();
        ids = database.ids();
        messages = new MessageStore(sql, ids, clock);
        postings = new Postings(sql, ids);
        entries = new QueueEntries(sql);
        switchboard = new DatabaseSwitchboard(sql, ids, messages, signals, new AfterCommit());
        trace = new DatabaseTrace(sql, ids, clock, Settings.read(SettingSource.ofProcess()));
    }

    /** @return the lease on a queue's only slice, with its fence */
    public Lease aLease(QueueName queue) {
        sql.update(
                "insert into queue_plan (queue, generation, slices, threads, priority) values (?, 1, 1, 4, 1)", queue);
        sql.update("insert into slice_fence (queue, slice, generation, epoch) values (?, 0, 1, 5)", queue);
        return new Lease(queue, 0, 1, 1, 5, Incarnation.fresh("anna"));
    }

    /** Another node has the slice from now on. */
    public void takeOver(Lease lease) {
        sql.update(
                "update slice_fence set epoch = epoch + 1 where queue = ? and slice = ?", lease.queue(), lease.slice());
    }

    public Fence fence() {
        return new Fence(sql, database.dialect());
    }

    public static NewEntry anEntry(QueueName queue) {
        return NewEntry.of(queue, null, null, null, Map.of(), NOW, NOW);
    }

    public NewEntry entryOf(QueueName queue, long postingId) {
        return NewEntry.of(queue, null, postingId, null, Map.of(), NOW, NOW);
    }

    /** @return the entry as it is in the database */
    public QueueEntry enqueued(NewEntry entry) {
        return find(switchboard.enqueue(entry)).orElseThrow();
    }

    public QueueEntry enqueued(QueueName queue) {
        return enqueued(anEntry(queue));
    }

    public Optional<QueueEntry> find(long id) {
        return entries.find(id);
    }

    public QueueEntry reread(QueueEntry entry) {
        return find(entry.id()).orElseThrow();
    }

    /** All due entries of a queue, over the whole hash space. */
    public List<QueueEntry> due(QueueName queue) {
        return entries.due(queue, 0, Long.MAX_VALUE, clock.instant(), 1000);
    }

    public long aPosting() {
        return postings.open(new NewPosting(
                null, "test@lists.example.org", QueueName.IN, "<first@example.com>", "", "First light", 100, NOW));
    }

    public long aMessage(String octets) {
        return messages.store(MessageSource.of(octets.getBytes(StandardCharsets.UTF_8)));
    }

    /** A chunk of so many recipients, r0@example.com and so on. @return its id */
    public long aChunk(long postingId, int recipients) {
        long id = ids.next();
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < recipients; i++) {
            lines.append(100 + i).append("\tr").append(i).append("@example.com\n");
        }
        sql.update(
                "insert into delivery_chunk (id, posting_id, recipient_count, recipients, made_at) values (?, ?, ?, ?, ?)",
                id,
                postingId,
                recipients,
                lines.toString(),
                NOW);
        return id;
    }

    /** @return event and detail of each, in order */
    public List<String> events(long postingId) {
        return new ArrayList<>(sql.list(
                "select event, detail from trace_event where posting_id = ? order by id",
                row -> row.getString(1) + ": " + row.getString(2),
                postingId));
    }
}
