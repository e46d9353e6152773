package org.posthorn.queue.runner;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.posthorn.platform.grid.Grid;
import org.posthorn.platform.metrics.Metric;
import org.posthorn.queue.QueueName;
import org.posthorn.queue.QueueSignals;

/**
 * Carries the news of an entry to the node whose slice it lies in, after the commit, by the data grid. Who makes an entry
 * only sets a mark; one thread tells the others, and wakes runners here for what others told, each some 300 times a second
 * at most. Without a grid, or while it is cut off, the sweep of each node finds the entries within a second.
 *
 * <p>Nothing from the grid is believed: what is heard makes a runner look into its queue, no more, and only so often.
 */
@ApplicationScoped
public class WakeUps {

    private static final Logger LOG = System.getLogger(WakeUps.class.getName());
    private static final String TOPIC = "posthorn.queue.wake-ups";
    private static final long PAUSE_NANOS = Duration.ofMillis(3).toNanos();
    private static final long IDLE_NANOS = Duration.ofSeconds(1).toNanos();

    /** Of one second; a looking runner costs the database a statement. */
    private static final int MOST_HEARD = 2_000;

    private final Grid grid;
    private final QueueSignals signals;
    private final Marks toTell = new Marks();
    private final Marks heard = new Marks();
    private final AtomicBoolean called = new AtomicBoolean();
    private volatile Thread thread;
    private volatile boolean closed;
    private long secondBegan = System.nanoTime();
    private int heardWithin;

    protected WakeUps() {
        this(null, null);
    }

    @Inject
    public WakeUps(Grid grid, QueueSignals signals) {
        this.grid = grid;
        this.signals = signals;
    }

    /** Does nothing where no grid is set, and when called again. */
    public synchronized void start(ThreadFactory threads) {
        if (!grid.isOn() || thread != null) {
            return;
        }
        thread = threads.newThread(this::carry);
        thread.setName("wake-ups");
        thread.start();
        signals.relayBy(this::tell);
    }

    /** Ends within a second; what is not told then, a sweep finds. */
    public void stop() {
        closed = true;
        call();
    }

    private void tell(QueueName queue, long hash) {
        toTell.set(queue, hash);
        call();
    }

    private void hear(String text) {
        if (!heard.setFromText(text)) {
            Metric.GRID_WAKE_UPS.add(1, "refused");
        }
        call();
    }

    private void call() {
        if (called.compareAndSet(false, true)) {
            LockSupport.unpark(thread);
        }
    }

    private void carry() {
        Optional<Runnable> listening = Optional.empty();
        while (!closed) {
            try {
                if (listening.isEmpty()) {
                    listening = grid.listen(TOPIC, this::hear);
                }
                if (called.getAndSet(false)) {
                    pass();
                    pause();
                } else {
                    LockSupport.parkNanos(this, IDLE_NANOS);
                }
            } catch (RuntimeException | Error e) { // nothing may end this thread: nobody would begin it again
                LOG.log(Level.WARNING, "wake-ups between nodes fail, sweeps go on: {0}", e.toString());
                LockSupport.parkNanos(IDLE_NANOS);
            }
        }
        listening.ifPresent(Runnable::run);
    }

    /** What is called meanwhile is one message. */
    private static void pause() {
        long until = System.nanoTime() + PAUSE_NANOS;
        for (long left = PAUSE_NANOS; left > 0; left = until - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    private void pass() {
        String text = toTell.drainToText();
        if (!text.isEmpty()) {
            Metric.GRID_WAKE_UPS.add(1, grid.tell(TOPIC, text) ? "sent" : "dropped");
        }
        heard.drain((queue, hash) -> {
            if (mayHear()) {
                Metric.GRID_WAKE_UPS.add(1, signals.heard(queue, hash) ? "heard" : "ignored");
            }
        });
    }

    private boolean mayHear() {
        long now = System.nanoTime();
        if (now - secondBegan > IDLE_NANOS) {
            secondBegan = now;
            heardWithin = 0;
        }
        return heardWithin++ < MOST_HEARD;
    }
}
