package org.posthorn.queue;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Optional;
import org.posthorn.platform.Sql;
import org.posthorn.platform.actor.Acting;
import org.posthorn.platform.actor.Needs;
import org.posthorn.platform.actor.Right;
import org.posthorn.platform.audit.AuditLog;
import org.posthorn.platform.audit.AuditSubject;

/** The queues' entries one by one, as an operator sees them: each has a number as others have a file name. */
@ApplicationScoped
public class QueueFiles {

    private final Sql sql;
    private final QueueEntries entries;
    private final Shunt shunt;
    private final Trace trace;
    private final AuditLog audit;

    protected QueueFiles() {
        this(null, null, null, null, null);
    }

    @Inject
    public QueueFiles(Sql sql, QueueEntries entries, Shunt shunt, Trace trace, AuditLog audit) {
        this.sql = sql;
        this.entries = entries;
        this.shunt = shunt;
        this.trace = trace;
        this.audit = audit;
    }

    @Transactional
    @Needs(Right.SEE_SITE)
    public long count(QueueName queue) {
        return sql.first("select count(*) from queue_entry where queue = ?", row -> row.getLong(1), queue)
                .orElseThrow();
    }

    /** @return the numbers of those that come first, in their order */
    @Transactional
    @Needs(Right.SEE_SITE)
    public List<Long> first(QueueName queue, int most) {
        return sql.list(
                "select id from queue_entry where queue = ? order by turn, id fetch first " + most + " rows only",
                row -> row.getLong(1),
                queue);
    }

    @Transactional
    @Needs(Right.SEE_SITE)
    public Optional<QueueEntry> find(QueueName queue, long id) {
        return entries.find(id).filter(entry -> entry.queue() == queue);
    }

    /** What became of a wish to remove an entry. */
    public enum Removal {
        DONE,
        /** There is no such entry (any more). */
        GONE,
        /** Somebody is at it, or has been: what has gone out cannot be called back. */
        UNDER_WAY
    }

    /** Lets an entry go for good, with its message's way, unless work on it has begun. */
    @Transactional
    @Needs(Right.OPERATE_SITE)
    public Removal remove(QueueName queue, long id) {
        String by = Acting.current().name();
        Optional<QueueEntry> found = find(queue, id);
        if (found.isEmpty()) {
            return Removal.GONE;
        }
        if (queue == QueueName.SHUNT || queue == QueueName.BAD) {
            return shunt.discard(id, by) ? Removal.DONE : Removal.GONE;
        }
        QueueEntry entry = found.get();
        boolean removed = entry.chunkId() == null
                && sql.update(
                                "delete from queue_entry where id = ? and queue = ? and begun = 0 and progress = 0",
                                id,
                                queue)
                        == 1;
        if (!removed) {
            return Removal.UNDER_WAY;
        }
        if (entry.postingId() != null) {
            trace.event(entry.postingId(), queue, "discarded", "removed from its queue by " + by);
            trace.outcome(entry.postingId(), Posting.Outcome.DISCARDED);
        }
        audit.record(
                "discard",
                new AuditSubject("entry", queue.label() + "/" + id, entry.listId(), null),
                "posting=" + entry.postingId());
        return Removal.DONE;
    }
}
