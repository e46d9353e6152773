package org.posthorn.delivery.smtp.trial;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.posthorn.delivery.smtp.HostConnection;
import org.posthorn.delivery.smtp.HostDownException;

/**
 * Runs a {@link Trial}: opens all its connections, then feeds them side by side. It ends early when the smarthost says by
 * several 4xx or 5xx, or by ending connections, that this is too much. No copy is sent a second time, whatever became of it.
 */
public final class TrialRun {

    /** For the answers to what is under way when the time is over. */
    private static final Duration GRACE = Duration.ofSeconds(20);

    /** Opens a connection to the smarthost. */
    public interface Opener {
        HostConnection open() throws HostDownException;
    }

    private final Trial trial;
    private final Opener opener;
    private final Clock clock;

    public TrialRun(Trial trial, Opener opener, Clock clock) {
        this.trial = trial;
        this.opener = opener;
        this.clock = clock;
    }

    /**
     * @return what came of it, within the trial's time and half a minute
     * @throws InterruptedException when this thread was; then nothing is sent any more
     */
    public Figures run() throws InterruptedException {
        Tally tally = new Tally();
        TestCopy.Common copy = TestCopy.common(trial, Long.toString(clock.millis(), 36), clock.instant());
        Feed.Shared shared = new Feed.Shared(
                trial,
                opener,
                tally,
                copy,
                new AtomicInteger(trial.messages()),
                new CountDownLatch(trial.connections()));
        ExecutorService threads = Executors.newFixedThreadPool(trial.connections(), TrialRun::thread);
        try {
            for (int i = 0; i < trial.connections(); i++) {
                threads.execute(new Feed(shared));
            }
            threads.shutdown();
            if (!threads.awaitTermination(trial.most().plus(GRACE).toMillis(), TimeUnit.MILLISECONDS)) {
                tally.ended(0, "no answer in time");
            }
            return tally.figures(trial);
        } finally {
            threads.shutdownNow(); // a wait that is interrupted ends its connection
        }
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "posthorn-tune");
        thread.setDaemon(true);
        return thread;
    }
}
