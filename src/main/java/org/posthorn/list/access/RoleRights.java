package org.posthorn.list.access;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.EnumSet;
import java.util.Set;
import org.posthorn.list.Role;
import org.posthorn.platform.Sql;
import org.posthorn.platform.actor.Actor;
import org.posthorn.platform.actor.ListRights;
import org.posthorn.platform.actor.Right;

/**
 * A moderator decides about what waits and sees the members; an owner changes members and settings too; an owner of the
 * list's domain may delete it as well. A person holds a role by any of their addresses, or as a user: an address becomes
 * a person's only by an administrator's word or once it is verified.
 */
@ApplicationScoped
public class RoleRights implements ListRights {

    private static final Set<Right> MODERATORS = EnumSet.of(Right.SEE_MEMBERS, Right.MODERATE);
    private static final Set<Right> OWNERS =
            EnumSet.of(Right.SEE_MEMBERS, Right.MODERATE, Right.CHANGE_MEMBERS, Right.CHANGE_LIST);
    private static final Set<Right> DOMAIN_OWNERS =
            EnumSet.of(Right.SEE_MEMBERS, Right.MODERATE, Right.CHANGE_MEMBERS, Right.CHANGE_LIST, Right.DELETE_LIST);

    private final Sql sql;

    protected RoleRights() {
        this(null);
    }

    @Inject
    public RoleRights(Sql sql) {
        this.sql = sql;
    }

    @Override
    public boolean has(Actor actor, Right right, long listId) {
        if (actor.subscriber() == null) {
            return false;
        }
        return MODERATORS.contains(right) && holds(actor, Role.MODERATOR, listId)
                || OWNERS.contains(right) && holds(actor, Role.OWNER, listId)
                || DOMAIN_OWNERS.contains(right) && ownsDomain(actor, listId);
    }

    private boolean holds(Actor actor, Role role, long listId) {
        return sql.first("""
                        select 1 from member m join address a on a.id = m.address_id
                        where m.list_id = ? and m.role = ? and (m.subscriber_id = ? or a.subscriber_id = ?)
                        fetch first 1 rows only""", row -> true, listId, role, actor.subscriber(), actor.subscriber())
                .isPresent();
    }

    private boolean ownsDomain(Actor actor, long listId) {
        return sql.first("""
                        select 1 from mailing_list l join domain_owner o on o.domain_id = l.domain_id
                        where l.id = ? and o.subscriber_id = ?""", row -> true, listId, actor.subscriber()).isPresent();
    }
}
