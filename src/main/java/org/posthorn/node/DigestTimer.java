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
import java.util.concurrent.atomic.AtomicBoolean;
import org.posthorn.digest.DueDigests;
import org.posthorn.platform.TimerTurn;
import org.posthorn.queue.lease.SiteLease;

/**
 * Every five minutes, once per site: makes the digests that are due by time. A list's is made once however often, and on
 * however many nodes, this runs, so its turn is only shared out; a site that was down at the time makes up for it.
 */
@Singleton
@TransactionManagement(TransactionManagementType.BEAN)
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
public class DigestTimer {

    private static final Duration PERIOD = Duration.ofMinutes(4);

    private final AtomicBoolean busy = new AtomicBoolean();

    @EJB
    private NodeLife life;

    @Inject
    private SiteLease siteLease;

    @Inject
    private DueDigests due;

    @Schedule(minute = "*/5", hour = "*", persistent = false)
    void timer() {
        if (!busy.compareAndSet(false, true)) {
            return;
        }
        try {
            TimerTurn.run(
                    "digests",
                    () -> life.incarnation()
                            .flatMap(me -> siteLease.begin(me, "digests", PERIOD))
                            .ifPresent(this::send));
        } finally {
            busy.set(false);
        }
    }

    private void send(SiteLease.Turn turn) {
        try {
            due.send();
        } finally {
            siteLease.end(turn);
        }
    }
}
