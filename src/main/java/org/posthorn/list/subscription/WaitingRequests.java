package org.posthorn.list.subscription;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import org.posthorn.list.Page;
import org.posthorn.list.Paging;
import org.posthorn.platform.actor.Needs;
import org.posthorn.platform.actor.OfList;
import org.posthorn.platform.actor.Right;

/** The requests of one list that wait for its moderators, as these see them. */
@ApplicationScoped
public class WaitingRequests {

    private final PendingRequests requests;

    protected WaitingRequests() {
        this(null);
    }

    @Inject
    public WaitingRequests(PendingRequests requests) {
        this.requests = requests;
    }

    /** @return the longest waiting first */
    @Transactional
    @Needs(Right.MODERATE)
    public Page<PendingRequest> page(@OfList long listId, Paging paging) {
        return requests.of(listId, null, TokenOwner.MODERATOR, paging);
    }

    @Transactional
    @Needs(Right.MODERATE)
    public long count(@OfList long listId) {
        return requests.count(listId, null, TokenOwner.MODERATOR);
    }
}
