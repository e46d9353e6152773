package org.posthorn.list.subscription;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.Optional;
import org.posthorn.list.AddressRepository;
import org.posthorn.list.BannedException;
import org.posthorn.list.DuplicateException;
import org.posthorn.list.ListRepository;
import org.posthorn.list.MailingList;
import org.posthorn.list.UnknownException;

/**
 * The subscriber's own word. Whoever knows what was mailed is taken for the address's owner and needs no other right; it
 * works once.
 */
@ApplicationScoped
public class Confirmation {

    private ListRepository lists;
    private AddressRepository addresses;
    private PendingRequests requests;
    private Workflow workflow;
    private Clock clock;

    protected Confirmation() {}

    @Inject
    public Confirmation(
            ListRepository lists,
            AddressRepository addresses,
            PendingRequests requests,
            Workflow workflow,
            Clock clock) {
        this.lists = lists;
        this.addresses = addresses;
        this.requests = requests;
        this.workflow = workflow;
        this.clock = clock;
    }

    /**
     * What a confirmation would do.
     *
     * @param email the address in question, as its owner wrote it
     */
    public record Matter(RequestType type, boolean invitation, String listName, String fqdnListname, String email) {}

    /** @param secret as it was mailed; @return empty: it is none, or was used, or has expired. Changes nothing */
    @Transactional
    public Optional<Matter> look(String secret) {
        return Secret.parse(secret).flatMap(requests::bySecret).map(request -> {
            MailingList list = list(request);
            return new Matter(
                    request.type(),
                    request.invitation(),
                    list.presentation().getDisplayName(),
                    list.getFqdnListname(),
                    request.originalEmail());
        });
    }

    /**
     * @param secret as it was mailed
     * @return done, or that it now waits for a moderator
     * @throws UnknownException when it is none, or was used, or has expired
     * @throws DuplicateException when the address has become a member meanwhile
     * @throws BannedException when the address may not join any more
     */
    @Transactional
    public Outcome confirm(String secret) {
        PendingRequest request = Secret.parse(secret)
                .flatMap(requests::bySecret)
                .orElseThrow(() -> new UnknownException("request", "of this token"));
        addresses.byEmail(request.email()).ifPresent(address -> address.verify(clock.instant()));
        return workflow.goOn(list(request), request, request.agreed());
    }

    private MailingList list(PendingRequest request) {
        return lists.byId(request.listId()).orElseThrow(() -> new UnknownException("list", request.listId()));
    }
}
