package org.posthorn.node;

import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.EJB;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntUnaryOperator;
import org.posthorn.platform.TimerTurn;
import org.posthorn.queue.lease.SiteLease;

/**
 * Every ten minutes, once per site: lets go of held and parked messages that nobody has decided about in their time, then
 * removes messages that nothing points to, traces, arrivals, audit entries and requests to join or leave whose time is
 * over, and old rows of the batch repository. Everything it does may be done twice, so its turn is not fenced, only shared out.
 */
@Singleton
@TransactionManagement(TransactionManagementType.BEAN)
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
public class CleanUp {

    private static final Logger LOG = System.getLogger(CleanUp.class.getName());
    private static final Duration PERIOD = Duration.ofMinutes(9);
    private static final int AT_A_TIME = 500;
    private static final int MOST_ROUNDS = 200;

    private final AtomicBoolean busy = new AtomicBoolean();

    @EJB
    private NodeLife life;

    @Inject
    private SiteLease siteLease;

    @Inject
    private CleanUpSteps steps;

    @Schedule(minute = "*/10", hour = "*", persistent = false)
    void timer() {
        if (!busy.compareAndSet(false, true)) {
            return;
        }
        try {
            TimerTurn.run(
                    "clean-up",
                    () -> life.incarnation()
                            .flatMap(me -> siteLease.begin(me, "clean-up", PERIOD))
                            .ifPresent(this::cleanUp));
        } finally {
            busy.set(false);
        }
    }

    private void cleanUp(SiteLease.Turn turn) {
        try {
            Map<String, Integer> done = new HashMap<>();
            steps.all().forEach(one -> done.put(one.name(), step(one.name(), one.round())));
            LOG.log(
                    Level.INFO,
                    "Cleaned messages={0} postings={1} executions={2} arrivals={3} parked={4} held={5} audit={6}",
                    done.get("messages"),
                    done.get("postings"),
                    done.get("executions"),
                    done.get("arrivals"),
                    done.get("shunt") + done.get("bad"),
                    done.get("held"),
                    done.get("audit"));
        } finally {
            siteLease.end(turn);
        }
    }

    /** One that fails is left to the next time, and does not keep the others from their turn. */
    static int step(String name, IntUnaryOperator round) {
        try {
            return repeat(round);
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "a step of the clean-up is left to the next time: " + name, e);
            return 0;
        }
    }

    /** So many rounds at the most, each a transaction; the rest is the next time's. */
    private static int repeat(IntUnaryOperator round) {
        int all = 0;
        for (int i = 0; i < MOST_ROUNDS; i++) {
            int removed = round.applyAsInt(AT_A_TIME);
            all += removed;
            if (removed < AT_A_TIME) {
                break;
            }
        }
        return all;
    }
}
