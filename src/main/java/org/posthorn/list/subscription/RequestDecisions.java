package org.posthorn.list.subscription;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.Locale;
import org.posthorn.list.BannedException;
import org.posthorn.list.DuplicateException;
import org.posthorn.list.ListRepository;
import org.posthorn.list.MailingList;
import org.posthorn.list.UnknownException;
import org.posthorn.list.Users;
import org.posthorn.platform.actor.Needs;
import org.posthorn.platform.actor.OfList;
import org.posthorn.platform.actor.Right;
import org.posthorn.platform.audit.AuditLog;
import org.posthorn.platform.audit.AuditSubject;

/**
 * What moderators say to requests to join and leave. Each decision changes or removes the row and requires that it did: of
 * two who press together one decides.
 */
@ApplicationScoped
public class RequestDecisions {

    private static final int LONGEST_REASON = 10_000;

    private ListRepository lists;
    private PendingRequests requests;
    private Users users;
    private Workflow workflow;
    private AuditLog audit;

    protected RequestDecisions() {}

    @Inject
    public RequestDecisions(
            ListRepository lists, PendingRequests requests, Users users, Workflow workflow, AuditLog audit) {
        this.lists = lists;
        this.requests = requests;
        this.users = users;
        this.workflow = workflow;
        this.audit = audit;
    }

    /**
     * Says yes: in the moderators' name, or in the subscriber's where the request still waits for them. That proves
     * nothing about the address.
     *
     * @return done, or that it now waits for a moderator
     * @throws UnknownException when there is no such request
     * @throws DuplicateException when the address has become a member meanwhile
     * @throws BannedException when the address may not join any more
     */
    @Transactional
    @Needs(Right.MODERATE)
    public Outcome accept(@OfList long listId, String token) {
        MailingList list = list(listId);
        PendingRequest request = request(listId, token);
        audit.record("accept", subject(list, request), details(request));
        return workflow.goOn(
                list, request, request.owner() == TokenOwner.MODERATOR ? request.approve() : request.agreed());
    }

    /** Says no, and has the subscriber told. @param reason may be empty */
    @Transactional
    @Needs(Right.MODERATE)
    public void reject(@OfList long listId, String token, String reason) {
        PendingRequest request = drop(listId, token, "reject");
        String said = reason.length() > LONGEST_REASON ? reason.substring(0, LONGEST_REASON) : reason;
        workflow.tell(new SubscriptionEvent.RequestRejected(listId, request.type(), request.originalEmail(), said));
    }

    /** Says no to nobody. */
    @Transactional
    @Needs(Right.MODERATE)
    public void discard(@OfList long listId, String token) {
        drop(listId, token, "discard");
    }

    /** Says nothing yet. @throws UnknownException when there is no such request */
    @Transactional
    @Needs(Right.MODERATE)
    public void defer(@OfList long listId, String token) {
        request(listId, token);
    }

    private PendingRequest drop(long listId, String token, String verb) {
        PendingRequest request = request(listId, token);
        audit.record(verb, subject(list(listId), request), details(request));
        workflow.remove(request);
        if (request.madeAddress()) {
            users.forgetStranger(request.email());
        }
        return request;
    }

    private MailingList list(long listId) {
        return lists.byId(listId).orElseThrow(() -> new UnknownException("list", listId));
    }

    private PendingRequest request(long listId, String token) {
        return requests.find(listId, token).orElseThrow(() -> new UnknownException("request", token));
    }

    private static AuditSubject subject(MailingList list, PendingRequest request) {
        return new AuditSubject("request", request.email(), list.getId(), list.getListId());
    }

    private static String details(PendingRequest request) {
        return "type=" + request.type().name().toLowerCase(Locale.ROOT) + " waited_for="
                + request.owner().name().toLowerCase(Locale.ROOT);
    }
}
