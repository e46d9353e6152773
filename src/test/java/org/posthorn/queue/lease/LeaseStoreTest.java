package org.posthorn.queue.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.posthorn.queue.QueueName.OUT;
import static org.posthorn.queue.QueueName.PIPELINE;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.posthorn.platform.Dialect;
import org.posthorn.queue.QueueName;
import org.posthorn.testing.BothDatabases;
import org.posthorn.testing.TestDatabase;

/** What the protocol relies on, on both databases. Lapsing is made by moving a row's time, not by waiting for it. */
class LeaseStoreTest {

    private static final Incarnation ANNA = Incarnation.fresh("anna");
    private static final Incarnation BERT = Incarnation.fresh("bert");

    private LeaseStore store;

    private LeaseStore open(TestDatabase database) {
        store = new LeaseStore(database.source(), database.dialect(), LeaseTimes.STANDARD);
        store.plan();
        return store;
    }

    @AfterEach
    void close() {
        store.close();
    }

    @BothDatabases
    void firstStartMakesPlansFromThePresetsAndTheNextLeavesThemAlone(TestDatabase database) {
        open(database);
        database.sql().update("update queue_plan set threads = 3 where queue = 'OUT'");
        store.plan();
        Site site = store.site();
        assertThat(site.plan(OUT)).contains(new SlicePlan(OUT, 1, 16, null, 3, 1));
        assertThat(site.leases(OUT)).hasSize(16).allMatch(row -> row.holder() == null && row.epoch() == 0);
        assertThat(site.plan(QueueName.SHUNT)).isEmpty();
    }

    @BothDatabases
    void aHeldSliceIsNotTakenByAnother(TestDatabase database) {
        open(database);
        store.join(ANNA, 1, false);
        store.join(BERT, 1, false);
        assertThat(store.take(ANNA, OUT, 3)).contains(new Lease(OUT, 3, 16, 1, 1, ANNA));
        assertThat(store.take(BERT, OUT, 3)).isEmpty();
    }

    @BothDatabases
    void aReleasedSliceIsTakenUnderTheNextEpoch(TestDatabase database) {
        open(database);
        store.join(ANNA, 1, false);
        store.join(BERT, 1, false);
        store.release(store.take(ANNA, OUT, 3).orElseThrow());
        assertThat(store.take(BERT, OUT, 3).orElseThrow().epoch()).isEqualTo(2);
    }

    @BothDatabases
    void aReleaseOfAnEarlierEpochChangesNothing(TestDatabase database) {
        open(database);
        store.join(ANNA, 1, false);
        Lease first = store.take(ANNA, OUT, 3).orElseThrow();
        store.release(first);
        store.take(ANNA, OUT, 3);
        store.release(first);
        assertThat(LeaseRows.lease(database.sql(), OUT, 3, "").holder()).isEqualTo(ANNA);
    }

    @BothDatabases
    void aLapsedHoldersSliceIsTakenOverAndItsIncarnationIsOverForGood(TestDatabase database) {
        open(database);
        store.join(ANNA, 1, false);
        store.join(BERT, 1, false);
        Lease old = store.take(ANNA, OUT, 3).orElseThrow();
        lapse(database, "anna");
        Lease taken = store.take(BERT, OUT, 3).orElseThrow();
        assertThat(taken.epoch()).isEqualTo(old.epoch() + 1);
        assertThat(store.look("anna").row().incarnation()).isEqualTo(NodeRow.STRUCK);

        database.sql()
                .update(
                        "update node set expires_at = ? where name = 'anna'",
                        store.site().now().plusSeconds(60));
        assertThat(store.renew(ANNA)).isFalse();
    }

    @BothDatabases
    void aLapsedIncarnationIsNotRenewedEvenIfNobodyTookOver(TestDatabase database) {
        open(database);
        store.join(ANNA, 1, false);
        assertThat(store.renew(ANNA)).isTrue();
        lapse(database, "anna");
        assertThat(store.renew(ANNA)).isFalse();
    }

    @BothDatabases
    void aNewIncarnationDoesNotInheritItsFormersSlices(TestDatabase database) {
        open(database);
        store.join(ANNA, 1, false);
        store.take(ANNA, OUT, 3);
        lapse(database, "anna");
        Incarnation next = Incarnation.fresh("anna");
        assertThat(store.join(next, 1, false)).isTrue();
        assertThat(store.take(next, OUT, 3).orElseThrow().epoch()).isEqualTo(2);
        assertThat(store.renew(ANNA)).isFalse();
    }

    @BothDatabases
    void aLiveNodesNameIsRefusedUnlessItsFormerLifeIsProvenOver(TestDatabase database) {
        open(database);
        store.join(ANNA, 1, false);
        Incarnation second = Incarnation.fresh("anna");
        assertThat(store.join(second, 1, false)).isFalse();
        assertThat(store.renew(ANNA)).isTrue();
        assertThat(store.join(second, 1, true)).isTrue();
    }

    @BothDatabases
    void leavingGivesEverythingBackAtOnce(TestDatabase database) {
        open(database);
        store.join(ANNA, 1, false);
        store.join(BERT, 1, false);
        store.take(ANNA, OUT, 3);
        store.leave(ANNA);
        assertThat(store.take(BERT, OUT, 3)).isPresent();
        assertThat(store.site().liveNodes()).extracting(NodeRow::name).containsExactly("bert");
        assertThat(store.join(Incarnation.fresh("anna"), 1, false)).isTrue();
    }

    @BothDatabases
    void theFenceLetsTheHolderCommitAndNobodyElse(TestDatabase database) {
        open(database);
        Fence fence = new Fence(database.sql(), database.dialect());
        store.join(ANNA, 1, false);
        store.join(BERT, 1, false);
        Lease old = store.take(ANNA, OUT, 3).orElseThrow();
        database.inTransaction(() -> fence.check(old));
        lapse(database, "anna");
        Lease taken = store.take(BERT, OUT, 3).orElseThrow();
        database.inTransaction(() -> fence.check(taken));
        assertThatThrownBy(() -> database.inTransaction(() -> fence.check(old))).isInstanceOf(FencedException.class);
    }

    @BothDatabases
    void aTakeoverWaitsForARunnerThatIsCommitting(TestDatabase database) throws Exception {
        open(database);
        Fence fence = new Fence(database.sql(), database.dialect());
        store.join(ANNA, 1, false);
        store.join(BERT, 1, false);
        Lease old = store.take(ANNA, OUT, 3).orElseThrow();
        lapse(database, "anna");
        CountDownLatch checked = new CountDownLatch(1);
        CountDownLatch commit = new CountDownLatch(1);
        CompletableFuture<Long> committed = CompletableFuture.supplyAsync(() -> database.inTransaction(() -> {
            database.sql().update("insert into site_setting (name, content) values ('work', 'done')");
            fence.check(old);
            checked.countDown();
            assertThat(commit.await(60, TimeUnit.SECONDS)).isTrue();
            return System.nanoTime();
        }));
        assertThat(checked.await(60, TimeUnit.SECONDS)).isTrue();
        CompletableFuture<Integer> seenAfterTakeover = CompletableFuture.supplyAsync(() -> {
            store.take(BERT, OUT, 3).orElseThrow();
            return database.sql()
                    .first("select count(*) from site_setting", row -> row.getInt(1))
                    .orElseThrow();
        });
        awaitLockWaiter(database);
        assertThat(seenAfterTakeover).isNotDone();
        commit.countDown();
        committed.get(60, TimeUnit.SECONDS);
        assertThat(seenAfterTakeover.get(60, TimeUnit.SECONDS)).isEqualTo(1);
    }

    @BothDatabases
    void aRenewalThatMeetsATakeoverComesTooLate(TestDatabase database) throws Exception {
        open(database);
        store.join(ANNA, 1, false);
        CompletableFuture<Boolean> renewed = new CompletableFuture<>();
        database.inTransaction(() -> {
            // The takeover has the row; the renewal has read the clock while it was still in time.
            database.sql().first("select name from node where name = 'anna' for update", row -> row.getString(1));
            CompletableFuture.runAsync(() -> renewed.complete(store.renew(ANNA)));
            awaitLockWaiter(database);
            database.sql().update("update node set incarnation = ? where name = 'anna'", NodeRow.STRUCK);
        });
        assertThat(renewed.get(60, TimeUnit.SECONDS)).isFalse();
    }

    @BothDatabases
    void aNewCutOpensOnlyWhenAllHaveGivenUpAndFencesTheFormerGeneration(TestDatabase database) {
        open(database);
        Fence fence = new Fence(database.sql(), database.dialect());
        Slices slices = new Slices(database.sql(), database.dialect(), database.audit());
        store.join(ANNA, 1, false);
        Lease old = store.take(ANNA, PIPELINE, 1).orElseThrow();
        slices.cut(PIPELINE, 2);
        assertThat(store.take(ANNA, PIPELINE, 0)).isEmpty();
        assertThat(store.open(PIPELINE)).isFalse();
        store.release(old);
        assertThat(store.open(PIPELINE)).isTrue();
        assertThat(store.open(PIPELINE)).isFalse();

        Lease taken = store.take(ANNA, PIPELINE, 1).orElseThrow();
        assertThat(taken.generation()).isEqualTo(2);
        assertThat(taken.slices()).isEqualTo(2);
        assertThat(taken.epoch()).isGreaterThan(old.epoch());
        database.inTransaction(() -> fence.check(taken));
        assertThatThrownBy(() -> database.inTransaction(() -> fence.check(old))).isInstanceOf(FencedException.class);
        Lease ofACutSlice = new Lease(PIPELINE, 3, 4, 1, 0, ANNA);
        assertThatThrownBy(() -> database.inTransaction(() -> fence.check(ofACutSlice)))
                .isInstanceOf(FencedException.class);
    }

    @BothDatabases
    void aNewCutDoesNotWaitForTheDead(TestDatabase database) {
        open(database);
        store.join(ANNA, 1, false);
        store.take(ANNA, PIPELINE, 1);
        new Slices(database.sql(), database.dialect(), database.audit()).cut(PIPELINE, 8);
        assertThat(store.open(PIPELINE)).isFalse();
        lapse(database, "anna");
        assertThat(store.open(PIPELINE)).isTrue();
        assertThat(store.site().leases(PIPELINE)).hasSize(8);
        assertThat(store.renew(ANNA)).isFalse();
    }

    @BothDatabases
    void planShouldBeChangedOnlyAsItWasSeen(TestDatabase database) {
        open(database);
        store.join(ANNA, 1, false);
        Slices slices = new Slices(database.sql(), database.dialect(), database.audit());
        SlicePlan seen = plan(slices);

        assertThat(slices.change(seen, seen.slices(), 3, 4)).isTrue();
        assertThat(slices.change(seen, 2, 5, 5)).as("seen before").isFalse();
        assertThat(plan(slices)).isEqualTo(new SlicePlan(PIPELINE, seen.generation(), seen.slices(), null, 3, 4));

        assertThat(slices.change(plan(slices), 2, 3, 4)).isTrue();
        assertThat(plan(slices).nextSlices()).isEqualTo(2);
        assertThat(database.audited())
                .extracting(entry -> entry.details().orElse(""))
                .containsExactlyInAnyOrder("threads=3 priority=4", "slices=2");
    }

    private static SlicePlan plan(Slices slices) {
        return slices.queues().stream()
                .map(Slices.Queue::plan)
                .filter(one -> one.queue() == PIPELINE)
                .findFirst()
                .orElseThrow();
    }

    @BothDatabases
    void administratorsSeeWhoHoldsWhat(TestDatabase database) {
        open(database);
        Slices slices = new Slices(database.sql(), database.dialect(), database.audit());
        store.join(ANNA, 3, false);
        store.take(ANNA, PIPELINE, 1);
        slices.pin(PIPELINE, 2, Optional.of("bert"));
        slices.drain("anna", true);
        slices.share(PIPELINE, OptionalInt.of(2), OptionalInt.empty());
        slices.share(PIPELINE, OptionalInt.empty(), OptionalInt.of(5));
        assertThat(database.audited())
                .extracting(entry -> entry.action() + " " + entry.subject().name())
                .containsExactlyInAnyOrder("pin pipeline/2", "drain anna", "change pipeline", "change pipeline");

        Slices.Queue queue = slices.queues().stream()
                .filter(one -> one.plan().queue() == PIPELINE)
                .findFirst()
                .orElseThrow();
        assertThat(queue.plan().threads()).isEqualTo(2);
        assertThat(queue.slices()).hasSize(4);
        assertThat(queue.slices().get(1).node()).contains("anna");
        assertThat(queue.slices().get(2).pinnedNode()).contains("bert");
        assertThat(slices.nodes())
                .extracting(Slices.Node::name, Slices.Node::weight, Slices.Node::draining, Slices.Node::slices)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("anna", 3, true, 1));
        lapse(database, "anna");
        assertThat(slices.nodes()).isEmpty();
        assertThat(slices.queues())
                .allSatisfy(one -> assertThat(one.slices())
                        .allSatisfy(slice -> assertThat(slice.node()).isEmpty()));
        assertThatThrownBy(() -> slices.cut(QueueName.SHUNT, 4)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> slices.cut(PIPELINE, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @BothDatabases
    void theDeadsExecutionsAreMarkedAsFailedAndForgotten(TestDatabase database) {
        open(database);
        Executions executions = new Executions(database.sql(), database.dialect());
        store.join(ANNA, 1, false);
        executions.record(7, ANNA);
        executions.record(8, ANNA);
        executions.forget(8);
        assertThat(store.buryExecutions()).isEmpty();
        database.sql()
                .update(
                        "create table jbatchEXECUTIONINSTANCEDATA (jobexecid bigint, endtime timestamp, batchstatus varchar(512), exitstatus varchar(512))");
        database.sql().update("insert into jbatchEXECUTIONINSTANCEDATA (jobexecid, batchstatus) values (7, 'STARTED')");
        lapse(database, "anna");
        assertThat(store.buryExecutions()).containsExactly(7L);
        assertThat(database.sql()
                        .list(
                                "select batchstatus from jbatchEXECUTIONINSTANCEDATA where endtime is not null",
                                row -> row.getString(1)))
                .containsExactly("FAILED");
        assertThat(store.buryExecutions()).isEmpty();
    }

    private static void lapse(TestDatabase database, String node) {
        database.sql()
                .update(
                        "update node set expires_at = ? where name = ?",
                        java.time.Instant.EPOCH.plus(Duration.ofDays(1)),
                        node);
    }

    /** Waits until some session waits for a lock: the databases say so. */
    private static void awaitLockWaiter(TestDatabase database) {
        String waiters = database.dialect() == Dialect.POSTGRESQL
                ? "select count(*) from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()"
                : "select count(*) from information_schema.sessions where blocker_id is not null";
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        // On another thread, so another connection: within a transaction PostgreSQL's view of its sessions stands
        // still.
        while (CompletableFuture.supplyAsync(() -> database.sql()
                                .first(waiters, row -> row.getInt(1))
                                .orElseThrow())
                        .join()
                == 0) {
            assertThat(System.nanoTime()).as("nobody waits for a lock").isLessThan(until);
            Thread.onSpinWait();
        }
    }
}
