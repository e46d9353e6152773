package org.posthorn.queue;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.posthorn.platform.Sql;
import org.posthorn.platform.actor.Needs;
import org.posthorn.platform.actor.Right;

/** Looks at the entries in {@code shunt} and {@code bad}; {@link Shunt} does what is decided about them. */
@ApplicationScoped
public class ParkedEntries {

    /** More are not counted. */
    public static final int MOST_COUNTED = 10_000;

    private static final int LONGEST_HEADER = 64 * 1024;

    private static final String COLUMNS = """
            select e.id, e.queue, e.origin, l.list_id as list_name, e.last_error, e.received, e.tries, p.sender, p.subject, p.message_id as header_id,
                   c.recipient_count, e.message_id, m.size_bytes
            from queue_entry e
            left join mailing_list l on l.id = e.list_id left join posting p on p.id = e.posting_id
            left join delivery_chunk c on c.id = e.chunk_id left join message m on m.id = e.message_id
            """;

    private final Sql sql;
    private final MessageStore messages;

    protected ParkedEntries() {
        this(null, null);
    }

    @Inject
    public ParkedEntries(Sql sql, MessageStore messages) {
        this.sql = sql;
        this.messages = messages;
    }

    /**
     * @param first how many to leave out
     * @param most how many at the most
     * @return in the order in which they came
     */
    @Needs(Right.SEE_SITE)
    public List<ParkedEntry> page(ParkedFilter filter, long first, int most) {
        List<Object> parameters = new ArrayList<>();
        String where = where(filter, parameters);
        parameters.add(first);
        parameters.add(most);
        return sql.list(
                COLUMNS + where + " order by e.turn, e.id offset ? rows fetch next ? rows only",
                ParkedEntries::read,
                parameters.toArray());
    }

    /** @return how many there are, {@link #MOST_COUNTED} at the most */
    @Needs(Right.SEE_SITE)
    public long count(ParkedFilter filter) {
        List<Object> parameters = new ArrayList<>();
        String where = where(filter, parameters);
        return sql.first(
                        "select count(*) from (select e.id from queue_entry e left join mailing_list l on l.id = e.list_id "
                                + where + " fetch first " + MOST_COUNTED + " rows only) counted",
                        row -> row.getLong(1),
                        parameters.toArray())
                .orElse(0L);
    }

    /** @return the entry if it is in {@code shunt} or {@code bad} */
    @Needs(Right.SEE_SITE)
    public Optional<ParkedEntry> find(long id) {
        return sql.first(COLUMNS + " where e.id = ? and e.queue in ('SHUNT', 'BAD')", ParkedEntries::read, id);
    }

    /** @return the beginning of the entry's message, its header at the most 64 KB of it; empty without one */
    @Needs(Right.SEE_SITE)
    public byte[] head(ParkedEntry entry) {
        return entry.storedMessage() == null ? new byte[0] : messages.head(entry.storedMessage(), LONGEST_HEADER);
    }

    private static String where(ParkedFilter filter, List<Object> parameters) {
        StringBuilder where = new StringBuilder(" where e.queue = ?");
        parameters.add(filter.queue());
        if (!filter.list().isEmpty()) {
            where.append(" and l.list_id = ?");
            parameters.add(filter.list().toLowerCase(Locale.ROOT));
        }
        if (!filter.error().isEmpty()) {
            where.append(" and lower(e.last_error) like ? escape '!'");
            parameters.add("%"
                    + filter.error()
                            .toLowerCase(Locale.ROOT)
                            .replace("!", "!!")
                            .replace("%", "!%")
                            .replace("_", "!_")
                    + "%");
        }
        return where.toString();
    }

    private static ParkedEntry read(ResultSet row) throws SQLException {
        String origin = row.getString("origin");
        return new ParkedEntry(
                row.getLong("id"),
                QueueName.valueOf(row.getString("queue")),
                origin == null ? null : QueueName.valueOf(origin),
                orEmpty(row.getString("list_name")),
                orEmpty(row.getString("last_error")),
                Sql.instant(row, "received"),
                row.getInt("tries"),
                orEmpty(row.getString("sender")),
                orEmpty(row.getString("subject")),
                orEmpty(row.getString("header_id")),
                row.getInt("recipient_count"),
                Sql.longOrNull(row, "message_id"),
                row.getLong("size_bytes"));
    }

    private static String orEmpty(String text) {
        return text == null ? "" : text;
    }
}
