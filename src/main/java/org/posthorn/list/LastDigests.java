package org.posthorn.list;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.posthorn.platform.Sql;

/**
 * Who has given up digests and still gets the next one: the posts that were waiting for it have come to them in no other
 * way. {@link MemberRepository} notes who that is. In the caller's transaction.
 */
@ApplicationScoped
public class LastDigests {

    /** By then each of a digest's readers has been put into a chunk. */
    private static final Duration KEPT = Duration.ofDays(7);

    private Sql sql;
    private Clock clock;

    protected LastDigests() {}

    @Inject
    public LastDigests(Sql sql, Clock clock) {
        this.sql = sql;
        this.clock = clock;
    }

    /** Gives this digest to all who are owed one, and forgets those who have long had theirs. @return which kinds they had */
    public List<DeliveryMode> assign(long listId, long digestId) {
        sql.update("update last_digest set digest_id = ? where list_id = ? and digest_id is null", digestId, listId);
        sql.update(
                "delete from last_digest where list_id = ? and digest_id <> ? and owed_at < ?",
                listId,
                digestId,
                clock.instant().minus(KEPT));
        return sql.list(
                "select distinct delivery_mode from last_digest where list_id = ? and digest_id = ?",
                row -> DeliveryMode.valueOf(row.getString(1)),
                listId,
                digestId);
    }
}
