package org.posthorn.chaos;

import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Carries a schedule out: each part of the site has its blows one after the other, different parts at the same time. */
final class Storm {

    private static final Duration LONGEST_LAST_BLOW = Duration.ofMinutes(25);

    private final Site site;
    private final Load load;
    private final Ledger ledger;
    private final Journal journal;
    private final Map<String, ExecutorService> parts = new HashMap<>();
    private final Map<Kind, Integer> struck = new EnumMap<>(Kind.class);

    Storm(Site site, Load load, Ledger ledger, Journal journal) {
        this.site = site;
        this.load = load;
        this.ledger = ledger;
        this.journal = journal;
    }

    /** Returns when the load's time is over and all is healed. */
    void run(List<Event> events, Duration length) throws InterruptedException {
        for (Event event : events) {
            waitUntil(event.at());
            parts.computeIfAbsent(event.place(), any -> Executors.newSingleThreadExecutor())
                    .execute(() -> strike(event));
        }
        waitUntil(length);
        parts.values().forEach(ExecutorService::shutdown);
        for (ExecutorService part : parts.values()) {
            if (!part.awaitTermination(LONGEST_LAST_BLOW.toSeconds(), TimeUnit.SECONDS)) {
                journal.fault("a part of the site is not healed");
            }
        }
    }

    private void strike(Event event) {
        long late = journal.now().minus(event.at()).toSeconds();
        journal.say(event + (late > 1 ? " (" + late + " s late: it had not come back)" : ""));
        count(event);
        ledger.begins(event);
        try {
            new Blow(site, load, journal, event).strike();
            ledger.ends(event);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            journal.fault(event + " failed: " + e);
        }
    }

    private synchronized void count(Event event) {
        struck.merge(event.kind(), 1, Integer::sum);
    }

    /** How often each kind came. */
    synchronized Map<Kind, Integer> struck() {
        return new EnumMap<>(struck);
    }

    private void waitUntil(Duration at) {
        for (Duration left = at.minus(journal.now());
                !left.isNegative() && !left.isZero();
                left = at.minus(journal.now())) {
            LockSupport.parkNanos(left.toNanos());
        }
    }
}
