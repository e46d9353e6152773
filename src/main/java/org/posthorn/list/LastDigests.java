package org.posthorn.list;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import org.posthorn.platform.Sql;

/**
 * Who has given up digests and still gets the next one: the posts that were waiting for it have come to them in no other
 * way. {@link MemberRepository} notes who that is. In the caller's transaction.
 */
@ApplicationScoped
public class LastDigests {

    private static final String WISH = "coalesce(m.delivery_mode, a.delivery_mode, s.delivery_mode, 'REGULAR')";

    private static final String WHOSE = """
            from member m
            join address a on a.id = m.address_id
            left join subscriber s on s.id = coalesce(m.subscriber_id, a.subscriber_id)
            """;

    /** Of those who are owed it anew. Who has regular delivery by now keeps what they are owed. */
    private static final String NOT_LAST =
            "delete from last_digest where digest_id is null and member_id in (select m.id " + WHOSE + "where " + WISH
                    + " <> 'REGULAR' and %s)";

    /** To those with digests on lists where posts wait for the next one, or are on their way there. */
    private static final String OWE_LAST = "insert into last_digest (list_id, member_id, delivery_mode, owed_at)"
            + " select m.list_id, m.id, " + WISH + ", current_timestamp " + WHOSE + """
            where m.role = 'MEMBER'
              and (exists (select 1 from collected_post p where p.list_id = m.list_id and p.digest_id is null)
                or exists (select 1 from queue_entry e join posting p on p.id = e.posting_id
                  where e.list_id = m.list_id and e.queue = 'DIGEST' and p.first_queue <> 'DIGEST'))
              and\s""" + WISH + " <> 'REGULAR' and %s";

    /** The digests that have not reached all their readers yet stay what they were for them: of that kind, or none. */
    private static final String KEEP_OPENED =
            "insert into last_digest (list_id, member_id, delivery_mode, digest_id, owed_at)"
                    + " select distinct m.list_id, m.id, " + WISH + ", p.digest_id, current_timestamp " + WHOSE + """
                    join collected_post p on p.list_id = m.list_id and p.digest_id is not null
                    where m.role = 'MEMBER'
                      and not exists (select 1 from last_digest l where l.member_id = m.id and l.digest_id = p.digest_id)
                      and %s
                    """;

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
     * What notes, before wishes change, who gets which digest by those of now.
     *
     * @param which a condition on the member {@code m}, the address {@code a} or the person {@code s}
     * @return statements, each with the condition's parameters alone
     */
    static List<String> owe(String which) {
        return List.of(NOT_LAST.formatted(which), OWE_LAST.formatted(which), KEEP_OPENED.formatted(which));
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
