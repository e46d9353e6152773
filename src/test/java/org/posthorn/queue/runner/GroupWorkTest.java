package org.posthorn.queue.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.posthorn.queue.QueueName.ARCHIVE;
import static org.posthorn.queue.QueueName.BAD;
import static org.posthorn.queue.QueueName.IN;
import static org.posthorn.queue.QueueName.SHUNT;
import static org.posthorn.queue.QueueOnDatabase.NOW;

import java.util.List;
import java.util.Map;
import org.posthorn.queue.NewEntry;
import org.posthorn.queue.QueueEntry;
import org.posthorn.queue.QueueName;
import org.posthorn.queue.QueueOnDatabase;
import org.posthorn.queue.lease.FencedException;
import org.posthorn.queue.lease.Lease;
import org.posthorn.testing.BothDatabases;
import org.posthorn.testing.CapturedLog;
import org.posthorn.testing.TestDatabase;

class GroupWorkTest {

    private QueueOnDatabase queue;
    private GroupWork groups;
    private ScriptedStage stage;
    private Lease lease;
    private long posting;

    private QueueEntry open(TestDatabase database) {
        queue = new QueueOnDatabase(database);
        groups = new GroupWorkInTransactions(queue, queue.entries);
        stage = new ScriptedStage(queue);
        lease = queue.aLease(IN);
        posting = queue.aPosting();
        return queue.enqueued(NewEntry.of(IN, null, posting, null, Map.of("kind", "post", "sender", "s"), NOW, NOW));
    }

    private static Stage saying(Stage.Outcome outcome) {
        return new Stage() {
            @Override
            public QueueName queue() {
                return IN;
            }

            @Override
            public Outcome process(QueueEntry entry) {
                return outcome;
            }
        };
    }

    @BothDatabases
    void anEntryLeavesWithWhatFollowsFromIt(TestDatabase database) {
        QueueEntry entry = open(database);
        groups.process(stage, lease, List.of(entry));
        assertThat(queue.find(entry.id())).isEmpty();
        assertThat(queue.due(ARCHIVE)).hasSize(1);
    }

    @BothDatabases
    void aRunnerWhoseSliceWasTakenOverStoresNothing(TestDatabase database) {
        QueueEntry entry = open(database);
        queue.takeOver(lease);
        assertThatThrownBy(() -> groups.process(stage, lease, List.of(entry))).isInstanceOf(FencedException.class);
        assertThat(stage.asked()).hasSize(1);
        assertThat(queue.reread(entry)).isEqualTo(entry);
        assertThat(queue.due(ARCHIVE)).isEmpty();
    }

    @BothDatabases
    void aRunnerOfAnEarlierCutStoresNothing(TestDatabase database) {
        QueueEntry entry = open(database);
        queue.sql.update("update slice_fence set generation = generation + 1");
        assertThatThrownBy(() -> groups.process(stage, lease, List.of(entry))).isInstanceOf(FencedException.class);
        assertThat(queue.due(ARCHIVE)).isEmpty();
    }

    @BothDatabases
    void aFencedRunnerBlamesNoEntry(TestDatabase database) {
        QueueEntry entry = open(database);
        queue.takeOver(lease);
        assertThatThrownBy(() -> groups.failed(lease, entry, new IllegalStateException()))
                .isInstanceOf(FencedException.class);
        assertThatThrownBy(() -> groups.crashed(lease, entry)).isInstanceOf(FencedException.class);
        assertThat(queue.reread(entry)).isEqualTo(entry);
        assertThat(queue.events(posting)).isEmpty();
    }

    @BothDatabases
    void nothingOfAGroupIsStoredWhenOneOfItsEntriesIsGone(TestDatabase database) {
        QueueEntry entry = open(database);
        QueueEntry gone = queue.enqueued(IN);
        queue.entries.done(gone);
        assertThatThrownBy(() -> groups.process(stage, lease, List.of(entry, gone)))
                .isInstanceOf(IllegalStateException.class);
        assertThat(queue.find(entry.id())).isPresent();
        assertThat(queue.due(ARCHIVE)).isEmpty();
    }

    @BothDatabases
    void anEntryThatGoesOnRemembersWhatTheStageAddsAndWhatItHad(TestDatabase database) {
        QueueEntry entry = open(database);
        groups.process(
                saying(new Stage.Outcome.GoOn(42, Map.of("kind", "changed", "cooked", "9"))), lease, List.of(entry));
        assertThat(queue.reread(entry).attributes()).isEqualTo(Map.of("kind", "changed", "sender", "s", "cooked", "9"));
        assertThat(queue.reread(entry).progress()).isEqualTo(42);
    }

    @BothDatabases
    void whatNothingCanBeMadeOfIsKeptInBadWithTheReason(TestDatabase database) {
        QueueEntry entry = open(database);
        groups.process(saying(new Stage.Outcome.Bad("no header")), lease, List.of(entry));
        assertThat(queue.reread(entry).queue()).isEqualTo(BAD);
        assertThat(queue.reread(entry).origin()).isEqualTo(IN);
        assertThat(queue.events(posting)).containsExactly("bad: no header");
    }

    @BothDatabases
    void aFailedEntryWaitsLongerEachTimeWithTheRootCauseAsItsError(TestDatabase database) {
        QueueEntry entry = open(database);
        RuntimeException error = new IllegalStateException("outer", new IllegalArgumentException("inner \0 cause"));
        groups.failed(lease, entry, error);
        QueueEntry once = queue.reread(entry);
        assertThat(once.failures()).isEqualTo(1);
        assertThat(once.tries()).isZero();
        assertThat(once.due()).isEqualTo(NOW.plusSeconds(2));
        assertThat(once.lastError()).startsWith("java.lang.IllegalArgumentException: inner   cause at ");
        groups.failed(lease, once, error);
        assertThat(queue.reread(entry).due()).isEqualTo(NOW.plusSeconds(4));
    }

    private static List<String> shunted(CapturedLog log) {
        return log.lines().stream().filter(line -> line.startsWith("Shunted")).toList();
    }

    @BothDatabases
    void aShuntedEntryIsOneLineOfTheLogAndItsFailuresBeforeAreNone(TestDatabase database) {
        QueueEntry entry = open(database);
        try (CapturedLog log = new CapturedLog()) {
            for (int i = 0; i < 3; i++) {
                groups.failed(lease, queue.reread(entry), new IllegalStateException("no"));
            }
            assertThat(shunted(log)).isEmpty();
            groups.failed(lease, queue.reread(entry), new IllegalStateException("no"));
            assertThat(shunted(log))
                    .singleElement()
                    .satisfies(line -> assertThat(line)
                            .contains(
                                    " posting=" + posting,
                                    " queue=in",
                                    " reason=\"java.lang.IllegalStateException: no"));
        }
    }

    @BothDatabases
    void whatCrashesOrCannotBeReadIsALineEachOfTheSameFate(TestDatabase database) {
        QueueEntry entry = open(database);
        QueueEntry crashing =
                queue.enqueued(NewEntry.of(IN, null, posting, null, Map.of("kind", "post", "sender", "s"), NOW, NOW));
        try (CapturedLog log = new CapturedLog()) {
            groups.process(saying(new Stage.Outcome.Bad("no header")), lease, List.of(entry));
            groups.crashed(lease, crashing);
            assertThat(shunted(log)).hasSize(2);
            assertThat(shunted(log).get(0))
                    .contains(" posting=" + posting, " queue=in", " to=bad", " reason=\"no header\"");
            assertThat(shunted(log).get(1)).contains(" posting=" + posting, " queue=in", " reason=\"the process ended");
        }
    }

    @BothDatabases
    void anEntryThatFailedFourTimesIsShunted(TestDatabase database) {
        QueueEntry entry = open(database);
        for (int i = 0; i < 3; i++) {
            groups.failed(lease, queue.reread(entry), new IllegalStateException("no"));
            assertThat(queue.reread(entry).queue()).isEqualTo(IN);
        }
        groups.failed(lease, queue.reread(entry), new IllegalStateException("no"));
        assertThat(queue.reread(entry).queue()).isEqualTo(SHUNT);
        assertThat(queue.events(posting))
                .last()
                .asString()
                .startsWith("shunted: in: java.lang.IllegalStateException: no");
    }
}
