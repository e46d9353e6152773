package org.posthorn.queue;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.posthorn.platform.actor.Needs;
import org.posthorn.platform.actor.Right;
import org.posthorn.platform.audit.AuditLog;
import org.posthorn.platform.audit.AuditSubject;
import org.posthorn.platform.log.Fate;

/**
 * What an administrator does with entries that nobody works on any more: those in {@code shunt}, which kept failing, and
 * in {@code bad}, of which nothing could be made. What was delivered before stays recorded, so an entry that is put back
 * goes on from there.
 */
@ApplicationScoped
public class Shunt {

    private final QueueEntries entries;
    private final QueueSignals signals;
    private final Trace trace;
    private final Clock clock;
    private final AuditLog audit;

    protected Shunt() {
        this(null, null, null, null, null);
    }

    @Inject
    public Shunt(QueueEntries entries, QueueSignals signals, Trace trace, Clock clock, AuditLog audit) {
        this.entries = entries;
        this.signals = signals;
        this.trace = trace;
        this.clock = clock;
        this.audit = audit;
    }

    /**
     * @param queue {@link QueueName#SHUNT} or {@link QueueName#BAD}
     * @param first how many to leave out
     * @param most how many at the most
     */
    @Needs(Right.SEE_SITE)
    @Transactional
    public List<QueueEntry> page(QueueName queue, long first, int most) {
        return entries.page(queue, first, most);
    }

    /** @return the entry if it is in {@code shunt} or {@code bad} */
    @Needs(Right.SEE_SITE)
    @Transactional
    public Optional<QueueEntry> find(long id) {
        return entries.find(id).filter(Shunt::isParked);
    }

    /**
     * Puts the entry back into the queue that it came from, to be tried afresh.
     *
     * @param by who wishes it
     * @return false when there is no such entry (any more)
     */
    @Needs(Right.OPERATE_SITE)
    @Transactional
    public boolean putBack(long id, String by) {
        Optional<QueueEntry> entry = find(id).filter(found -> entries.unshunt(found, clock.instant()));
        entry.ifPresent(found -> {
            trace.event(found.postingId(), found.origin(), "unshunted", "put back by " + by);
            audit.record("put-back", subject(found), details(found));
            signals.arrived(found.origin(), found.hash()); // early at worst: the safety net comes after the commit
        });
        return entry.isPresent();
    }

    /**
     * Lets the entry go for good.
     *
     * @param by who wishes it
     * @return false when there is no such entry (any more)
     */
    @Needs(Right.OPERATE_SITE)
    @Transactional
    public boolean discard(long id, String by) {
        Optional<QueueEntry> entry = find(id).filter(entries::discard);
        entry.ifPresent(found -> {
            if (found.chunkId() != null) {
                entries.failUnsettled(found.chunkId(), "discarded by " + by, clock.instant());
            }
            trace.event(
                    found.postingId(),
                    found.queue(),
                    "discarded",
                    "by " + by + "; it had failed with: " + found.lastError());
            audit.record("discard", subject(found), details(found));
            entries.line(Fate.DISCARDED, found)
                    .with("queue", found.queue().label())
                    .with("by", by)
                    .with("reason", found.lastError())
                    .say();
            if (found.postingId() != null && found.chunkId() == null) {
                trace.outcome(found.postingId(), Posting.Outcome.DISCARDED);
            }
        });
        return entry.isPresent();
    }

    /**
     * Lets entries go that have been here for longer than is wished; a piece of the clean-up.
     *
     * @param before the last event of their message, or their own coming where there is none, must be before it
     * @param most how many at the most
     * @return how many were discarded
     */
    @Transactional(Transactional.TxType.REQUIRES_NEW) // a piece is done whatever becomes of the next
    public int discardOld(QueueName queue, Instant before, int most) {
        int discarded = 0;
        for (long id : entries.parkedBefore(queue, before, most)) {
            if (discard(id, "retention: nobody put it back")) {
                discarded++;
            }
        }
        return discarded;
    }

    private static AuditSubject subject(QueueEntry entry) {
        return new AuditSubject("entry", entry.queue().label() + "/" + entry.id(), entry.listId(), null);
    }

    private static String details(QueueEntry entry) {
        String origin =
                entry.origin() == null ? "" : " origin=" + entry.origin().label();
        return "posting=" + entry.postingId() + origin + " error=" + entry.lastError();
    }

    private static boolean isParked(QueueEntry entry) {
        return entry.queue() == QueueName.SHUNT || entry.queue() == QueueName.BAD;
    }
}
