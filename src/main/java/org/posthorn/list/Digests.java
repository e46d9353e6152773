package org.posthorn.list;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import org.posthorn.platform.actor.Needs;
import org.posthorn.platform.actor.OfList;
import org.posthorn.platform.actor.Right;
import org.posthorn.platform.audit.AuditLog;
import org.posthorn.platform.audit.AuditSubject;

/** What an owner does about the numbers of a list's digests. */
@ApplicationScoped
public class Digests {

    private ListRepository lists;
    private AuditLog audit;
    private DigestNumbers numbers;

    protected Digests() {}

    @Inject
    public Digests(ListRepository lists, AuditLog audit, DigestNumbers numbers) {
        this.lists = lists;
        this.audit = audit;
        this.numbers = numbers;
    }

    /**
     * Goes on to the next number: of a new volume where this one was begun, and the last digest sent, in an earlier
     * period, else of this one.
     *
     * @throws UnknownException when the list is not there
     */
    @Transactional
    @Needs(Right.CHANGE_LIST)
    public void bump(@OfList long listId) {
        MailingList list = lists.byId(listId).orElseThrow(() -> new UnknownException("list", listId));
        boolean begins = numbers.bump(list);
        audit.record(
                "bump-digest",
                new AuditSubject("list", list.getListId(), listId, list.getListId()),
                begins ? "a new volume" : null);
    }
}
