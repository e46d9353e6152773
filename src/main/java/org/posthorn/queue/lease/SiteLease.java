package org.posthorn.queue.lease;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Duration;
import java.util.Optional;
import org.posthorn.platform.Dialect;
import org.posthorn.platform.Sql;

/**
 * Periodic work that is done once per site, though its timer fires on every node: clean-up, warnings, digests. A turn is
 * held like a slice, by an incarnation, for as long as that lives, and under an epoch.
 *
 * <pre>{@code
 * siteLease.begin(me, "clean-up", Duration.ofHours(1)).ifPresent(turn -> {
 *     try {
 *         cleanUp(turn); // each of its transactions ends with siteLease.check(turn)
 *     } finally {
 *         siteLease.end(turn);
 *     }
 * });
 * }</pre>
 *
 * <p>A node that dies in its turn is followed by another as soon as its lease time is over.
 */
@ApplicationScoped
public class SiteLease {

    private final Sql sql;
    private final Dialect dialect;

    protected SiteLease() {
        this(null, null);
    }

    @Inject
    public SiteLease(Sql sql, Dialect dialect) {
        this.sql = sql;
        this.dialect = dialect;
    }

    /** The right to do the work now. @param period from now until it is due again */
    public record Turn(String task, long epoch, Incarnation holder, Duration period) {}

    /**
     * @param me this node's present life, see {@link LeaseKeeper#incarnation}
     * @param task 1 to 64 characters
     * @return empty when the work is not due, or somebody who lives is at it
     * @throws org.posthorn.platform.DatabaseException also when two nodes begin a task for the first time ever at once: the
     *     second of them; its next timer goes well
     */
    @Transactional(TxType.REQUIRES_NEW) // the turn must be there for others to see before the work begins
    public Optional<Turn> begin(Incarnation me, String task, Duration period) {
        if (sql.first("select name from site_task where name = ?", row -> row.getString(1), task)
                        .isEmpty()
                && !make(task)) {
            return Optional.empty();
        }
        int taken = sql.update("""
                update site_task set node = ?, incarnation = ?, epoch = epoch + 1
                where name = ? and due_at <= {now} and (node is null or not exists (
                    select 1 from node n where n.name = site_task.node and n.incarnation = site_task.incarnation and n.expires_at > {now}))""".replace("{now}", dialect.realNow()), me.node(), me.id(), task);
        if (taken == 0) {
            return Optional.empty();
        }
        return sql.first(
                "select epoch from site_task where name = ? and node = ? and incarnation = ?",
                row -> new Turn(task, row.getLong("epoch"), me, period),
                task,
                me.node(),
                me.id());
    }

    /** @return false: another node made it first, and has its turn */
    private boolean make(String task) {
        return sql.update(
                        "insert into site_task (name, due_at, epoch) select cast(? as varchar(64)), "
                                + dialect.realNow() + ", 0 where not exists (select 1 from site_task where name = ?)",
                        task,
                        task)
                == 1;
    }

    /**
     * The last statement of each of the work's transactions: locks the turn and compares.
     *
     * @throws IllegalStateException when the turn is another's by now; the transaction must roll back
     */
    @Transactional(TxType.MANDATORY)
    public void check(Turn turn) {
        long epoch = sql.first(
                        "select epoch from site_task where name = ? for update",
                        row -> row.getLong("epoch"),
                        turn.task())
                .orElse(-1L);
        if (epoch != turn.epoch()) {
            throw new IllegalStateException(turn + " is over: the epoch is " + epoch);
        }
    }

    /** The work is done, or as much of it as could be: it is due again after its period. Too late, it changes nothing. */
    @Transactional(TxType.REQUIRES_NEW) // whatever became of the work
    public void end(Turn turn) {
        sql.update(
                "update site_task set node = null, incarnation = null, due_at = ? where name = ? and epoch = ?",
                LeaseRows.now(sql, dialect).plus(turn.period()),
                turn.task(),
                turn.epoch());
    }
}
