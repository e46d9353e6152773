package org.posthorn.queue.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.posthorn.queue.QueueName.OUT;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.posthorn.queue.QueueName;
import org.posthorn.testing.BothDatabases;
import org.posthorn.testing.TestDatabase;

/** Keepers with their real threads, several in one process. They wait for the most part, so the tests run side by side. */
@Execution(ExecutionMode.CONCURRENT)
class LeaseKeeperTest {

    /** Renewed often, and not lapsing on a busy machine. */
    private static final LeaseTimes QUICK =
            new LeaseTimes(Duration.ofSeconds(12), Duration.ofMillis(300), Duration.ofSeconds(2));

    /** Lapsing soon, but not because a busy machine had other things to do for a second or two. */
    private static final LeaseTimes SHORT =
            new LeaseTimes(Duration.ofSeconds(5), Duration.ofMillis(300), Duration.ofMillis(500));

    private static final int ALL =
            Arrays.stream(QueueName.values()).mapToInt(QueueName::presetSlices).sum();

    private final List<Node> nodes = new ArrayList<>();

    /** A node whose runners stop when they are told, or not. */
    private final class Node implements SliceUser {

        private final LeaseKeeper keeper;
        private final Queue<Lease> lost = new ConcurrentLinkedQueue<>();
        private final Queue<Lease> told = new ConcurrentLinkedQueue<>();
        private final Queue<String> overlaps = new ConcurrentLinkedQueue<>();
        private volatile boolean busy;
        private volatile boolean broken;

        Node(String name, int weight, DataSource source, TestDatabase database, LeaseTimes times) {
            keeper = new LeaseKeeper(source, database.dialect(), name, weight, this, times, false);
            nodes.add(this);
        }

        Node start() throws InterruptedException {
            keeper.start(Thread::new);
            return this;
        }

        int count() {
            return keeper.held().size();
        }

        @Override
        public void gained(Lease lease) {
            for (Node other : nodes) {
                if (other != this) {
                    other.keeper
                            .lease(lease.queue(), lease.slice())
                            .filter(other.keeper::mayGoOn)
                            .ifPresent(held -> overlaps.add(lease + " beside " + held));
                }
            }
        }

        @Override
        public void planned(List<SlicePlan> plans) {
            if (broken) {
                throw new StackOverflowError("as a program's fault has it");
            }
        }

        @Override
        public boolean giveUp(Lease lease, Duration most) {
            told.add(lease);
            return !busy;
        }

        @Override
        public void lost(Lease lease) {
            lost.add(lease);
        }
    }

    private Node node(String name, int weight, TestDatabase database) {
        return new Node(name, weight, database.source(), database, QUICK);
    }

    @AfterEach
    void close() {
        nodes.forEach(node -> node.keeper.close(Duration.ofSeconds(1)));
        assertThat(nodes).allSatisfy(node -> assertThat(node.overlaps).isEmpty());
    }

    @BothDatabases
    void nodesShareByWeightAndOneThatLeavesIsReplacedAtOnce(TestDatabase database) throws InterruptedException {
        Node anna = node("anna", 3, database).start();
        awaitThat("anna has all", () -> anna.count() == ALL);
        Node bert = node("bert", 1, database).start();
        awaitThat("bert has a quarter", () -> bert.count() == ALL / 4 && anna.count() == ALL - ALL / 4);
        bert.keeper.close(Duration.ofSeconds(60));
        assertThat(bert.count()).isZero();
        awaitThat("anna has all again", () -> anna.count() == ALL);
        assertThat(anna.lost).as("nothing was taken from her").isEmpty();
    }

    @BothDatabases
    void administratorsPinAndDrain(TestDatabase database) throws InterruptedException {
        Slices slices = new Slices(database.sql(), database.dialect(), database.audit());
        Node anna = node("anna", 1, database).start();
        Node bert = node("bert", 1, database).start();
        awaitThat("both have theirs", () -> anna.count() + bert.count() == ALL);
        Node holder = anna.keeper.lease(OUT, 0).isPresent() ? anna : bert;
        Node other = holder == anna ? bert : anna;
        slices.pin(OUT, 0, Optional.of(other == anna ? "anna" : "bert"));
        awaitThat("the pinned slice has moved", () -> other.keeper.lease(OUT, 0).isPresent());
        slices.drain("anna", true);
        awaitThat("anna has none", () -> bert.count() == ALL && anna.count() == 0);
    }

    @BothDatabases
    void aSliceWhoseRunnerWasToldToStopComesAnewThoughTheWishHasTurnedMeanwhile(TestDatabase database)
            throws InterruptedException {
        Slices slices = new Slices(database.sql(), database.dialect(), database.audit());
        Node anna = node("anna", 1, database).start();
        awaitThat("anna has all", () -> anna.count() == ALL);
        Lease old = anna.keeper.lease(OUT, 3).orElseThrow();
        anna.busy = true;
        slices.drain("anna", true);
        anna.keeper.wake();
        awaitThat("the runner is told to stop", () -> anna.told.contains(old));
        slices.drain("anna", false);
        anna.keeper.wake();
        awaitThat("the keeper has looked", beats(database));
        assertThat(anna.keeper.mayGoOn(old))
                .as("its runner has not stopped yet")
                .isTrue();
        anna.busy = false;
        awaitThat(
                "under the old lease nothing would be worked on: there is a new one",
                () -> anna.keeper
                        .lease(OUT, 3)
                        .filter(lease -> lease.epoch() > old.epoch())
                        .isPresent());
        awaitThat("anna has all again", () -> anna.count() == ALL);
    }

    @BothDatabases
    void aQueueIsCutAnewOnceAllHaveGivenUp(TestDatabase database) throws InterruptedException {
        Node anna = node("anna", 1, database).start();
        awaitThat("anna has all", () -> anna.count() == ALL);
        Lease old = anna.keeper.lease(OUT, 3).orElseThrow();
        anna.busy = true;
        new Slices(database.sql(), database.dialect(), database.audit()).cut(OUT, 5);
        anna.keeper.wake();
        awaitThat("the keeper has looked", beats(database));
        assertThat(anna.keeper.mayGoOn(old))
                .as("a runner that has not stopped keeps its slice")
                .isTrue();
        anna.busy = false;
        awaitThat(
                "the new cut is taken",
                () -> anna.count() == ALL - 16 + 5
                        && anna.keeper
                                .lease(OUT, 3)
                                .filter(lease -> lease.generation() == 2)
                                .isPresent());
        assertThat(anna.keeper.mayGoOn(old)).isFalse();
        assertThat(anna.keeper.lease(OUT, 4).orElseThrow().to()).isEqualTo(Long.MAX_VALUE);
    }

    @BothDatabases
    void aNodeWithoutItsDatabaseHoldsNothingPastItsDeadlineAndComesBackAsAnother(TestDatabase database)
            throws InterruptedException {
        FailingSource failing = new FailingSource(database.source());
        Node anna = new Node("anna", 1, failing.source(), database, SHORT).start();
        awaitThat("anna has all", () -> anna.count() == ALL);
        Lease before = anna.keeper.lease(OUT, 3).orElseThrow();
        failing.away(true);
        awaitThat("all is lost", () -> anna.lost.size() >= ALL);
        assertThat(anna.keeper.mayGoOn(before)).isFalse();
        assertThat(anna.keeper.held()).isEmpty();
        assertThat(anna.keeper.deadlineNanos() - System.nanoTime()).isNegative();

        failing.away(false);
        awaitThat("anna has all again", () -> anna.count() == ALL);
        Lease after = anna.keeper.lease(OUT, 3).orElseThrow();
        assertThat(after.holder()).isNotEqualTo(before.holder());
        assertThat(after.epoch()).isGreaterThan(before.epoch());
        assertThat(anna.keeper.mayGoOn(before)).isFalse();
        assertThat(anna.keeper.mayGoOn(after)).isTrue();
    }

    @BothDatabases
    void aShortOutageCostsNothing(TestDatabase database) throws InterruptedException {
        FailingSource failing = new FailingSource(database.source());
        Node anna = new Node("anna", 1, failing.source(), database, QUICK).start();
        awaitThat("anna has all", () -> anna.count() == ALL);
        Lease before = anna.keeper.lease(OUT, 3).orElseThrow();
        failing.away(true);
        failing.away(false);
        long deadline = anna.keeper.deadlineNanos();
        awaitThat("renewed on another connection", () -> anna.keeper.deadlineNanos() - deadline > 0);
        assertThat(anna.keeper.mayGoOn(before)).isTrue();
        assertThat(anna.lost).isEmpty();
    }

    @BothDatabases
    void whatTheDatabaseGivesToOthersIsLostHere(TestDatabase database) throws InterruptedException {
        Node anna = node("anna", 1, database).start();
        awaitThat("anna has all", () -> anna.count() == ALL);
        database.sql()
                .update(
                        "update slice_lease set epoch = epoch + 5, node = 'ghost', incarnation = 'ghost' where queue = 'OUT' and slice = 3");
        awaitThat(
                "anna took it anew",
                () -> anna.keeper
                        .lease(OUT, 3)
                        .filter(lease -> lease.epoch() == 7)
                        .isPresent());
        assertThat(anna.lost).extracting(Lease::epoch).containsExactly(1L);
    }

    @BothDatabases
    void aNodeWhoseKeeperIsBrokenIsFollowedByOthers(TestDatabase database) throws InterruptedException {
        Node anna = new Node("anna", 1, database.source(), database, SHORT).start();
        Node bert = new Node("bert", 1, database.source(), database, SHORT).start();
        awaitThat("both have theirs", () -> anna.count() > 0 && anna.count() + bert.count() == ALL);
        anna.broken = true;
        awaitThat("bert has all", () -> bert.count() == ALL);
        assertThat(anna.count()).isZero();
    }

    @BothDatabases
    void aNodeWhoseRenewerDiedStaysAwayAndIsFollowedByOthers(TestDatabase database) throws InterruptedException {
        FailingSource failing = new FailingSource(database.source());
        Node anna = new Node("anna", 1, failing.source(), database, SHORT);
        List<Thread> threads = new ArrayList<>();
        anna.keeper.start(work -> {
            Thread thread = new Thread(work);
            threads.add(thread);
            return thread;
        });
        Node bert = new Node("bert", 1, database.source(), database, SHORT).start();
        awaitThat("both have theirs", () -> anna.count() > 0 && anna.count() + bert.count() == ALL);
        failing.strike(threads.get(0));
        for (Thread thread : threads) {
            thread.join(TimeUnit.SECONDS.toMillis(60));
            assertThat(thread.isAlive()).isFalse();
        }
        assertThat(anna.keeper.incarnation()).isEmpty();
        awaitThat("bert has all", () -> bert.count() == ALL);
    }

    /** Four more renewals than now: more than a second of a keeper's life, so it has looked. */
    private static BooleanSupplier beats(TestDatabase database) {
        long now = database.sql()
                .first("select max(beats) from node", row -> row.getLong(1))
                .orElseThrow();
        return () -> database.sql()
                        .first("select max(beats) from node", row -> row.getLong(1))
                        .orElseThrow()
                > now + 3;
    }

    private static void awaitThat(String what, BooleanSupplier condition) {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(until);
            LockSupport.parkNanos(10_000_000);
        }
    }
}
