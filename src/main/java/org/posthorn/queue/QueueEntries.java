package org.posthorn.queue;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.posthorn.platform.Sql;
import org.posthorn.platform.Text;
import org.posthorn.platform.log.Fate;
import org.posthorn.platform.log.FateLine;

/**
 * The statements by which a runner works on its slice. One runner at a time works on a slice, so taking entries needs no
 * lock on them; the fence at the end of each transaction proves that it still is the one.
 */
@ApplicationScoped
public class QueueEntries {

    private static final String COLUMNS = """
            select id, queue, hash, list_id, posting_id, message_id, chunk_id, attributes, received, turn, due, progress,
                   begun, tries, origin, last_error
            from queue_entry
            """;

    private static final int MOST_NAMES = 200;

    private final Sql sql;

    /** By posting, the longest unasked for first. */
    private final Map<Long, Names> recent = new LinkedHashMap<>(MOST_NAMES, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Names> eldest) {
            return size() > MOST_NAMES;
        }
    };

    protected QueueEntries() {
        this(null);
    }

    @Inject
    public QueueEntries(Sql sql) {
        this.sql = sql;
    }

    /**
     * @param from the slice's first hash; @param to its last
     * @param most how many at the most
     * @return due entries in the order of their turn
     */
    public List<QueueEntry> due(QueueName queue, long from, long to, Instant now, int most) {
        return sql.list(
                COLUMNS + " where " + in(queue)
                        + " and hash between ? and ? and due <= ? order by turn, id fetch first " + most + " rows only",
                QueueEntries::entry,
                from,
                to,
                now);
    }

    /** The name as it stands: PostgreSQL uses an index of one queue alone only where it can see which it is. */
    private static String in(QueueName queue) {
        return "queue = '" + queue.name() + "'";
    }

    /** @return the beginning of the log line that says what became of an entry: its list, posting, number and Message-ID */
    public FateLine line(Fate fate, QueueEntry entry) {
        FateLine line = FateLine.of(fate);
        Names names = entry.postingId() == null ? Names.NONE : names(entry.postingId());
        return line.list(names.list())
                .posting(entry.postingId())
                .entry(entry.id())
                .messageId(names.messageId());
    }

    /** What people know a posting by. */
    private record Names(String list, String messageId) {

        static final Names NONE = new Names("", "");
    }

    /** A posting's entries end one soon after the other, so its names are kept for a while. */
    private Names names(long postingId) {
        synchronized (recent) {
            Names known = recent.get(postingId);
            if (known != null) {
                return known;
            }
        }
        Names found = sql.first("""
                        select coalesce(l.list_id, '') as list, p.message_id
                        from posting p left join mailing_list l on l.id = p.list_id where p.id = ?""", row -> new Names(row.getString("list"), row.getString("message_id")), postingId)
                .orElse(Names.NONE);
        synchronized (recent) {
            recent.put(postingId, found);
        }
        return found;
    }

    /** @return the entry, wherever it is */
    public Optional<QueueEntry> find(long id) {
        return sql.first(COLUMNS + " where id = ?", QueueEntries::entry, id);
    }

    /** One page of a queue, oldest first. */
    public List<QueueEntry> page(QueueName queue, long first, int most) {
        return sql.list(
                COLUMNS + " where queue = ? order by turn, id offset " + first + " rows fetch first " + most
                        + " rows only",
                QueueEntries::entry,
                queue);
    }

    /**
     * Notes that work begins, in a transaction of its own.
     *
     * @param alone whether nothing else runs in this process: then a crash would be this entry's
     */
    public void begin(List<QueueEntry> entries, boolean alone) {
        String next =
                alone ? "case when begun = 0 then 2 else begun + 1 end" : "case when begun = 0 then 1 else begun end";
        sql.batch(
                "update queue_entry set begun = " + next + " where id = ?",
                entries.stream().map(entry -> new Object[] {entry.id()}).toList());
    }

    /** Notes that work on these had begun, none of them alone, when the process before this one died. */
    public int begunAtCrash(List<Long> ids) {
        return IntStream.of(sql.batch(
                        "update queue_entry set begun = 1 where id = ? and begun = 0",
                        ids.stream().map(id -> new Object[] {id}).toList()))
                .sum();
    }

    /** Takes back what {@link #begin} noted, unless progress cleared it: what stopped the work was not the entries' fault. */
    public void notBegun(List<QueueEntry> entries) {
        sql.batch(
                "update queue_entry set begun = ? where id = ? and begun > 0",
                entries.stream()
                        .map(entry -> new Object[] {entry.begun(), entry.id()})
                        .toList());
    }

    /**
     * The same for one whose note is known.
     *
     * @param noted what {@link #begin} made of {@code before}; if the entry says anything else, it stays so
     */
    public void takeBack(long id, int noted, int before) {
        sql.update("update queue_entry set begun = ? where id = ? and begun = ?", before, id, noted);
    }

    /**
     * The entry leaves its queue.
     *
     * @throws IllegalStateException when it was gone already: somebody else has done it, so nothing of this may be kept
     */
    public void done(QueueEntry entry) {
        requireOne(entry, sql.update("delete from queue_entry where id = ? and queue = ?", entry.id(), entry.queue()));
    }

    /** The entry stays, with its progress; others get their turn first. */
    public void goOn(QueueEntry entry, long progress, Map<String, String> attributes, Instant now) {
        requireOne(
                entry,
                sql.update(
                        "update queue_entry set progress = ?, attributes = ?, begun = 0, turn = ? where id = ? and queue = ?",
                        progress,
                        Attributes.toJson(attributes),
                        Math.max(now.toEpochMilli(), entry.turn()),
                        entry.id(),
                        entry.queue()));
    }

    /** The entry has got further, and its runner goes on with it. */
    public void progress(QueueEntry entry, long progress) {
        requireOne(
                entry,
                sql.update(
                        "update queue_entry set progress = ?, begun = 0 where id = ? and queue = ?",
                        progress,
                        entry.id(),
                        entry.queue()));
    }

    /**
     * The entry is tried again later, in the same queue or in another.
     *
     * @param waitsFor what may bring it forward, see {@link #bringForward}; null: nothing
     */
    public void later(
            QueueEntry entry,
            QueueName queue,
            Instant due,
            int tries,
            String error,
            Map<String, String> attributes,
            String waitsFor) {
        requireOne(
                entry,
                sql.update(
                        "update queue_entry set queue = ?, due = ?, tries = ?, begun = 0, last_error = ?, attributes = ?, waits_for = ? where id = ? and queue = ?",
                        queue,
                        due,
                        tries,
                        Text.line(error, 4000),
                        Attributes.toJson(attributes),
                        waitsFor,
                        entry.id(),
                        entry.queue()));
    }

    /**
     * Makes entries due that wait for more than their time, oldest first.
     *
     * @param those what they wait for; empty: whatever it is
     * @param most how many at the most
     * @return how many
     */
    public int bringForward(QueueName queue, List<String> those, Instant now, int most) {
        String waiting = those.isEmpty() ? "is not null" : "in (" + places(those) + ")";
        return bringForward(queue, waiting, those, now, now, most);
    }

    /** The same for all that wait for anything else, and are not due before a certain time. */
    public int bringForwardOthers(QueueName queue, List<String> than, Instant dueAfter, Instant now, int most) {
        return bringForward(queue, "not in (" + places(than) + ")", than, dueAfter, now, most);
    }

    private int bringForward(
            QueueName queue, String waiting, List<String> those, Instant dueAfter, Instant now, int most) {
        List<Object> parameters = new ArrayList<>(List.of(now, queue, dueAfter));
        parameters.addAll(those);
        return sql.update(
                "update queue_entry set due = ?, waits_for = null where id in (select id from queue_entry"
                        + " where queue = ? and due > ? and waits_for " + waiting
                        + " order by turn, id fetch first " + most + " rows only)",
                parameters.toArray());
    }

    private static String places(List<String> values) {
        return String.join(", ", Collections.nCopies(values.size(), "?"));
    }

    /** Work on the entry failed: tried again later in the same queue. */
    public void failed(QueueEntry entry, Instant due, Map<String, String> attributes, String error) {
        requireOne(
                entry,
                sql.update(
                        "update queue_entry set due = ?, attributes = ?, begun = 0, last_error = ? where id = ? and queue = ?",
                        due,
                        Attributes.toJson(attributes),
                        Text.line(error, 4000),
                        entry.id(),
                        entry.queue()));
    }

    /** Takes back that the entry was alone when {@link #begin} noted it; that work began stays noted. */
    public void notAlone(QueueEntry entry) {
        sql.update("update queue_entry set begun = begun - 1 where id = ? and begun > 1", entry.id());
    }

    /** The entry goes to {@code shunt} or {@code bad}, where nobody works on it. */
    public void shunt(QueueEntry entry, QueueName to, String error) {
        requireOne(
                entry,
                sql.update(
                        "update queue_entry set queue = ?, origin = ?, begun = 0, last_error = ? where id = ? and queue = ?",
                        to,
                        entry.queue(),
                        Text.line(error, 4000),
                        entry.id(),
                        entry.queue()));
    }

    /** Puts a shunted entry back, as if it had come just now: the time for its delivery begins anew. @return whether it was still there */
    public boolean unshunt(QueueEntry entry, Instant now) {
        Map<String, String> attributes = new HashMap<>(entry.attributes());
        attributes.remove(QueueEntry.FAILURES);
        return sql.update(
                        "update queue_entry set queue = origin, origin = null, attributes = ?, begun = 0, tries = 0, received = ?, due = ?, turn = ? where id = ? and queue = ? and origin is not null",
                        Attributes.toJson(attributes),
                        now,
                        now,
                        now.toEpochMilli(),
                        entry.id(),
                        entry.queue())
                == 1;
    }

    /** @return entries of shunt or bad that came before that time, and to whose postings nothing has happened since */
    List<Long> parkedBefore(QueueName queue, Instant before, int most) {
        return sql.list("""
                select e.id from queue_entry e where e.queue = ? and e.received < ?
                and not exists (select 1 from trace_event t where t.posting_id = e.posting_id and t.at >= ?)
                order by e.turn, e.id fetch first\s""" + most + " rows only", row -> row.getLong(1), queue, before, before);
    }

    /** @return whether it was still there */
    public boolean discard(QueueEntry entry) {
        return sql.update("delete from queue_entry where id = ? and queue = ?", entry.id(), entry.queue()) == 1;
    }

    /** Records that the recipients of a chunk whose fate is open will not get it, since nobody works on it any more. */
    void failUnsettled(long chunkId, String why, Instant at) {
        int size = sql.first("select recipient_count from delivery_chunk where id = ?", row -> row.getInt(1), chunkId)
                .orElse(0);
        BitSet settled = new BitSet();
        sql.forEach(
                "select first_index, last_index from delivery_record where chunk_id = ?",
                row -> settled.set(row.getInt(1), row.getInt(2) + 1),
                chunkId);
        List<Object[]> runs = new ArrayList<>();
        for (int from = settled.nextClearBit(0); from < size; from = settled.nextClearBit(from)) {
            int next = settled.nextSetBit(from);
            int to = next < 0 ? size : next;
            runs.add(new Object[] {chunkId, from, to - 1, "FAILED", 0, Text.line(why, 500), at});
            settled.set(from, to);
        }
        sql.batch("""
                insert into delivery_record (chunk_id, first_index, last_index, outcome, reply_code, replies, recorded_at)
                values (?, ?, ?, ?, ?, ?, ?)
                """, runs);
    }

    /**
     * A sample of what is due in some parts of a queue's hash space, for the safety net. In backoff most is not due, and the
     * index by time leads; elsewhere nearly all is.
     *
     * @param ranges first and last hash of each part; not empty
     * @param most how many entries are looked at
     * @return their hashes
     */
    public List<Long> sampleDue(QueueName queue, List<long[]> ranges, Instant now, int most) {
        List<Object> parameters = new ArrayList<>(List.of(now));
        ranges.forEach(range -> parameters.addAll(List.of(range[0], range[1])));
        return sql.list(sampling(queue, ranges.size(), most), row -> row.getLong(1), parameters.toArray());
    }

    static String sampling(QueueName queue, int ranges, int most) {
        String within = String.join(" or ", Collections.nCopies(ranges, "hash between ? and ?"));
        return "select hash from queue_entry where " + in(queue) + " and due <= ? and (" + within + ") order by "
                + (queue == QueueName.BACKOFF ? "due" : "turn, id") + " fetch first " + most + " rows only";
    }

    /** @return whether the database answers */
    public boolean isReachable() {
        try {
            return sql.first("select count(*) from queue_plan", row -> true).isPresent();
        } catch (RuntimeException e) {
            return false;
        }
    }

    private static void requireOne(QueueEntry entry, int changed) {
        if (changed != 1) {
            throw new IllegalStateException(
                    "entry " + entry.id() + " of " + entry.queue().label() + " cannot be gone while its slice is held");
        }
    }

    private static QueueEntry entry(ResultSet row) throws SQLException {
        String origin = row.getString("origin");
        return new QueueEntry(
                row.getLong("id"),
                QueueName.valueOf(row.getString("queue")),
                row.getLong("hash"),
                Sql.longOrNull(row, "list_id"),
                Sql.longOrNull(row, "posting_id"),
                Sql.longOrNull(row, "message_id"),
                Sql.longOrNull(row, "chunk_id"),
                Attributes.fromJson(row.getString("attributes")),
                Sql.instant(row, "received"),
                row.getLong("turn"),
                Sql.instant(row, "due"),
                row.getLong("progress"),
                row.getInt("begun"),
                row.getInt("tries"),
                origin == null ? null : QueueName.valueOf(origin),
                row.getString("last_error"));
    }
}
