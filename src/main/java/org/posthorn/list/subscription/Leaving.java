package org.posthorn.list.subscription;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import org.posthorn.list.Address;
import org.posthorn.list.Member;
import org.posthorn.list.MemberRepository;
import org.posthorn.list.Role;
import org.posthorn.list.SubscriptionPendingException;
import org.posthorn.list.UnknownException;
import org.posthorn.platform.actor.Needs;
import org.posthorn.platform.actor.OfList;
import org.posthorn.platform.actor.Right;

/** Lets members go, at once or after whoever is to be asked has said yes. */
@ApplicationScoped
public class Leaving {

    private MemberRepository members;
    private PendingRequests requests;
    private Workflow workflow;
    private Clock clock;

    protected Leaving() {}

    @Inject
    public Leaving(MemberRepository members, PendingRequests requests, Workflow workflow, Clock clock) {
        this.members = members;
        this.requests = requests;
        this.workflow = workflow;
        this.clock = clock;
    }

    /**
     * Ends a member's subscription, as far as what is known already and the list's policy allow.
     *
     * @param confirmed the member is known to want this
     * @param approved no moderator needs to be asked
     * @throws UnknownException when there is no such member on that list
     * @throws SubscriptionPendingException when a request to leave waits already
     */
    @Transactional
    @Needs(Right.CHANGE_MEMBERS)
    public Outcome leave(@OfList long listId, long memberId, boolean confirmed, boolean approved) {
        Member member = members.byId(memberId)
                .filter(found -> found.list().getId() == listId && found.getRole() == Role.MEMBER)
                .orElseThrow(() -> new UnknownException("member", memberId));
        Address address = member.address();
        if (requests.of(listId, RequestType.UNSUBSCRIPTION, address.getEmail()).isPresent()) {
            throw new SubscriptionPendingException(address.getEmail());
        }
        return workflow.begin(
                member.list(),
                new PendingRequest(
                        requests.newId(),
                        "",
                        listId,
                        RequestType.UNSUBSCRIPTION,
                        TokenOwner.NO_ONE,
                        address.getEmail(),
                        address.getOriginalEmail(),
                        null,
                        member.getDisplayName(),
                        null,
                        null,
                        true,
                        confirmed,
                        approved,
                        false,
                        null,
                        false,
                        clock.instant(),
                        clock.instant()));
    }

    /**
     * Ends a member's subscription at once; nobody is asked.
     *
     * @throws UnknownException when there is no such member on that list
     */
    @Transactional
    @Needs(Right.CHANGE_MEMBERS)
    public Outcome remove(@OfList long listId, long memberId) {
        return leave(listId, memberId, true, true);
    }
}
