package org.posthorn.console.site;

import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import java.util.Arrays;
import org.posthorn.platform.TimerTurn;
import org.posthorn.platform.metrics.Metric;

/** What this node delivered in each minute of the last hour: its counters, looked at once a minute. */
@Singleton
@Startup
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
public class Pulse {

    static final int MINUTES = 60;

    private final Object lock = new Object();
    private final long[] delivered = new long[MINUTES];
    private final long[] failed = new long[MINUTES];
    private long lastDelivered;
    private long lastFailed;

    @Schedule(minute = "*", hour = "*", persistent = false)
    public void beat() {
        TimerTurn.run("pulse", this::count);
    }

    private void count() {
        synchronized (lock) {
            lastDelivered = push(delivered, Metric.DELIVERIES.sum("outcome", "delivered"), lastDelivered);
            lastFailed = push(failed, Metric.DELIVERIES.sum("outcome", "refused", "failed"), lastFailed);
        }
    }

    private static long push(long[] minutes, long now, long before) {
        System.arraycopy(minutes, 1, minutes, 0, MINUTES - 1);
        minutes[MINUTES - 1] = Math.max(0, now - before);
        return now;
    }

    /** @return recipients taken by a smarthost, minute by minute, the present one last */
    public long[] delivered() {
        synchronized (lock) {
            long[] all = Arrays.copyOfRange(delivered, 1, MINUTES + 1);
            all[MINUTES - 1] = Math.max(0, Metric.DELIVERIES.sum("outcome", "delivered") - lastDelivered);
            return all;
        }
    }

    /** @return recipients given up, minute by minute, the present one last */
    public long[] failed() {
        synchronized (lock) {
            long[] all = Arrays.copyOfRange(failed, 1, MINUTES + 1);
            all[MINUTES - 1] = Math.max(0, Metric.DELIVERIES.sum("outcome", "refused", "failed") - lastFailed);
            return all;
        }
    }
}
