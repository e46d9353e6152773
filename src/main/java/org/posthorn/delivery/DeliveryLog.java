package org.posthorn.delivery;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;
import org.posthorn.delivery.smtp.Fate;
import org.posthorn.platform.AfterCommit;
import org.posthorn.platform.metrics.Metric;
import org.posthorn.queue.Posting;
import org.posthorn.queue.QueueEntries;
import org.posthorn.queue.QueueEntry;
import org.posthorn.queue.QueueName;
import org.posthorn.queue.Trace;
import org.posthorn.queue.runner.SendingStage;

/**
 * Records what the smarthosts said, in groups: each call is a transaction of its own that ends with the fence. What is
 * recorded is never sent again; what is not may be, after a crash.
 */
@ApplicationScoped
public class DeliveryLog {

    private final DeliveryRecords records;
    private final QueueEntries entries;
    private final Trace trace;
    private final Clock clock;
    private final AfterCommit afterCommit;

    protected DeliveryLog() {
        this(null, null, null, null, null);
    }

    @Inject
    public DeliveryLog(
            DeliveryRecords records, QueueEntries entries, Trace trace, Clock clock, AfterCommit afterCommit) {
        this.records = records;
        this.entries = entries;
        this.trace = trace;
        this.clock = clock;
        this.afterCommit = afterCommit;
    }

    /**
     * A turn's first group of results; the turn goes on. The entry has got further: a crash from here on is not its fault.
     *
     * @param settled how many recipients have a recorded fate with these
     */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    public void firstGroup(QueueEntry entry, List<Result> results, int settled, SendingStage.Turn turn) {
        record(entry, results);
        entries.progress(entry, settled);
        turn.fence();
    }

    /** One more group of results of the same turn. */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    public void group(QueueEntry entry, List<Result> results, SendingStage.Turn turn) {
        record(entry, results);
        turn.fence();
    }

    /** The last results: every recipient's fate is settled, and the entry leaves the queue. */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    public void finish(QueueEntry entry, List<Result> results, SendingStage.Turn turn) {
        finish(entry, results, records::tally, turn);
    }

    /** The same where these are the results of all of the chunk's recipients: what was recorded need not be asked for. */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    public void finishAtOnce(QueueEntry entry, List<Result> results, SendingStage.Turn turn) {
        finish(entry, results, chunk -> DeliveryRecords.Tally.of(results), turn);
    }

    private void finish(
            QueueEntry entry,
            List<Result> results,
            LongFunction<DeliveryRecords.Tally> tallies,
            SendingStage.Turn turn) {
        // Without results they were recorded before, by a turn that could not end.
        boolean gaveUp = results.isEmpty()
                ? records.gaveUp(entry.chunkId())
                : !those(Fate.Expired.class, results).isEmpty();
        gaveUp &= entry.postingId() != null;
        if (gaveUp) {
            records.lockPosting(entry.postingId());
        }
        record(entry, results);
        DeliveryRecords.Tally tally = tallies.apply(entry.chunkId());
        String detail = tally.delivered() + " delivered, " + tally.failed() + " failed" + hosts(results);
        trace.event(
                entry.postingId(),
                entry.queue(),
                tally.delivered() > 0 || tally.failed() == 0 ? "delivered" : "failed",
                detail);
        if (gaveUp && records.nobodyGot(entry.postingId())) {
            trace.outcome(entry.postingId(), Posting.Outcome.EXPIRED);
        }
        entries.done(entry);
        turn.fence();
        afterCommit.run(() -> Metric.QUEUE_PROCESSED.add(1, entry.queue().label()));
        entries.line(org.posthorn.platform.log.Fate.DELIVERED, entry)
                .with("delivered", tally.delivered())
                .with("failed", tally.failed())
                .with("smarthosts", hosts(results).replaceFirst("^ by ", ""))
                .say();
    }

    /** The turn is over, or no connection is free: others first. */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    public void yield(QueueEntry entry, List<Result> results, int settled, SendingStage.Turn turn) {
        record(entry, results);
        entries.goOn(entry, settled, entry.attributes(), clock.instant());
        turn.fence();
    }

    /** What is left waits in {@code backoff}. */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    public void defer(QueueEntry entry, List<Result> results, Deferral deferral, SendingStage.Turn turn) {
        record(entry, results);
        entries.later(
                entry,
                QueueName.BACKOFF,
                clock.instant().plus(deferral.delay()),
                deferral.tries(),
                deferral.reason(),
                deferral.attributes(),
                deferral.waitsFor());
        boolean tried = deferral.tries() > entry.tries();
        long seconds = deferral.delay().toSeconds();
        trace.event(
                entry.postingId(),
                QueueName.BACKOFF,
                "deferred",
                deferral.waiting()
                        + (tried ? " wait " + seconds + " s (try " + deferral.tries() + "): " : " wait: ")
                        + deferral.reason());
        turn.fence();
        if (tried) {
            afterCommit.run(() -> Metric.QUEUE_RETRIES.add(1, entry.queue().label()));
        }
        entries.line(org.posthorn.platform.log.Fate.DEFERRED, entry)
                .with("waiting", deferral.waiting())
                .with("seconds", seconds)
                .with("try", deferral.tries())
                .with("reason", deferral.reason())
                .say();
    }

    private void record(QueueEntry entry, List<Result> results) {
        records.add(entry.chunkId(), results, clock.instant());
        List<Result> refused = those(Fate.PostRefused.class, results);
        if (!refused.isEmpty()) {
            Result first = refused.get(0);
            String said = first.smarthost() + ": " + first.fate().reply();
            trace.event(entry.postingId(), entry.queue(), "refused", "for " + refused.size() + " by " + said);
        }
        List<Result> expired = those(Fate.Expired.class, results);
        if (!expired.isEmpty()) {
            String why = expired.get(0).fate().reply();
            trace.event(entry.postingId(), entry.queue(), "expired", "for " + expired.size() + ": " + why);
        }
        Map<List<String>, Integer> counts = new HashMap<>();
        results.forEach(result -> counts.merge(labels(result), 1, Integer::sum));
        afterCommit.run(
                () -> counts.forEach((labels, count) -> Metric.DELIVERIES.add(count, labels.get(0), labels.get(1))));
    }

    private static List<String> labels(Result result) {
        String smarthost = result.smarthost().isEmpty() ? "none" : result.smarthost();
        String outcome =
                result.delivered() ? "delivered" : result.fate() instanceof Fate.Expired ? "failed" : "refused";
        return List.of(smarthost, outcome);
    }

    private static List<Result> those(Class<? extends Fate> fate, List<Result> results) {
        return results.stream().filter(result -> fate.isInstance(result.fate())).toList();
    }

    private static String hosts(List<Result> results) {
        String hosts = String.join(
                ", ",
                results.stream()
                        .map(Result::smarthost)
                        .filter(name -> !name.isEmpty())
                        .distinct()
                        .toList());
        return hosts.isEmpty() ? "" : " by " + hosts;
    }
}
