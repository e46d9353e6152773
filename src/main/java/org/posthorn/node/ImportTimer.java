package org.posthorn.node;

import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.EJB;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.posthorn.list.imports.ImportWork;
import org.posthorn.platform.TimerTurn;
import org.posthorn.queue.lease.Incarnation;

/**
 * Every two seconds: takes up imports of members that wait, one after the other until none does. On each node, one at a
 * time: an import is bound by the database, and a second one would only make both slower.
 */
@Singleton
@TransactionManagement(TransactionManagementType.BEAN)
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
public class ImportTimer {

    private static final Duration STOP = Duration.ofSeconds(10);

    /** Held by who works. */
    private final Semaphore turn = new Semaphore(1);

    private volatile boolean stopping;

    @EJB
    private NodeLife life;

    @Inject
    private ImportWork work;

    @Schedule(second = "*/2", minute = "*", hour = "*", persistent = false)
    void timer() {
        if (stopping || !turn.tryAcquire()) {
            return;
        }
        try {
            TimerTurn.run("imports", this::workOff);
        } finally {
            turn.release();
        }
    }

    private void workOff() {
        boolean more = true;
        while (more && !stopping) {
            Optional<Incarnation> me = life.incarnation();
            more = me.isPresent() && work.next(me.get().node(), me.get().id(), () -> stopping);
        }
    }

    /** Lets the import under way store the rows that it has read; another node, or the next start, goes on behind them. */
    public void stop() {
        stopping = true;
        try {
            if (turn.tryAcquire(STOP.toMillis(), TimeUnit.MILLISECONDS)) {
                turn.release();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
