package org.posthorn.chaos;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * Measures the longest time in which no member got a first copy although something was due, and a smarthost, a node and the database
 * were up. What waits by intent (a recipient's 4xx) is not due.
 */
final class StallWatch implements Runnable {

    private static final long PAUSE_NANOS = Duration.ofMillis(250).toNanos();

    /** Below it, the queues are not asked. */
    private static final Duration WORTH_ASKING = Duration.ofSeconds(2);

    private final Site site;
    private final Ledger ledger;
    private final Journal journal;
    private volatile boolean over;
    private volatile Stall longest = Stall.NONE;

    StallWatch(Site site, Ledger ledger, Journal journal) {
        this.site = site;
        this.ledger = ledger;
        this.journal = journal;
    }

    @Override
    public void run() {
        Duration since = journal.now();
        long delivered = ledger.deliveries();
        while (!over) {
            LockSupport.parkNanos(PAUSE_NANOS);
            Duration now = journal.now();
            Duration stalled = now.minus(since);
            boolean moved = ledger.deliveries() != delivered;
            if (moved || ledger.underWay() == 0 || !site.canDeliver() || isLong(stalled) && isNothingDue()) {
                since = now;
                delivered = ledger.deliveries();
            } else {
                longest = longest.longer(new Stall("", since, stalled));
            }
        }
    }

    private static boolean isLong(Duration stalled) {
        return stalled.compareTo(WORTH_ASKING) > 0;
    }

    /** Nobody answers: then it counts as due. */
    private boolean isNothingDue() {
        Optional<QueueView> queues = site.queues();
        return queues.isPresent() && queues.get().due() == 0;
    }

    void end() {
        over = true;
    }

    Stall longest() {
        return longest;
    }
}
