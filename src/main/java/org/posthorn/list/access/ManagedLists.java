package org.posthorn.list.access;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import org.posthorn.platform.Sql;

/** The lists for which somebody has a role: by the same rules as {@link RoleRights}. */
@ApplicationScoped
public class ManagedLists {

    private static final String THEIRS = """
            l.id in (select m.list_id from member m join address a on a.id = m.address_id
                     where a.subscriber_id = ? and m.role in ('OWNER', 'MODERATOR'))
            or l.id in (select m.list_id from member m where m.subscriber_id = ? and m.role in ('OWNER', 'MODERATOR'))
            or l.domain_id in (select o.domain_id from domain_owner o where o.subscriber_id = ?)""";

    private final Sql sql;

    protected ManagedLists() {
        this(null);
    }

    @Inject
    public ManagedLists(Sql sql) {
        this.sql = sql;
    }

    /**
     * @param held how many posts wait for a moderator
     * @param requests how many people wait to join or leave
     */
    public record Managed(long id, String listId, String displayName, long held, long requests) {

        /** What waits for somebody, of all kinds. */
        public long getWaiting() {
            return held + requests;
        }

        public long getRequests() {
            return requests;
        }

        public long getId() {
            return id;
        }

        public String getListId() {
            return listId;
        }

        public String getDisplayName() {
            return displayName;
        }

        public long getHeld() {
            return held;
        }
    }

    /** @param limit how many at the most; @return those where most waits first, then by their list-ids */
    public List<Managed> of(long subscriberId, int limit) {
        return sql.list(
                """
                        select * from (select l.id, l.list_id, l.display_name,
                               (select count(*) from held_message h where h.list_id = l.id) as held,
                               (select count(*) from subscription_request r where r.list_id = l.id and r.token_owner = 'MODERATOR') as requests
                        from mailing_list l
                        where %s) theirs
                        order by held + requests desc, list_id
                        fetch first ? rows only""".formatted(THEIRS),
                row -> new Managed(
                        row.getLong("id"),
                        row.getString("list_id"),
                        row.getString("display_name"),
                        row.getLong("held"),
                        row.getLong("requests")),
                subscriberId,
                subscriberId,
                subscriberId,
                limit);
    }
}
