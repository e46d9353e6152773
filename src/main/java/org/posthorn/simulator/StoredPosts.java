package org.posthorn.simulator;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.posthorn.platform.Sql;
import org.posthorn.platform.actor.Needs;
import org.posthorn.platform.actor.OfList;
import org.posthorn.platform.actor.Right;

/**
 * The list's posts whose octets are still there as they came: those that are held, those that wait for the rules or for the
 * pipeline, also where they were shunted, and those that have gone their way an hour ago or less, until the clean-up removes
 * them. Mail to the owners is none of them.
 */
@ApplicationScoped
public class StoredPosts {

    /** So many are shown. */
    public static final int LATEST = 20;

    private static final String POSTS = """
            select p.id, p.sender, p.subject, p.received_at, p.size_bytes, x.message_id
            from (
              select h.posting_id, h.message_id from held_message h where h.list_id = ?
              union
              select q.posting_id, q.message_id from queue_entry q
              where q.list_id = ? and q.message_id is not null and q.attributes not like '%%"kind":"owner"%%'
                and (q.queue in ('IN', 'PIPELINE') or q.queue = 'SHUNT' and q.origin in ('IN', 'PIPELINE'))
              union
              select gone.id, gone.octets_id from (
                select g.id, g.octets_id from posting g join message m on m.id = g.octets_id
                where g.list_id = ? and g.first_queue = 'IN' and g.received_at > ? %s
                order by g.received_at desc fetch first %d rows only
              ) gone
            ) x
            join posting p on p.id = x.posting_id
            where p.first_queue = 'IN' %s
            order by p.received_at desc, p.id desc
            fetch first %d rows only
            """;

    /** Deliveries may take days, and the octets are there an hour longer; what is older has to wait in a queue to be found. */
    private static final Duration RECENT = Duration.ofDays(6);

    private final Sql sql;
    private final Clock clock;

    protected StoredPosts() {
        this(null, null);
    }

    @Inject
    public StoredPosts(Sql sql, Clock clock) {
        this.sql = sql;
        this.clock = clock;
    }

    /**
     * A post. The texts come from mail.
     *
     * @param id the posting's
     * @param sender the reverse-path; empty for the null path
     * @param messageId the stored message
     */
    public record Stored(long id, String sender, String subject, Instant receivedAt, long sizeBytes, long messageId) {}

    /** @return the latest first; {@value #LATEST} at the most */
    @Transactional
    @Needs(Right.MODERATE)
    public List<Stored> latest(@OfList long listId) {
        return sql.list(
                POSTS.formatted("", LATEST, "", LATEST),
                StoredPosts::stored,
                listId,
                listId,
                listId,
                clock.instant().minus(RECENT));
    }

    /** In the caller's transaction. @return empty: its octets are not there any more, or it is another list's */
    Optional<Stored> find(long listId, long postingId) {
        return sql.first(
                POSTS.formatted("and g.id = ?", 1, "and p.id = ?", 1),
                StoredPosts::stored,
                listId,
                listId,
                listId,
                clock.instant().minus(RECENT),
                postingId,
                postingId);
    }

    private static Stored stored(ResultSet row) throws SQLException {
        return new Stored(
                row.getLong("id"),
                row.getString("sender"),
                row.getString("subject"),
                Sql.instant(row, "received_at"),
                row.getLong("size_bytes"),
                row.getLong("message_id"));
    }
}
