package org.posthorn.simulator;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.posthorn.platform.Sql;
import org.posthorn.platform.actor.Needs;
import org.posthorn.platform.actor.OfList;
import org.posthorn.platform.actor.Right;

/**
 * The list's posts whose octets are still there as they came: those that are held, and those that wait for the rules or for
 * the pipeline, also where they were shunted. Mail to the owners is none of them.
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
            ) x
            join posting p on p.id = x.posting_id
            where p.first_queue = 'IN' %s
            order by p.received_at desc, p.id desc
            fetch first %d rows only
            """;

    private final Sql sql;

    protected StoredPosts() {
        this(null);
    }

    @Inject
    public StoredPosts(Sql sql) {
        this.sql = sql;
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
        return sql.list(POSTS.formatted("", LATEST), StoredPosts::stored, listId, listId);
    }

    /** In the caller's transaction. @return empty: its octets are not there any more, or it is another list's */
    Optional<Stored> find(long listId, long postingId) {
        return sql.first(POSTS.formatted("and p.id = ?", 1), StoredPosts::stored, listId, listId, postingId);
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
