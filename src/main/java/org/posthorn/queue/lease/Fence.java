package org.posthorn.queue.lease;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import org.posthorn.platform.Dialect;
import org.posthorn.platform.Sql;

/**
 * The runner's last statement before it commits: locks the slice's fence row in the caller's transaction and compares. A
 * takeover updates that row, so it waits for a runner that is committing, and a runner that comes after it is refused.
 *
 * <p>A process that freezes with the lock in its hands would keep the slice from being taken over for as long as it is
 * frozen. So PostgreSQL ends the session of a transaction that idles after this statement.
 */
@ApplicationScoped
public class Fence {

    /** Long for a commit to follow; short for a slice to wait. */
    static final Duration IDLE = Duration.ofSeconds(10);

    private static final String PLAIN = """
            select generation, epoch from slice_fence where queue = ? and slice = ? for update""";

    private static final String WITH_TIME_LIMIT = """
            select generation, epoch, set_config('idle_in_transaction_session_timeout', '%d', true)
            from slice_fence where queue = ? and slice = ? for update""";

    private final Sql sql;
    private final String lock;

    protected Fence() {
        this(null, Dialect.H2);
    }

    @Inject
    public Fence(Sql sql, Dialect dialect) {
        this.sql = sql;
        this.lock = dialect == Dialect.POSTGRESQL ? WITH_TIME_LIMIT.formatted(IDLE.toMillis()) : PLAIN;
    }

    /**
     * To be called in the transaction that stores the work's outcome, as its last statement.
     *
     * @throws FencedException when the slice has changed hands or the queue is cut anew; the transaction must roll back
     */
    public void check(Lease lease) {
        FenceRow fence = sql.first(
                        lock,
                        row -> new FenceRow(row.getLong("generation"), row.getLong("epoch")),
                        lease.queue(),
                        lease.slice())
                .orElse(null);
        if (!LeaseRules.mayCommit(lease, fence)) {
            throw new FencedException(lease, fence);
        }
    }
}
