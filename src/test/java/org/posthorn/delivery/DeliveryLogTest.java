package org.posthorn.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.posthorn.queue.QueueName.BACKOFF;
import static org.posthorn.queue.QueueName.OUT;
import static org.posthorn.queue.QueueOnDatabase.NOW;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.posthorn.delivery.smtp.Fate;
import org.posthorn.platform.AfterCommit;
import org.posthorn.queue.Posting;
import org.posthorn.queue.QueueEntry;
import org.posthorn.queue.QueueOnDatabase;
import org.posthorn.queue.lease.Fence;
import org.posthorn.queue.lease.FencedException;
import org.posthorn.queue.lease.Lease;
import org.posthorn.queue.runner.SendingStage;
import org.posthorn.testing.BothDatabases;
import org.posthorn.testing.CapturedLog;
import org.posthorn.testing.TestDatabase;

class DeliveryLogTest {

    private static final Result TAKEN = new Result(0, true, "a", Fate.delivered("250 2.0.0 ok"));
    private static final Result REFUSED = new Result(1, false, "a", Fate.ofRecipient(550, "550 5.1.1 unknown"));
    private static final Result TAKEN_BY_B = new Result(2, true, "b", Fate.delivered("250 2.0.0 ok"));

    private QueueOnDatabase queue;
    private DeliveryRecords records;
    private DeliveryLog log;
    private Lease lease;
    private SendingStage.Turn turn;
    private long posting;
    private long chunk;
    private QueueEntry entry;

    private void open(TestDatabase database) {
        queue = new QueueOnDatabase(database);
        records = new DeliveryRecords(queue.sql);
        log = new DeliveryLog(records, queue.entries, queue.trace, queue.clock, new AfterCommit());
        lease = queue.aLease(OUT);
        turn = new Fencing(queue.fence(), lease);
        posting = queue.aPosting();
        chunk = queue.aChunk(posting, 3);
        entry = queue.enqueued(queue.entryOf(OUT, posting).chunk(chunk, 0));
    }

    /** A turn that can only prove its lease. */
    private record Fencing(Fence fencing, Lease lease) implements SendingStage.Turn {
        @Override
        public boolean mayGoOn() {
            return true;
        }

        @Override
        public boolean isOver() {
            return false;
        }

        @Override
        public void fence() {
            fencing.check(lease);
        }

        @Override
        public void progressed() {
            // nobody waits
        }
    }

    private static Deferral deferral(int tries, String reason) {
        return new Deferral(2, Duration.ofSeconds(30), tries, reason, null, Map.of());
    }

    private void inTransaction(Consumer<DeliveryLog> work) {
        queue.database.inTransaction(() -> work.accept(log));
    }

    @BothDatabases
    void aGroupIsRecordedAndTheEntryHasProgressed(TestDatabase database) {
        open(database);
        queue.entries.begin(List.of(entry), true);
        inTransaction(l -> l.firstGroup(entry, List.of(TAKEN, REFUSED), 2, turn));
        assertThat(records.tally(chunk)).isEqualTo(new DeliveryRecords.Tally(1, 1));
        assertThat(queue.reread(entry).progress()).isEqualTo(2);
        assertThat(queue.reread(entry).begun()).isZero();
    }

    @BothDatabases
    void aFinishedEntryLeavesWithATraceOfAllItsFates(TestDatabase database) {
        open(database);
        inTransaction(l -> l.firstGroup(entry, List.of(TAKEN, REFUSED), 2, turn));
        inTransaction(l -> l.finish(entry, List.of(TAKEN_BY_B), turn));
        assertThat(queue.find(entry.id())).isEmpty();
        assertThat(queue.events(posting)).containsExactly("delivered: 2 delivered, 1 failed by b");
    }

    @BothDatabases
    void anEntryThatIsFinishedAtOnceLeavesWithTheSameTrace(TestDatabase database) {
        open(database);
        inTransaction(l -> l.finishAtOnce(entry, List.of(TAKEN, REFUSED, TAKEN_BY_B), turn));
        assertThat(queue.find(entry.id())).isEmpty();
        assertThat(records.tally(chunk)).isEqualTo(new DeliveryRecords.Tally(2, 1));
        assertThat(queue.events(posting))
                .hasSize(1)
                .first()
                .asString()
                .startsWith("delivered: 2 delivered, 1 failed by");
    }

    @BothDatabases
    void aPostThatWasRefusedAsSuchHasTheSmarthostsWordsInItsTrace(TestDatabase database) {
        open(database);
        Fate spam = Fate.ofMessage(554, "554 5.7.1 we think it is spam");
        List<Result> all = List.of(
                new Result(0, false, "a", spam), new Result(1, false, "a", spam), new Result(2, false, "a", spam));
        inTransaction(l -> l.finish(entry, all, turn));
        assertThat(queue.events(posting))
                .containsExactly(
                        "refused: for 3 by a: 554 5.7.1 we think it is spam", "failed: 0 delivered, 3 failed by a");
    }

    @BothDatabases
    void aPostThatNobodyGotBecauseItWasGivenUpHasExpired(TestDatabase database) {
        open(database);
        queue.postings.fannedOut(posting);
        QueueEntry second = queue.enqueued(queue.entryOf(OUT, posting).chunk(queue.aChunk(posting, 1), 1));
        Fate givenUp = new Fate.Expired("given up after 5 days; last: a: 450 busy");
        inTransaction(l -> l.finish(second, List.of(new Result(0, false, "", givenUp)), turn));
        assertThat(queue.postings.find(posting).orElseThrow().outcome()).isNull();
        inTransaction(l -> l.firstGroup(entry, List.of(REFUSED), 1, turn));
        List<Result> last = List.of(new Result(0, false, "", givenUp), new Result(2, false, "", givenUp));
        inTransaction(l -> l.finish(entry, last, turn));
        assertThat(queue.postings.find(posting).orElseThrow().outcome()).isEqualTo(Posting.Outcome.EXPIRED);
        assertThat(queue.events(posting)).contains("expired: for 2: given up after 5 days; last: a: 450 busy");
    }

    @BothDatabases
    void aPostWhoseLastChunkWasRecordedByATurnThatCouldNotEndHasExpiredAllTheSame(TestDatabase database) {
        open(database);
        queue.postings.fannedOut(posting);
        Fate givenUp = new Fate.Expired("given up after 5 days; last: a: 450 busy");
        List<Result> all = List.of(
                new Result(0, false, "", givenUp),
                new Result(1, false, "", givenUp),
                new Result(2, false, "", givenUp));
        inTransaction(l -> l.firstGroup(entry, all, 3, turn));
        inTransaction(l -> l.finish(entry, List.of(), turn));
        assertThat(queue.postings.find(posting).orElseThrow().outcome()).isEqualTo(Posting.Outcome.EXPIRED);
    }

    @BothDatabases
    void aPostThatSomebodyGotHasNotExpired(TestDatabase database) {
        open(database);
        queue.postings.fannedOut(posting);
        Fate givenUp = new Fate.Expired("given up after 5 days; last: a: 450 busy");
        inTransaction(l -> l.finish(entry, List.of(TAKEN, REFUSED, new Result(2, false, "", givenUp)), turn));
        assertThat(queue.postings.find(posting).orElseThrow().outcome()).isNull();
    }

    @BothDatabases
    void aFinishedEntryThatNobodyGotHasFailed(TestDatabase database) {
        open(database);
        inTransaction(l -> l.finish(entry, List.of(REFUSED), turn));
        assertThat(queue.events(posting)).containsExactly("failed: 0 delivered, 1 failed by a");
    }

    @BothDatabases
    void whatIsLeftWaitsInBackoffWithTheReasonInTheTrace(TestDatabase database) {
        open(database);
        inTransaction(l -> l.defer(entry, List.of(TAKEN), deferral(3, "a: 450 busy"), turn));
        QueueEntry waiting = queue.reread(entry);
        assertThat(waiting.queue()).isEqualTo(BACKOFF);
        assertThat(waiting.due()).isEqualTo(NOW.plusSeconds(30));
        assertThat(waiting.tries()).isEqualTo(3);
        assertThat(waiting.lastError()).isEqualTo("a: 450 busy");
        assertThat(queue.events(posting)).containsExactly("deferred: 2 wait 30 s (try 3): a: 450 busy");
        assertThat(records.settled(chunk).cardinality()).isEqualTo(1);
    }

    private static List<String> fates(CapturedLog captured) {
        return captured.lines().stream()
                .filter(line -> line.matches("(Delivered|Deferred|Bounced|Shunted) .*"))
                .toList();
    }

    @BothDatabases
    void aDeferredEntryIsOneLineOfTheLogWithTheReason(TestDatabase database) {
        open(database);
        try (CapturedLog captured = new CapturedLog()) {
            inTransaction(l -> l.defer(entry, List.of(TAKEN), deferral(3, "a: 450 busy"), turn));
            assertThat(fates(captured))
                    .singleElement()
                    .satisfies(line -> assertThat(line)
                            .startsWith("Deferred ")
                            .contains(
                                    " posting=" + posting,
                                    " waiting=2",
                                    " seconds=30",
                                    " try=3",
                                    " reason=\"a: 450 busy\""));
        }
    }

    @BothDatabases
    void aChunkIsOneLineOfTheLogWhenItIsFinishedNotOneForEachRecipient(TestDatabase database) {
        open(database);
        try (CapturedLog captured = new CapturedLog()) {
            inTransaction(l -> l.firstGroup(entry, List.of(TAKEN, REFUSED), 2, turn));
            assertThat(fates(captured)).isEmpty();
            inTransaction(l -> l.finish(entry, List.of(TAKEN_BY_B), turn));
            assertThat(fates(captured))
                    .singleElement()
                    .satisfies(line -> assertThat(line)
                            .startsWith("Delivered ")
                            .contains(" posting=" + posting, " delivered=2", " failed=1"));
        }
    }

    @BothDatabases
    void anEntryThatYieldsKeepsItsRecordsAndStandsBehindTheOthers(TestDatabase database) {
        open(database);
        QueueEntry other = queue.enqueued(OUT);
        queue.clock.forward(Duration.ofMillis(1));
        inTransaction(l -> l.yield(entry, List.of(TAKEN), 1, turn));
        assertThat(queue.due(OUT)).extracting(QueueEntry::id).containsExactly(other.id(), entry.id());
        assertThat(records.settled(chunk).cardinality()).isEqualTo(1);
    }

    @BothDatabases
    void aSenderWhoseSliceWasTakenOverRecordsNothing(TestDatabase database) {
        open(database);
        queue.takeOver(lease);
        List<Consumer<DeliveryLog>> calls = List.of(
                l -> l.firstGroup(entry, List.of(TAKEN), 1, turn),
                l -> l.finish(entry, List.of(TAKEN), turn),
                l -> l.yield(entry, List.of(TAKEN), 1, turn),
                l -> l.defer(entry, List.of(TAKEN), deferral(1, ""), turn));
        for (Consumer<DeliveryLog> call : calls) {
            assertThatThrownBy(() -> inTransaction(call)).isInstanceOf(FencedException.class);
        }
        assertThat(records.settled(chunk).cardinality()).isZero();
        assertThat(queue.reread(entry)).isEqualTo(entry);
        assertThat(queue.events(posting)).isEmpty();
    }

    @BothDatabases
    void nothingIsRecordedForAnEntryThatSomebodyElseHasFinished(TestDatabase database) {
        open(database);
        queue.entries.done(entry);
        assertThatThrownBy(() -> inTransaction(l -> l.finish(entry, List.of(TAKEN), turn)))
                .isInstanceOf(IllegalStateException.class);
        assertThat(records.settled(chunk).cardinality()).isZero();
    }

    @BothDatabases
    void whatWaitsForHoursKeepsItsTriesAndTellsWhy(TestDatabase database) {
        open(database);
        Deferral rest = new Deferral(
                3,
                Duration.ofHours(10),
                0,
                "night: waits for its hours, from 22:00",
                "night",
                Map.of("hours-who", "Bw"));
        inTransaction(l -> l.defer(entry, List.of(), rest, turn));
        QueueEntry waiting = queue.reread(entry);
        assertThat(waiting.queue()).isEqualTo(BACKOFF);
        assertThat(waiting.tries()).isZero();
        assertThat(waiting.due()).isEqualTo(NOW.plus(Duration.ofHours(10)));
        assertThat(waiting.attributes()).containsEntry("hours-who", "Bw");
        assertThat(database.sql()
                        .list(
                                "select detail from trace_event where posting_id = ? order by id",
                                row -> row.getString(1),
                                posting))
                .last()
                .isEqualTo("3 wait: night: waits for its hours, from 22:00");
    }
}
