package org.posthorn.queue.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.posthorn.queue.QueueName.ARCHIVE;
import static org.posthorn.queue.QueueName.DIGEST;
import static org.posthorn.queue.QueueName.IN;
import static org.posthorn.queue.QueueName.NEWS;
import static org.posthorn.queue.QueueName.SHUNT;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.posthorn.platform.DatabaseException;
import org.posthorn.platform.metrics.Metric;
import org.posthorn.queue.QueueEntries;
import org.posthorn.queue.QueueEntry;
import org.posthorn.queue.QueueName;
import org.posthorn.queue.QueueOnDatabase;
import org.posthorn.queue.lease.Lease;
import org.posthorn.testing.TestDatabase;
import org.posthorn.testing.TestDatabases;

/** A runner over a real database. It pauses a lot, so the tests run side by side. */
@Execution(ExecutionMode.CONCURRENT)
class SliceRunnerTest {

    /** The process dies: nothing catches this, and the transaction is rolled back. */
    private static final class Crash extends Error {
        private static final long serialVersionUID = 1;
    }

    private final TestDatabase database = TestDatabases.H2.fresh();
    private final QueueOnDatabase queue = new QueueOnDatabase(database);
    private final ScriptedStage stage = new ScriptedStage(queue);
    private Lease lease = queue.aLease(IN);
    private final OwedNotes owed = new OwedNotes();
    private Suspects suspects = new Suspects(Duration.ofMillis(20), Duration.ofSeconds(60));
    private boolean reachable = true;
    private boolean gone;
    private int outages;
    private boolean lapsed;
    private RunnerSlot slot;

    @AfterEach
    void close() {
        database.close();
    }

    /** Runs until nothing is due, as long as the lease may go on. */
    private void run(Stage working, SendingStage sending) {
        QueueEntries entries = new QueueEntries(queue.sql) {
            @Override
            public boolean isReachable() {
                return reachable && !gone;
            }

            @Override
            public void notBegun(List<QueueEntry> given) {
                if (gone) {
                    throw new DatabaseException(new SQLException("connection refused", "08001"));
                }
                super.notBegun(given);
            }

            @Override
            public void takeBack(long id, int noted, int before) {
                if (gone && outages-- > 0) {
                    throw new DatabaseException(new SQLException("connection refused", "08001"));
                }
                gone = false;
                super.takeBack(id, noted, before);
            }
        };
        slot = new RunnerSlot(lease, working, sending, Duration.ZERO, RunnerSlot.START_LIMIT) {
            @Override
            synchronized void pause(Duration pause) {
                super.pause(pause.dividedBy(50)); // what is tried here is what comes after
            }
        };
        slot.call();
        slot.begin();
        Predicate<Lease> holds = held -> !lapsed && !queue.due(held.queue()).isEmpty();
        GroupWork groups = new GroupWorkInTransactions(queue, entries);
        new SliceRunner(
                        slot,
                        new SliceRunner.Engine(
                                entries,
                                groups,
                                notes(groups),
                                queue.fence(),
                                holds,
                                new Shares(4),
                                suspects,
                                owed,
                                queue.clock))
                .run();
    }

    private BegunNotes notes(GroupWork groups) {
        return BegunNotes.inDatabase(groups);
    }

    private void run() {
        run(stage, null);
    }

    /** One life of the process. */
    private void live() {
        suspects = new Suspects(Duration.ofMillis(20), Duration.ofSeconds(60));
        try {
            run();
        } catch (Crash e) {
            // and the next begins
        }
    }

    private List<QueueEntry> enqueued(int count) {
        List<QueueEntry> entries = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            entries.add(queue.enqueued(IN));
        }
        return entries;
    }

    private void whenAskedFor(QueueEntry poison, RuntimeException error) {
        stage.first(entry -> {
            if (entry.id() == poison.id()) {
                throw error;
            }
        });
    }

    @Test
    void whatANodeWhoseClockIsALittleAheadHasMadeDueIsDue() {
        QueueEntry own = queue.enqueued(IN);
        Instant ahead = queue.clock.instant().plus(SliceRunner.CLOCKS_DIFFER);
        QueueEntry others = queue.enqueued(QueueOnDatabase.anEntry(IN).later(ahead, 0));
        queue.enqueued(QueueOnDatabase.anEntry(IN).later(ahead.plusMillis(1), 0));

        run();

        assertThat(stage.asked()).containsExactly(own.id(), others.id());
    }

    @Test
    void allDueEntriesAreWorkedOnOnce() {
        List<QueueEntry> entries = enqueued(SliceRunner.GROUP + 3);
        run();
        assertThat(stage.asked())
                .containsExactlyElementsOf(entries.stream().map(QueueEntry::id).toList());
        assertThat(queue.due(ARCHIVE)).hasSize(entries.size());
    }

    @Test
    void aPoisonEntryWaitsAloneAndItsNeighboursGoOnOnce() {
        List<QueueEntry> entries = enqueued(5);
        whenAskedFor(entries.get(2), new IllegalStateException("poison"));
        run();
        assertThat(queue.entries.page(IN, 0, 10))
                .extracting(QueueEntry::id)
                .containsExactly(entries.get(2).id());
        assertThat(queue.due(ARCHIVE)).hasSize(4);
        assertThat(queue.reread(entries.get(2)).failures()).isEqualTo(1);
    }

    @Test
    void whatFailsAfterTheLeaseHasLapsedIsHeldAgainstNobody() {
        QueueEntry entry = queue.enqueued(IN);
        stage.first(any -> {
            lapsed = true;
            CompletableFuture.runAsync(() -> queue.database.inTransaction(() -> queue.takeOver(lease)))
                    .join();
            throw new IllegalStateException("another has done it");
        });
        run();
        assertThat(queue.reread(entry).failures()).isZero();
    }

    @Test
    void anEntryThatFailsAndMakesTheLeaseLapseIsHeldToItAsLongAsNobodyTookTheSlice() {
        QueueEntry entry = queue.enqueued(IN);
        stage.first(any -> {
            lapsed = true;
            throw new IllegalStateException("after a long time");
        });
        run();
        assertThat(queue.reread(entry).failures()).isEqualTo(1);
    }

    @Test
    void aPoisonEntryIsShuntedInTheEndWithItsError() {
        List<QueueEntry> entries = enqueued(3);
        whenAskedFor(entries.get(0), new IllegalStateException("poison"));
        for (int i = 0; i < GroupWork.MOST_TRIES; i++) {
            run();
            queue.clock.forward(Duration.ofMinutes(1));
        }
        assertThat(queue.reread(entries.get(0)).queue()).isEqualTo(SHUNT);
        assertThat(queue.reread(entries.get(0)).lastError()).startsWith("java.lang.IllegalStateException: poison");
    }

    private static long counted(Metric metric, QueueName of) {
        return metric.sum("queue", of.label());
    }

    @Test
    void eachFailureRetryAndShuntIsCountedOnce() {
        lease = queue.aLease(NEWS); // no other test of this process works on it
        QueueEntry poison = queue.enqueued(NEWS);
        queue.enqueued(NEWS);
        whenAskedFor(poison, new IllegalStateException("poison"));
        for (int tries = 1; tries <= GroupWork.MOST_TRIES; tries++) {
            run();
            assertThat(counted(Metric.QUEUE_FAILURES, NEWS)).isEqualTo(tries);
            assertThat(counted(Metric.QUEUE_RETRIES, NEWS)).isEqualTo(Math.min(tries, GroupWork.MOST_TRIES - 1));
            queue.clock.forward(Duration.ofMinutes(1));
        }
        assertThat(queue.reread(poison).queue()).isEqualTo(SHUNT);
        assertThat(counted(Metric.QUEUE_SHUNTED, NEWS)).isEqualTo(1);
        assertThat(counted(Metric.QUEUE_PROCESSED, NEWS)).isEqualTo(1);
        assertThat(counted(Metric.QUEUE_BAD, NEWS)).isZero();
        assertThat(counted(Metric.GROUP_TIME, NEWS)).isGreaterThanOrEqualTo(GroupWork.MOST_TRIES);
    }

    @Test
    void whatIsShuntedAfterCrashesIsCountedAsShuntedAndNotAsAFailure() {
        lease = queue.aLease(DIGEST); // no other test of this process works on it
        queue.enqueued(DIGEST);
        stage.first(entry -> {
            throw new Crash();
        });
        for (int i = 0; i <= 1 + GroupWork.MOST_CRASHES; i++) {
            assertThat(counted(Metric.QUEUE_SHUNTED, DIGEST)).isZero();
            live();
        }
        assertThat(counted(Metric.QUEUE_SHUNTED, DIGEST)).isEqualTo(1);
        assertThat(counted(Metric.QUEUE_FAILURES, DIGEST)).isZero();
        assertThat(counted(Metric.QUEUE_RETRIES, DIGEST)).isZero();
    }

    @Test
    void anEntryThatOverflowsTheStackIsThatEntrysFailure() {
        List<QueueEntry> entries = enqueued(3);
        stage.first(entry -> {
            if (entry.id() == entries.get(1).id()) {
                throw new StackOverflowError();
            }
        });
        run();
        assertThat(queue.entries.page(IN, 0, 10))
                .extracting(QueueEntry::id)
                .containsExactly(entries.get(1).id());
        assertThat(queue.due(ARCHIVE)).as("what it did is rolled back").hasSize(2);
        assertThat(queue.reread(entries.get(1)).failures()).isEqualTo(1);
    }

    @Test
    void anEntryThatOverflowsTheStackOfASendingStageIsThatEntrysFailure() {
        List<QueueEntry> entries = enqueued(3);
        List<Long> sent = new ArrayList<>();
        run(null, new SendingStage() {
            @Override
            public QueueName queue() {
                return IN;
            }

            @Override
            public void send(QueueEntry entry, Turn turn) {
                if (entry.id() == entries.get(1).id()) {
                    throw new StackOverflowError();
                }
                sent.add(entry.id());
                queue.entries.done(entry);
            }
        });
        assertThat(sent).containsExactly(entries.get(0).id(), entries.get(2).id());
        assertThat(queue.reread(entries.get(1)).failures()).isEqualTo(1);
        assertThat(queue.reread(entries.get(1)).lastError()).startsWith("java.lang.StackOverflowError");
    }

    @Test
    void aDatabaseOutageIsWaitedOutAndBlamesNobody() {
        List<QueueEntry> entries = enqueued(2);
        int[] outages = {2};
        List<String> seen = new ArrayList<>();
        stage.first(entry -> {
            seen.add(entry.tries() + " tries, begun " + entry.begun());
            if (outages[0]-- > 0) {
                throw new DatabaseException(new SQLException("connection lost", "08006"));
            }
        });
        run();
        assertThat(queue.due(ARCHIVE)).hasSize(entries.size());
        assertThat(seen).containsOnly("0 tries, begun 0");
    }

    @Test
    void outagesInWhichNothingCanBeTakenBackAreNotTakenForCrashes() {
        QueueEntry entry = queue.enqueued(IN);
        int[] left = {GroupWork.MOST_CRASHES + 2};
        List<Integer> begun = new ArrayList<>();
        stage.first(any -> {
            begun.add(any.begun());
            if (left[0]-- > 0) {
                gone = true;
                outages = 2;
                throw new DatabaseException(new SQLException("connection lost", "08006"));
            }
        });
        run();
        assertThat(begun).hasSize(GroupWork.MOST_CRASHES + 3).containsOnly(0);
        assertThat(queue.entries.page(SHUNT, 0, 10)).isEmpty();
        assertThat(queue.due(ARCHIVE)).hasSize(1);
        assertThat(queue.due(IN)).doesNotContain(entry);
    }

    @Test
    void aLapseWithoutProgressIsNotTakenForACrash() {
        QueueEntry entry = queue.enqueued(IN);
        stage.first(any -> {
            lapsed = true;
            CompletableFuture.runAsync(() -> queue.database.inTransaction(() -> queue.takeOver(lease)))
                    .join();
            throw new IllegalStateException("another has the slice");
        });
        run();
        assertThat(queue.reread(entry).begun())
                .as("under the old lease nothing can be taken back")
                .isEqualTo(1);
        lapsed = false;
        lease = new Lease(
                lease.queue(), lease.slice(), lease.slices(), lease.generation(), lease.epoch() + 1, lease.holder());
        List<Integer> begun = new ArrayList<>();
        stage.first(any -> begun.add(any.begun()));
        run();
        assertThat(begun).containsExactly(0);
    }

    @Test
    void anUnclearFailureWhileTheDatabaseIsAwayBlamesNobody() {
        QueueEntry entry = queue.enqueued(IN);
        reachable = false;
        boolean[] failed = {false};
        stage.first(any -> {
            if (!failed[0]) {
                failed[0] = true;
                throw new IllegalStateException("the commit failed");
            }
        });
        run();
        assertThat(stage.asked()).containsExactly(entry.id(), entry.id());
        assertThat(queue.due(ARCHIVE)).hasSize(1);
    }

    @Test
    void aRunnerWhoseSliceWasTakenOverEndsAndLeavesAllAsItWas() {
        QueueEntry entry = queue.enqueued(IN);
        queue.takeOver(lease);
        run();
        assertThat(slot.isStopping()).isTrue();
        assertThat(queue.reread(entry)).isEqualTo(entry);
        assertThat(queue.due(ARCHIVE)).isEmpty();
    }

    @Test
    void afterACrashTheSuspectsRunOneAtATimeAndTheCulpritAloneIsShunted() {
        List<QueueEntry> entries = enqueued(3);
        long culprit = entries.get(0).id();
        stage.first(entry -> {
            if (entry.id() == culprit) {
                throw new Crash();
            }
        });
        for (int i = 0; i < 1 + GroupWork.MOST_CRASHES; i++) {
            live();
            assertThat(queue.reread(entries.get(0)).queue()).as("life %d", i).isEqualTo(IN);
        }
        live();
        assertThat(queue.reread(entries.get(0)).queue()).isEqualTo(SHUNT);
        assertThat(queue.reread(entries.get(0)).lastError()).contains("3 times");
        assertThat(stage.asked().stream().filter(id -> id == culprit)).hasSize(4);
        assertThat(queue.due(ARCHIVE)).hasSize(2);
    }

    @Test
    void aCrashWhileOthersWorkedIsNeverHeldAgainstAnEntry() {
        QueueEntry entry = queue.enqueued(IN);
        stage.first(any -> {
            throw new Crash();
        });
        for (int i = 0; i < 6; i++) {
            suspects = new Suspects(Duration.ofMillis(5), Duration.ofSeconds(60));
            CountDownLatch over = new CountDownLatch(1);
            CountDownLatch working = new CountDownLatch(1);
            CompletableFuture<Void> neighbour = CompletableFuture.runAsync(() -> {
                try (Suspects.Work work = suspects.begin(false)) {
                    working.countDown();
                    SliceRunnerTest.await(over);
                }
            });
            await(working);
            try {
                run();
            } catch (Crash e) {
                // with the neighbour at work
            }
            over.countDown();
            neighbour.join();
        }
        assertThat(queue.reread(entry).queue()).isEqualTo(IN);
        assertThat(queue.reread(entry).begun()).isEqualTo(1);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aSendingStageGetsOneEntryAfterTheOtherAndItsFailureIsTheEntrysOwn() {
        List<QueueEntry> entries = enqueued(2);
        List<Long> sent = new ArrayList<>();
        SendingStage sending = new SendingStage() {
            @Override
            public QueueName queue() {
                return IN;
            }

            @Override
            public void send(QueueEntry entry, Turn turn) {
                sent.add(entry.id());
                if (entry.id() == entries.get(0).id()) {
                    throw new IllegalStateException("poison");
                }
                queue.entries.done(entry);
            }
        };
        run(null, sending);
        assertThat(sent).containsExactly(entries.get(0).id(), entries.get(1).id());
        assertThat(queue.reread(entries.get(0)).failures()).isEqualTo(1);
    }

    @Test
    void theTurnOfASenderIsOverWhenItsSliceIsToBeGivenUp() {
        queue.enqueued(IN);
        List<Boolean> over = new ArrayList<>();
        run(null, new SendingStage() {
            @Override
            public QueueName queue() {
                return IN;
            }

            @Override
            public void send(QueueEntry entry, Turn turn) {
                over.add(turn.isOver());
                slot.stop();
                over.add(turn.isOver());
                queue.entries.done(entry);
            }
        });
        assertThat(over).containsExactly(false, true);
    }
}
