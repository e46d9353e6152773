package org.posthorn.list;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import org.posthorn.platform.actor.Needs;
import org.posthorn.platform.actor.OfList;
import org.posthorn.platform.actor.Right;

/** Makes people owners and moderators of lists, by one of their addresses, and takes it from them. */
@ApplicationScoped
public class Roles {

    private Subscriptions subscriptions;
    private MemberRepository members;

    protected Roles() {}

    @Inject
    public Roles(Subscriptions subscriptions, MemberRepository members) {
        this.subscriptions = subscriptions;
        this.members = members;
    }

    /**
     * @throws InvalidValueException when the address cannot be
     * @throws DuplicateException when it has this role already
     */
    @Transactional
    @Needs(Right.CHANGE_LIST)
    public void give(@OfList long listId, String email, Role role) {
        subscriptions.subscribe(NewSubscription.of(listId, email, null, role));
    }

    /** @throws UnknownException when there is no such role on that list */
    @Transactional
    @Needs(Right.CHANGE_LIST)
    public void take(@OfList long listId, long memberId) {
        members.byId(memberId)
                .filter(member -> member.list().getId() == listId)
                .orElseThrow(() -> new UnknownException("member", memberId));
        subscriptions.unsubscribe(memberId);
    }
}
