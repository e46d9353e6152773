package org.posthorn.delivery.smtp.trial;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.posthorn.delivery.smtp.Fate;
import org.posthorn.delivery.smtp.HostConnection;
import org.posthorn.delivery.smtp.HostDownException;
import org.posthorn.delivery.smtp.PipeliningConnection;
import org.posthorn.delivery.smtp.Transaction;
import org.posthorn.mail.ReversePath;

/** Feeds one connection once all are open, and the next when the smarthost ends it after some messages. */
final class Feed implements Runnable {

    /**
     * What the feeds of a trial have in common.
     *
     * @param left messages that nobody has begun
     * @param unopened connections that are not open yet, nor will be
     */
    record Shared(
            Trial trial,
            TrialRun.Opener opener,
            Tally tally,
            TestCopy.Common copy,
            AtomicInteger left,
            CountDownLatch unopened) {}

    private final Shared shared;
    private final List<String> addresses;
    private final Deque<Long> began = new ArrayDeque<>();
    private HostConnection connection;
    private int carried;

    Feed(Shared shared) {
        this.shared = shared;
        this.addresses = shared.trial().addresses();
    }

    @Override
    public void run() {
        try {
            connection = connect();
            shared.unopened().countDown();
            if (shared.unopened().await(shared.trial().most().toMillis(), TimeUnit.MILLISECONDS)) {
                feed(System.nanoTime() + shared.trial().most().toNanos());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            if (connection != null) {
                connection.close();
            }
        }
    }

    /** @return null when the smarthost would not have it: the tally knows */
    private HostConnection connect() {
        try {
            HostConnection opened = shared.opener().open();
            if (opened instanceof PipeliningConnection telling) {
                shared.tally().offer(telling.offer());
            }
            return opened;
        } catch (HostDownException e) {
            shared.tally().ended(0, e.getMessage());
            return null;
        }
    }

    private void feed(long deadline) {
        boolean more = true;
        while (connection != null && (more || !began.isEmpty())) {
            more = more && System.nanoTime() - deadline < 0 && !shared.tally().isTooMuch();
            if (more && began.size() < connection.window()) {
                more = begin();
            } else if (!began.isEmpty()) {
                next();
            }
        }
    }

    /** @return whether there was one left to begin */
    private boolean begin() {
        int number = shared.left().getAndDecrement();
        if (number <= 0) {
            return false;
        }
        long now = System.nanoTime();
        shared.tally().begins(now);
        try {
            connection.begin(new Transaction(
                    new ReversePath.Mailbox(shared.trial().from()), addresses, TestCopy.of(shared.copy(), number)));
            began.add(now);
        } catch (HostDownException e) {
            shared.tally().unknown(addresses.size());
            ended(e);
        }
        return true;
    }

    private void next() {
        try {
            take();
        } catch (HostDownException e) {
            ended(e);
        }
    }

    private void take() throws HostDownException {
        List<Fate> fates = connection.next();
        carried++;
        shared.tally().took(fates, System.nanoTime() - began.remove());
    }

    /** What was answered before the end counts. */
    private void ended(HostDownException why) {
        try {
            while (!began.isEmpty()) {
                take();
            }
        } catch (HostDownException e) {
            shared.tally().unknown(began.size() * addresses.size());
            began.clear();
        }
        shared.tally().ended(carried, why.getMessage());
        connection.close();
        connection = carried == 0 || shared.tally().isTooMuch() ? null : connect();
        carried = 0;
    }
}
