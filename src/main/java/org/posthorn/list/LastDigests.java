package org.posthorn.list;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.posthorn.platform.Sql;

/**
 * Who has given up digests and still gets the next one: the posts that were waiting for it have come to them in no other
 * way. {@link MemberRepository} notes who that is. In the caller's transaction.
 */
@ApplicationScoped
public class LastDigests {

    /** Whoever reads digests again gets the next one by that. */
    private static final String NOT_OWED = """
            delete from last_digest where list_id = ? and digest_id is null and member_id in (
              select m.id from member m
              join address a on a.id = m.address_id
              left join subscriber s on s.id = coalesce(m.subscriber_id, a.subscriber_id)
              where m.list_id = ? and coalesce(m.delivery_mode, a.delivery_mode, s.delivery_mode, 'REGULAR') <> 'REGULAR'
                and exists (select 1 from last_digest l where l.member_id = m.id))
            """;

    /** More than one digest holds has waited by then. */
    private static final String NEXT_ONE_TOO = """
            insert into last_digest (list_id, member_id, delivery_mode, owed_at)
            select l.list_id, l.member_id, l.delivery_mode, l.owed_at from last_digest l
            where l.list_id = ? and l.digest_id = ? and exists (
              select 1 from collected_post p
              where p.list_id = l.list_id and p.digest_id is null and p.collected_at <= l.owed_at)
            """;

    private Sql sql;

    protected LastDigests() {}

    @Inject
    public LastDigests(Sql sql) {
        this.sql = sql;
    }

    /**
     * Gives a digest to all who are owed one. Whose posts are not all in it gets the next one, too.
     *
     * @param digestId with its posts in it
     */
    public void assign(long listId, long digestId) {
        sql.update(NOT_OWED, listId, listId);
        sql.update("update last_digest set digest_id = ? where list_id = ? and digest_id is null", digestId, listId);
        sql.update(NEXT_ONE_TOO, listId, digestId);
    }
}
