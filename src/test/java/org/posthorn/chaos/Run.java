package org.posthorn.chaos;

import jakarta.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import org.posthorn.platform.Build;
import org.posthorn.testing.Eventually;

/** One run: start, load and storm, heal, drain, count. */
final class Run {

    private static final int TRACES = 60;
    private static final int TRACES_AGAIN = 500;
    private static final Duration SOON = Duration.ofMinutes(2);

    private final Setup setup;
    private final Path folder;
    private final Journal journal;
    private final Ledger ledger;

    /** @param folder for logs, homes and records */
    Run(Setup setup, Path folder, Journal journal) {
        this.setup = setup;
        this.folder = folder;
        this.journal = journal;
        this.ledger = new Ledger("s" + setup.seed());
    }

    Summary run() throws InterruptedException {
        Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
        // A thread that watches, loads or strikes, and has died unseen, would make a run look better than it was.
        Thread.setDefaultUncaughtExceptionHandler((thread, e) -> journal.fault(thread.getName() + " has ended: " + e));
        try {
            return underWatch();
        } finally {
            Thread.setDefaultUncaughtExceptionHandler(before);
        }
    }

    private Summary underWatch() throws InterruptedException {
        List<Event> events = Schedule.of(setup);
        journal.say("seed " + setup.seed() + ", " + events.size() + " events; starting the site");
        try (Site site = Site.started(setup, folder, ledger)) {
            Load load = new Load(setup, ledger, site);
            Storm storm = new Storm(site, load, ledger, journal);
            StallWatch watch = new StallWatch(site, ledger, journal);
            Optional<SliceWatch> sliceWatch = Optional.ofNullable(site.database())
                    .map(database -> new SliceWatch(site::canDeliver, journal::now, database.url(), database.user()));
            List<Thread> watching = new ArrayList<>(List.of(new Thread(watch, "stall watch")));
            sliceWatch.ifPresent(each -> watching.add(new Thread(each, "slice watch")));
            journal.begin();
            watching.forEach(each -> {
                each.setDaemon(true);
                each.start();
            });
            load.begin();
            storm.run(events, setup.length());
            journal.say("all is healed; " + ledger.underWay() + " copies are on their way");
            Duration drain = drain(site, load);
            watch.end();
            sliceWatch.ifPresent(SliceWatch::end);
            for (Thread each : watching) {
                each.join();
            }
            sliceWatch
                    .map(SliceWatch::longestBlind)
                    .filter(blind -> blind.compareTo(Setup.MOST_STALL) > 0)
                    .ifPresent(
                            blind -> journal.fault("the slices could not be watched for " + blind.toSeconds() + " s"));
            Map<String, Integer> traces = traces(site);
            long parked = parked(site);
            tellWhatIsWrong(site);
            site.stopNodes().forEach(name -> journal.fault(name + " does not end by itself after SIGTERM"));
            site.stopSmarthosts();
            return new Summary(
                    setup,
                    ledger.tally(),
                    storm.struck(),
                    commit(),
                    watch.longest(),
                    sliceWatch.map(SliceWatch::longest),
                    drain,
                    parked,
                    traces,
                    journal.faults());
        }
    }

    /** What is still queued now would be a repeat, so the queues have to be empty too. */
    private Duration drain(Site site, Load load) throws InterruptedException {
        Duration begun = journal.now();
        if (!load.finish(SOON)) {
            journal.fault("posts are not taken although all is up");
        }
        Eventually.holds(setup.drain(), () -> ledger.underWay() == 0);
        boolean empty = Eventually.holds(
                SOON,
                () -> site.queues().filter(queues -> queues.waiting() == 0).isPresent());
        if (!empty) {
            journal.fault("the queues do not get empty: " + site.queues());
        }
        return journal.now().minus(begun);
    }

    private long parked(Site site) throws InterruptedException {
        AtomicReference<QueueView> last = new AtomicReference<>();
        boolean told = Eventually.holds(SOON, () -> {
            site.queues().ifPresent(last::set);
            return last.get() != null;
        });
        if (!told) {
            journal.fault("no node says what is shunted or bad");
        }
        return told ? last.get().parked() : 0;
    }

    private Map<String, Integer> traces(Site site) {
        Map<String, Integer> states = new TreeMap<>();
        Set<Post> asked = new LinkedHashSet<>(ledger.sample(TRACES));
        asked.addAll(ledger.offeredAgain(TRACES_AGAIN));
        for (Post post : asked) {
            JsonObject trace = site.node(0).trace(post.messageId());
            if (trace.containsKey("posts")) { // only where there are several
                journal.fault(post.messageId() + " was taken for "
                        + trace.getJsonArray("posts").size() + " posts");
            }
            String state = trace.getString("state", "none");
            boolean whole = trace.getInt("delivered", -1) == post.list().size();
            states.merge(state.equals("delivered") && !whole ? "delivered in part" : state, 1, Integer::sum);
            if (!state.equals("delivered") || !whole) {
                journal.say(post.messageId() + ": " + trace);
            }
        }
        return states;
    }

    /** As bin/chaos says it. */
    private static String commit() {
        return System.getProperty("chaos.commit", "of this build: " + Build.version());
    }

    private void tellWhatIsWrong(Site site) {
        ledger.named().forEach((messageId, what) -> {
            journal.say(messageId + " " + what);
            journal.say(Optional.of(site.node(0).trace(messageId))
                    .map(JsonObject::toString)
                    .orElse(""));
        });
    }
}
