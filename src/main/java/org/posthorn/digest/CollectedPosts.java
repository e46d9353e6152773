package org.posthorn.digest;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.posthorn.platform.Ids;
import org.posthorn.platform.Sql;
import org.posthorn.queue.QueueEntry;

/** The posts that wait for a list's next digest, or are in one that is being written. In the caller's transaction. */
@ApplicationScoped
public class CollectedPosts {

    /** The lists with posts that should have gone out by time. */
    private static final String DUE = """
            select l.id from mailing_list l
            where l.id > ? and l.digest_send_periodic = ?
              and exists (select 1 from collected_post p
                where p.list_id = l.id and p.digest_id is null and p.collected_at < ?)
            order by l.id fetch first ? rows only
            """;

    /** No digest of the list is waiting to be written or on its way to its readers, or has failed. A digest's posting begins in this queue, a post's does not. */
    private static final String WRITTEN = """
            select p.id from collected_post p
            where p.digest_id is not null and not exists (
              select 1 from queue_entry e join posting d on d.id = e.posting_id
              where e.list_id = p.list_id and e.queue in ('DIGEST', 'PIPELINE', 'SHUNT', 'BAD') and d.first_queue = 'DIGEST')
            """;

    /** See {@link org.posthorn.list.LastDigests}. */
    private static final String FORGET = """
            delete from last_digest where digest_id is not null
              and not exists (select 1 from collected_post p where p.digest_id = last_digest.digest_id)
            """;

    private final Sql sql;
    private final Ids ids;
    private final Clock clock;

    protected CollectedPosts() {
        this(null, null, null);
    }

    @Inject
    public CollectedPosts(Sql sql, Ids ids, Clock clock) {
        this.sql = sql;
        this.ids = ids;
        this.clock = clock;
    }

    /** What waits for the next digest. */
    public record Waiting(long posts, long sizeBytes) {}

    /** @param entry in {@code digest}, with a post */
    void add(QueueEntry entry, long sizeBytes) {
        sql.update(
                "insert into collected_post (id, list_id, posting_id, message_id, size_bytes, collected_at) values (?, ?, ?, ?, ?, ?)",
                ids.next(),
                entry.listId(),
                entry.postingId(),
                entry.messageId(),
                sizeBytes,
                clock.instant());
    }

    public Waiting waiting(long listId) {
        return sql.first(
                        "select count(*), coalesce(sum(size_bytes), 0) from collected_post where list_id = ? and digest_id is null",
                        row -> new Waiting(row.getLong(1), row.getLong(2)),
                        listId)
                .orElseThrow();
    }

    /** The next ones that are in no digest yet. */
    List<CollectedPost> next(long listId, int most) {
        return sql.list(
                "select id, posting_id, message_id, size_bytes from collected_post where list_id = ? and digest_id is null order by collected_at, id fetch first ? rows only",
                CollectedPosts::read,
                listId,
                most);
    }

    /** Those that are in no digest yet, by their ids. @param afterId the last one that was read, 0 at first */
    List<CollectedPost> waitingAfter(long listId, long afterId, int most) {
        return sql.list(
                "select id, posting_id, message_id, size_bytes from collected_post where list_id = ? and digest_id is null and id > ? order by id fetch first ? rows only",
                CollectedPosts::read,
                listId,
                afterId,
                most);
    }

    /** Puts these into a digest. */
    void assign(long digestId, List<CollectedPost> posts) {
        sql.batch(
                "update collected_post set digest_id = ? where id = ?",
                posts.stream().map(post -> new Object[] {digestId, post.id()}).toList());
    }

    void remove(List<CollectedPost> posts) {
        sql.batch(
                "delete from collected_post where id = ?",
                posts.stream().map(post -> new Object[] {post.id()}).toList());
    }

    /** @return a digest's posts in order */
    List<CollectedPost> of(long digestId) {
        return sql.list(
                "select id, posting_id, message_id, size_bytes from collected_post where digest_id = ? order by collected_at, id",
                CollectedPosts::read,
                digestId);
    }

    private static CollectedPost read(ResultSet row) throws SQLException {
        return new CollectedPost(
                row.getLong("id"), row.getLong("posting_id"), row.getLong("message_id"), row.getLong("size_bytes"));
    }

    /** Whether something has waited since before then. */
    boolean waitsSince(long listId, Instant before) {
        return sql.first(
                        "select id from collected_post where list_id = ? and digest_id is null and collected_at < ? fetch first 1 row only",
                        row -> row.getLong(1),
                        listId,
                        before)
                .isPresent();
    }

    /**
     * The lists that send by time and have had something to send since before then.
     *
     * @param afterListId the last one that was read, 0 at first
     * @return in order of their ids
     */
    List<Long> due(Instant before, long afterListId, int most) {
        return sql.list(DUE, row -> row.getLong(1), afterListId, true, before, most);
    }

    /** Removes posts whose digest has gone to all its readers in all its kinds, and who they were in the end. @return how many posts */
    @Transactional(Transactional.TxType.REQUIRES_NEW) // the clean-up's rounds
    public int removeWritten(int most) {
        List<Object[]> written =
                sql.list(WRITTEN + " fetch first " + most + " rows only", row -> new Object[] {row.getLong(1)});
        sql.batch("delete from collected_post where id = ?", written);
        sql.update(FORGET);
        return written.size();
    }
}
