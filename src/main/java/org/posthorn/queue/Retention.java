package org.posthorn.queue;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.posthorn.platform.Sql;
import org.posthorn.platform.settings.Settings;

/**
 * Removes what nothing needs any more, a bounded number in each transaction: messages that nothing has pointed to for an
 * hour, and the traces of messages that nothing has happened to for {@link Settings#kept}.
 */
@ApplicationScoped
public class Retention {

    /** A message is kept so long after the last entry that pointed to it. */
    static final Duration UNREFERENCED = Duration.ofHours(1);

    /** Postings that have come to their end, and that nothing has happened to since a time (twice). */
    private static final String PAST = """
             p.received_at < ?
             and not exists (select 1 from trace_event n where n.posting_id = p.id and n.at >= ?)
             and not exists (select 1 from queue_entry e where e.posting_id = p.id)
             and not exists (select 1 from held_message h where h.posting_id = p.id)
             and not exists (select 1 from delivery_chunk k join queue_entry e on e.chunk_id = k.id where k.posting_id = p.id)
            """;

    private static final String NOT_REFERENCED = """
             not exists (select 1 from queue_entry e where e.message_id = m.id)
             and not exists (select 1 from held_message h where h.message_id = m.id)
             and not exists (select 1 from collected_post c where c.message_id = m.id)
            """;

    private final Sql sql;
    private final Clock clock;
    private final Duration traceKept;

    protected Retention() {
        this(null, null, Duration.ZERO);
    }

    @Inject
    public Retention(Sql sql, Clock clock, Settings settings) {
        this(sql, clock, Duration.ofDays(settings.kept().traceDays()));
    }

    Retention(Sql sql, Clock clock, Duration traceKept) {
        this.sql = sql;
        this.clock = clock;
        this.traceKept = traceKept;
    }

    /**
     * Notes which messages nothing points to, takes back the note for those that something points to again, and removes
     * those that have been noted for an hour.
     *
     * @param most how many of each at the most
     * @return how many were removed
     */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    public int removeMessages(int most) {
        Instant now = clock.instant();
        List<Object[]> noted =
                ids("select m.id from message m where m.unreferenced_since is null and" + NOT_REFERENCED, most);
        noted.replaceAll(id -> new Object[] {now, id[0]});
        sql.batch("update message set unreferenced_since = ? where id = ?", noted);
        sql.update(
                "update message set unreferenced_since = null where unreferenced_since is not null and (exists (select 1 from queue_entry e where e.message_id = message.id)"
                        + " or exists (select 1 from held_message h where h.message_id = message.id)"
                        + " or exists (select 1 from collected_post c where c.message_id = message.id))");
        List<Object[]> old = ids(
                "select m.id from message m where m.unreferenced_since < ? and" + NOT_REFERENCED,
                most,
                now.minus(UNREFERENCED));
        sql.batch("delete from message where id = ?", old);
        return old.size();
    }

    /**
     * Removes chunks, with their recipients' fates, of postings whose time is over. A posting to many has thousands of
     * rows, so they go before it: {@link #removeEvents}, then {@link #removePostings}.
     *
     * @param most how many at the most
     * @return how many were removed
     */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    public int removeChunks(int most) {
        return remove(
                "delivery_chunk",
                "select c.id from posting p join delivery_chunk c on c.posting_id = p.id where" + PAST,
                most);
    }

    /** As {@link #removeChunks}, the events of the trace. */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    public int removeEvents(int most) {
        return remove(
                "trace_event",
                "select t.id from posting p join trace_event t on t.posting_id = p.id where" + PAST,
                most);
    }

    /** As {@link #removeChunks}, the postings that have neither chunks nor events any more. */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    public int removePostings(int most) {
        return remove(
                "posting",
                "select p.id from posting p where" + PAST
                        + "and not exists (select 1 from delivery_chunk c where c.posting_id = p.id)"
                        + " and not exists (select 1 from trace_event t where t.posting_id = p.id)",
                most);
    }

    private int remove(String table, String select, int most) {
        Instant before = clock.instant().minus(traceKept);
        List<Object[]> past = ids(select, most, before, before);
        sql.batch("delete from " + table + " where id = ?", past);
        return past.size();
    }

    private List<Object[]> ids(String select, int most, Object... parameters) {
        return sql.list(
                select + " fetch first " + most + " rows only", row -> new Object[] {row.getLong(1)}, parameters);
    }
}
