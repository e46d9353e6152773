package org.posthorn.delivery;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.posthorn.delivery.smtp.trial.Figures;
import org.posthorn.delivery.smtp.trial.Trial;
import org.posthorn.delivery.smtp.trial.TrialRun;
import org.posthorn.platform.actor.Needs;
import org.posthorn.platform.actor.Right;
import org.posthorn.platform.audit.AuditLog;
import org.posthorn.platform.audit.AuditSubject;

/**
 * Feeds a smarthost of the pool test copies, one trial at a time on this node, over connections of their own: the pool's
 * health, its number of connections and the smarthost's rate know nothing of them.
 */
@ApplicationScoped
public class SmarthostTrials {

    private final SmarthostPool pool;
    private final AuditLog audit;
    private final Clock clock;
    private final Semaphore running = new Semaphore(1);

    protected SmarthostTrials() {
        this(null, null, null);
    }

    @Inject
    public SmarthostTrials(SmarthostPool pool, AuditLog audit, Clock clock) {
        this.pool = pool;
        this.audit = audit;
        this.clock = clock;
    }

    /** Another trial is under way on this node. */
    public static final class BusyException extends Exception {
        private static final long serialVersionUID = 1;

        BusyException() {
            super("another trial is under way on this node");
        }
    }

    /**
     * @return what came of it, within the trial's time and half a minute; empty when there is no smarthost of that name
     * @throws BusyException at once, and nothing is sent
     * @throws InterruptedException when this thread was; then nothing is sent any more
     */
    @Needs(Right.OPERATE_SITE)
    public Optional<Figures> run(String name, Trial trial) throws BusyException, InterruptedException {
        Optional<Host> host = pool.find(name);
        if (host.isEmpty()) {
            return Optional.empty();
        }
        if (!running.tryAcquire()) {
            throw new BusyException();
        }
        try {
            audit.record(
                    "tune",
                    AuditSubject.of("smarthost", name),
                    "copies=" + trial.copies() + " connections=" + trial.connections() + " to=" + trial.to());
            return Optional.of(new TrialRun(trial, () -> pool.open(host.get()), clock).run());
        } finally {
            running.release();
        }
    }
}
