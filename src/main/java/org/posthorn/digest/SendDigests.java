package org.posthorn.digest;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import org.posthorn.digest.OpenDigest.Opened;
import org.posthorn.list.ListRepository;
import org.posthorn.list.MailingList;
import org.posthorn.list.UnknownException;
import org.posthorn.platform.actor.Needs;
import org.posthorn.platform.actor.OfList;
import org.posthorn.platform.actor.Right;
import org.posthorn.platform.audit.AuditLog;
import org.posthorn.platform.audit.AuditSubject;

/** Sends what waits for a list's next digest, whatever its size. */
@ApplicationScoped
public class SendDigests {

    private final ListRepository lists;
    private final NextDigest next;
    private final AuditLog audit;
    private final Clock clock;

    protected SendDigests() {
        this(null, null, null, null);
    }

    @Inject
    public SendDigests(ListRepository lists, NextDigest next, AuditLog audit, Clock clock) {
        this.lists = lists;
        this.next = next;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Each digest stays made, even if a later one of them fails.
     *
     * @return how many digests go out; 0: nothing waits, or nobody would read it
     * @throws UnknownException when the list is not there
     */
    @Transactional
    @Needs(Right.CHANGE_LIST)
    public int now(@OfList long listId) {
        MailingList list = lists.byId(listId).orElseThrow(() -> new UnknownException("list", listId));
        // What comes from now on waits for the next one; a post of this very moment does not.
        int sent = since(listId, clock.instant().plusMillis(1));
        audit.record(
                "send-digest",
                new AuditSubject("list", list.getListId(), listId, list.getListId()),
                sent == 0 ? "nothing to send" : null);
        return sent;
    }

    /**
     * The same of what has waited since before then.
     *
     * @return as {@link #now}
     */
    int since(long listId, Instant before) {
        int made = 0;
        for (Opened one = next.open(listId, before); one.posts() > 0; one = next.open(listId, before)) {
            made += one.made() ? 1 : 0;
        }
        return made;
    }
}
