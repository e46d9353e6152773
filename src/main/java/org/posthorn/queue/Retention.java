package org.posthorn.queue;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.posthorn.platform.Sql;

/**
 * Removes what nothing needs any more, a bounded number in each transaction: messages that nothing has pointed to for an
 * hour.
 */
@ApplicationScoped
public class Retention {

    /** A message is kept so long after the last entry that pointed to it. */
    static final Duration UNREFERENCED = Duration.ofHours(1);

    private static final String NOT_REFERENCED = """
             not exists (select 1 from queue_entry e where e.message_id = m.id)
             and not exists (select 1 from held_message h where h.message_id = m.id)
            """;

    private final Sql sql;
    private final Clock clock;

    protected Retention() {
        this(null, null);
    }

    @Inject
    public Retention(Sql sql, Clock clock) {
        this.sql = sql;
        this.clock = clock;
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
                        + " or exists (select 1 from held_message h where h.message_id = message.id))");
        List<Object[]> old = ids(
                "select m.id from message m where m.unreferenced_since < ? and" + NOT_REFERENCED,
                most,
                now.minus(UNREFERENCED));
        sql.batch("delete from message where id = ?", old);
        return old.size();
    }

    private List<Object[]> ids(String select, int most, Object... parameters) {
        return sql.list(
                select + " fetch first " + most + " rows only", row -> new Object[] {row.getLong(1)}, parameters);
    }
}
