package org.posthorn.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The front MTAs: together they keep so much under way that a blow finds something in each stage. */
final class Load {

    private static final int CLIENTS = 4;

    private final Setup setup;
    private final Ledger ledger;
    private final List<FrontMta> clients = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean resting;

    Load(Setup setup, Ledger ledger, Site site) {
        this.setup = setup;
        this.ledger = ledger;
        for (int i = 0; i < CLIENTS; i++) {
            FrontMta client = new FrontMta(i, setup, ledger, site.nodes(), this::mayBegin);
            Thread thread = new Thread(client, "front MTA " + i);
            thread.setDaemon(true);
            clients.add(client);
            threads.add(thread);
        }
    }

    void begin() {
        threads.forEach(Thread::start);
    }

    /** Whether no new posts are to come for now. */
    void rest(boolean now) {
        resting = now;
    }

    private boolean mayBegin() {
        return !resting && ledger.underWay() < setup.mostUnderWay();
    }

    /** No new posts. @return whether those that the clients hold are taken within the time; else they are given up */
    boolean finish(Duration within) throws InterruptedException {
        clients.forEach(FrontMta::finish);
        long until = System.nanoTime() + within.toNanos();
        for (Thread thread : threads) {
            thread.join(Math.max(1, (until - System.nanoTime()) / 1_000_000));
        }
        boolean all = threads.stream().noneMatch(Thread::isAlive);
        clients.forEach(FrontMta::giveUp);
        for (Thread thread : threads) {
            thread.join();
        }
        return all;
    }
}
