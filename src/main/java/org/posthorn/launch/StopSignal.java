package org.posthorn.launch;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.posthorn.platform.settings.Stopping;
import sun.misc.Signal;

/**
 * What SIGTERM does where {@code POSTHORN_STOP_DELAY} is set: the node is no longer ready and goes on for so long, in
 * which whoever balances takes it out; then it stops as it does without. A second SIGTERM ends the wait.
 */
final class StopSignal {

    /** What a shell says of a process that SIGTERM ended. */
    private static final int STATUS = 128 + 15;

    private final int seconds;
    private final CountDownLatch signals = new CountDownLatch(2);

    private StopSignal(int seconds) {
        this.seconds = seconds;
    }

    /** @param seconds how long; 0: SIGTERM stays as the JVM has it */
    static void delay(int seconds) {
        if (seconds > 0) {
            StopSignal stop = new StopSignal(seconds);
            // The JVM calls this in a thread of its own for each signal.
            Signal.handle(new Signal("TERM"), signal -> stop.told());
        }
    }

    private void told() {
        boolean first = signals.getCount() == 2;
        signals.countDown();
        if (!first) {
            return;
        }
        Stopping.begin();
        System.err.println("posthorn: told to stop: not ready from now on, stopping in " + seconds + " s");
        try {
            signals.await(seconds, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        System.exit(STATUS);
    }
}
