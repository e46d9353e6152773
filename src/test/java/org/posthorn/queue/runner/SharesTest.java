package org.posthorn.queue.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.posthorn.queue.QueueName.ARCHIVE;
import static org.posthorn.queue.QueueName.IN;
import static org.posthorn.queue.QueueName.OUT;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.posthorn.queue.QueueName;
import org.posthorn.testing.Eventually;

class SharesTest {

    private static final Duration LONG = Duration.ofSeconds(60);

    private final List<Waiter> waiters = new ArrayList<>();

    /** Somebody who waits for a place, and keeps it. */
    private static final class Waiter extends Thread {
        private final Shares shares;
        private final QueueName queue;
        private volatile Boolean admitted;

        Waiter(Shares shares, QueueName queue) {
            this.shares = shares;
            this.queue = queue;
            setDaemon(true);
        }

        @Override
        public void run() {
            admitted = shares.enter(queue, LONG);
        }

        boolean isAdmitted() {
            return Boolean.TRUE.equals(admitted);
        }

        boolean becomesAdmitted() {
            return Eventually.holds(LONG, this::isAdmitted);
        }
    }

    /** @return somebody who stands in the line by now */
    private Waiter waiting(Shares shares, QueueName queue) {
        Waiter waiter = new Waiter(shares, queue);
        waiters.add(waiter);
        waiter.start();
        while (waiter.getState() != Thread.State.TIMED_WAITING) {
            assertThat(waiter.isAlive()).as("waits").isTrue();
            Thread.onSpinWait();
        }
        return waiter;
    }

    @AfterEach
    void end() throws InterruptedException {
        for (Waiter waiter : waiters) {
            waiter.interrupt();
            waiter.join(TimeUnit.SECONDS.toMillis(60));
        }
    }

    private static boolean enters(Shares shares, QueueName queue) {
        return shares.enter(queue, Duration.ZERO);
    }

    @Test
    void noMoreWorkThanThereArePlaces() {
        Shares shares = new Shares(2);
        assertThat(enters(shares, IN)).isTrue();
        assertThat(enters(shares, OUT)).isTrue();
        assertThat(enters(shares, ARCHIVE)).isFalse();
        shares.leave(IN);
        assertThat(enters(shares, ARCHIVE)).isTrue();
    }

    @Test
    void aFloodInOneQueueLeavesThePlacesBeyondItsShareToTheOthers() {
        Shares shares = new Shares(3);
        shares.set(OUT, new Shares.Share(2, 1));
        enters(shares, OUT);
        enters(shares, OUT);
        assertThat(enters(shares, OUT)).isFalse();
        assertThat(enters(shares, ARCHIVE)).isTrue();
    }

    @Test
    void aFreePlaceGoesToTheHighestPriorityThoughItCameLater() {
        Shares shares = new Shares(1);
        enters(shares, IN);
        Waiter archive = waiting(shares, ARCHIVE);
        Waiter out = waiting(shares, OUT);
        shares.leave(IN);
        assertThat(out.becomesAdmitted()).isTrue();
        assertThat(archive.isAdmitted()).isFalse();
    }

    @Test
    void aQueueWhoseShareIsUsedUpDoesNotHoldUpThoseBehindIt() {
        Shares shares = new Shares(2);
        shares.set(OUT, new Shares.Share(1, 1));
        enters(shares, OUT);
        enters(shares, IN);
        Waiter out = waiting(shares, OUT);
        Waiter archive = waiting(shares, ARCHIVE);
        shares.leave(IN);
        assertThat(archive.becomesAdmitted()).isTrue();
        assertThat(out.isAdmitted()).isFalse();
    }

    @Test
    void withinAQueueTheFirstComeIsServedFirst() {
        Shares shares = new Shares(1);
        enters(shares, IN);
        Waiter first = waiting(shares, OUT);
        Waiter second = waiting(shares, OUT);
        shares.leave(IN);
        assertThat(first.becomesAdmitted()).isTrue();
        assertThat(second.isAdmitted()).isFalse();
    }

    @Test
    void aLargerShareAdmitsThoseWhoWait() {
        Shares shares = new Shares(5);
        shares.set(OUT, new Shares.Share(1, 1));
        enters(shares, OUT);
        Waiter second = waiting(shares, OUT);
        shares.set(OUT, new Shares.Share(2, 1));
        assertThat(second.becomesAdmitted()).isTrue();
    }

    @Test
    void whoGaveUpWaitingTakesNoPlace() {
        Shares shares = new Shares(1);
        enters(shares, IN);
        assertThat(shares.enter(OUT, Duration.ofMillis(1))).isFalse();
        shares.leave(IN);
        assertThat(enters(shares, ARCHIVE)).isTrue();
    }

    @Test
    void whoIsInterruptedWhileWaitingTakesNoPlace() throws InterruptedException {
        Shares shares = new Shares(1);
        enters(shares, IN);
        Waiter out = waiting(shares, OUT);
        out.interrupt();
        out.join(TimeUnit.SECONDS.toMillis(60));
        assertThat(out.isAdmitted()).isFalse();
        shares.leave(IN);
        assertThat(enters(shares, ARCHIVE)).isTrue();
    }
}
