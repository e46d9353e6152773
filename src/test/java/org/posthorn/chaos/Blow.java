package org.posthorn.chaos;

import java.time.Duration;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.posthorn.testing.Eventually;
import org.posthorn.testing.OwnPostgreSql;
import org.posthorn.testing.PackagedNode;

/** Carries one event out, and heals it: afterwards the part is as it was before. */
final class Blow {

    private static final Duration READY = Duration.ofMinutes(4);
    private static final int MOST_STARTS = 5;

    private final Site site;
    private final Load load;
    private final Journal journal;
    private final Event event;

    Blow(Site site, Load load, Journal journal, Event event) {
        this.site = site;
        this.load = load;
        this.journal = journal;
        this.event = event;
    }

    void strike() throws InterruptedException {
        switch (event.kind()) {
            case NODE_KILLED -> restart(false);
            case NODE_STOPPED -> restart(true);
            case NODE_PAUSED, NODE_PAUSED_LONG -> pause();
            case DATABASE_CRASHED -> database(OwnPostgreSql.Stop.IMMEDIATE);
            case DATABASE_RESTARTED -> database(OwnPostgreSql.Stop.FAST);
            case SMARTHOST_KILLED -> smarthost(null);
            case SMARTHOST_REFUSING -> smarthost(isEven() ? Smarthost.Mood.REFUSING_SOME : Smarthost.Mood.REFUSING_ALL);
            case SMARTHOST_SLOW -> smarthost(Smarthost.Mood.SLOW);
            case QUIET -> {
                load.rest(true);
                await();
                load.rest(false);
            }
        }
    }

    /** By the schedule, so that the seed decides. */
    private boolean isEven() {
        return new Random(event.length().toMillis()).nextBoolean();
    }

    private void restart(boolean gracefully) throws InterruptedException {
        PackagedNode node = site.node(event.target());
        site.isUp(node, false);
        if (gracefully) {
            terminate(node);
        } else {
            node.kill();
        }
        await();
        long begun = System.nanoTime();
        for (int starts = 1; starts <= MOST_STARTS; starts++) {
            node.launch();
            if (isReady(node)) {
                site.isUp(node, true);
                journal.say(event.place() + " is back, "
                        + Duration.ofNanos(System.nanoTime() - begun).toSeconds() + " s after its start"
                        + (starts > 1 ? ", at the start number " + starts : ""));
                return;
            }
            if (node.isAlive()) {
                break;
            }
            LockSupport.parkNanos(Duration.ofSeconds(1).toNanos()); // as a supervisor starts again what has ended
        }
        journal.fault(
                event.place() + " does not come back after " + event.kind().label());
        node.kill();
    }

    private void terminate(PackagedNode node) throws InterruptedException {
        try {
            node.terminate();
        } catch (AssertionError e) {
            journal.fault(event.place() + " does not end by itself after SIGTERM");
            node.kill();
        }
    }

    private void pause() {
        PackagedNode node = site.node(event.target());
        site.isUp(node, false);
        node.pause();
        await();
        node.resume();
        if (isReady(node)) {
            site.isUp(node, true);
            journal.say(event.place() + " goes on");
        } else {
            journal.fault(event.place() + (node.isAlive() ? " is not ready" : " has ended") + " after a pause");
        }
    }

    private static boolean isReady(PackagedNode node) {
        boolean answered = Eventually.holds(
                READY, () -> !node.isAlive() || node.get("/health/ready").status() == 200);
        return answered && node.isAlive();
    }

    private void database(OwnPostgreSql.Stop how) {
        site.isDatabaseUp(false);
        site.database().stop(how);
        await();
        site.database().start();
        site.isDatabaseUp(true);
        journal.say("database is back");
    }

    private void smarthost(Smarthost.Mood mood) {
        Smarthost smarthost = site.smarthost(event.target());
        smarthost.kill();
        if (mood != null) {
            journal.say(event.place() + " is " + mood);
            smarthost.start(mood);
        }
        await();
        smarthost.kill();
        smarthost.start(Smarthost.Mood.WELL);
    }

    private void await() {
        long until = System.nanoTime() + event.length().toNanos();
        for (long left = event.length().toNanos(); left > 0; left = until - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
