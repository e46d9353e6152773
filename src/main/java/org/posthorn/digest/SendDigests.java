package org.posthorn.digest;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Instant;
import java.util.Optional;
import org.posthorn.list.DigestNumbers;
import org.posthorn.list.ListCounters;
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
    private final OpenDigest open;
    private final DigestNumbers numbers;
    private final ListCounters counters;
    private final AuditLog audit;

    protected SendDigests() {
        this(null, null, null, null, null);
    }

    @Inject
    public SendDigests(
            ListRepository lists, OpenDigest open, DigestNumbers numbers, ListCounters counters, AuditLog audit) {
        this.lists = lists;
        this.open = open;
        this.numbers = numbers;
        this.counters = counters;
        this.audit = audit;
    }

    /**
     * @return how many digests go out; 0: nothing waits, or nobody would read it
     * @throws UnknownException when the list is not there
     */
    @Transactional
    @Needs(Right.CHANGE_LIST)
    public int now(@OfList long listId) {
        MailingList list = lists.byId(listId).orElseThrow(() -> new UnknownException("list", listId));
        int sent = open.all(list);
        audit.record(
                "send-digest",
                new AuditSubject("list", list.getListId(), listId, list.getListId()),
                sent == 0 ? "nothing to send" : null);
        return sent;
    }

    /**
     * The same for a list that sends by time, unless a digest has gone out since then: somebody else was faster.
     *
     * @return as {@link #now}
     */
    @Transactional(TxType.REQUIRES_NEW) // a list's digest does not depend on the others'
    public int due(long listId, Instant since) {
        Optional<MailingList> list =
                lists.byId(listId).filter(one -> one.digests().isDigestSendPeriodic());
        if (list.isEmpty()) {
            return 0;
        }
        numbers.lock(listId);
        Instant last = counters.of(listId).digestLastSentAt();
        return last == null || last.isBefore(since) ? open.all(list.get()) : 0;
    }
}
