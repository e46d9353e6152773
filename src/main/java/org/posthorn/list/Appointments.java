package org.posthorn.list;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import org.posthorn.platform.actor.Right;
import org.posthorn.platform.actor.Rights;

/**
 * Makes owners, moderators and known nonmembers, and ends that. Nobody is asked, and nobody is told. Who makes owners and
 * moderators must be able to change the list itself: they come to be able to.
 */
@ApplicationScoped
public class Appointments {

    private Subscriptions subscriptions;
    private MemberRepository members;
    private SubscriberRepository subscribers;
    private Rights rights;

    protected Appointments() {}

    @Inject
    public Appointments(
            Subscriptions subscriptions, MemberRepository members, SubscriberRepository subscribers, Rights rights) {
        this.subscriptions = subscriptions;
        this.members = members;
        this.subscribers = subscribers;
        this.rights = rights;
    }

    /**
     * @param subscriberId appoints this user, by the preferred address; null: the address in question
     * @param wanted its role is none but owner, moderator or nonmember
     * @throws DuplicateException when it has this role already
     * @throws InvalidValueException when the address or the name cannot be, or the user prefers no address
     * @throws UnknownException when there is no such list or user
     */
    @Transactional
    public Member appoint(long listId, Long subscriberId, NewSubscription wanted) {
        require(wanted.role(), listId);
        if (subscriberId == null) {
            return subscriptions.subscribe(wanted);
        }
        return subscriptions.subscribe(
                subscribers.byId(subscriberId).orElseThrow(() -> new UnknownException("user", subscriberId)), wanted);
    }

    /** @throws UnknownException when there is no such membership on that list */
    @Transactional
    public void dismiss(long listId, long memberId) {
        Member member = members.byId(memberId)
                .filter(found -> found.list().getId() == listId)
                .orElseThrow(() -> new UnknownException("member", memberId));
        require(member.getRole(), listId);
        subscriptions.unsubscribe(memberId);
    }

    private void require(Role role, long listId) {
        rights.require(
                switch (role) {
                    case OWNER, MODERATOR -> Right.CHANGE_LIST;
                    case NONMEMBER -> Right.CHANGE_MEMBERS;
                    case MEMBER -> throw new IllegalArgumentException("a member cannot be appointed: see Joining");
                },
                listId);
    }
}
