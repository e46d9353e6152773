package org.posthorn.queue.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.posthorn.testing.BothDatabases;
import org.posthorn.testing.TestDatabase;

class JoiningTest {

    private static final Incarnation FORMER = Incarnation.fresh("anna");

    private final List<Duration> pauses = new ArrayList<>();

    private Incarnation join(TestDatabase database, boolean proven, Runnable whileWaiting) throws InterruptedException {
        try (LeaseStore store = new LeaseStore(database.source(), database.dialect(), LeaseTimes.STANDARD)) {
            return new Joining(store, LeaseTimes.STANDARD, proven, time -> {
                        pauses.add(time);
                        whileWaiting.run();
                    })
                    .join("anna", 1);
        }
    }

    private static void former(TestDatabase database) {
        try (LeaseStore store = new LeaseStore(database.source(), database.dialect(), LeaseTimes.STANDARD)) {
            store.join(FORMER, 1, false);
        }
    }

    @BothDatabases
    void theFirstOfItsNameJoinsAtOnce(TestDatabase database) throws InterruptedException {
        assertThat(join(database, false, () -> {}).node()).isEqualTo("anna");
        assertThat(pauses).isEmpty();
    }

    @BothDatabases
    void aNodeThatCrashedComesBackWhenItsLeaseTimeIsOver(TestDatabase database) throws InterruptedException {
        former(database);
        Incarnation next = join(database, false, () -> {
            if (pauses.size() == 3) {
                database.sql().update("update node set expires_at = ?", Instant.EPOCH);
            }
        });
        assertThat(next).isNotEqualTo(FORMER);
        assertThat(pauses).hasSize(3);
    }

    @BothDatabases
    void aNodeThatCrashedComesBackAtOnceWhenAFileLockProvesItDead(TestDatabase database) throws InterruptedException {
        former(database);
        join(database, true, () -> {});
        assertThat(pauses).isEmpty();
    }

    @BothDatabases
    void aNameWhoseHeartBeatsIsRefused(TestDatabase database) {
        former(database);
        assertThatThrownBy(
                        () -> join(database, false, () -> database.sql().update("update node set beats = beats + 1")))
                .isInstanceOf(NodeNameTakenException.class)
                .hasMessageContaining("\"anna\"")
                .hasMessageContaining("POSTHORN_NODE");
        assertThat(pauses).hasSize(1);
    }

    @BothDatabases
    void aNameThatAnotherTookWhileWaitingIsRefused(TestDatabase database) {
        former(database);
        assertThatThrownBy(() ->
                        join(database, false, () -> database.sql().update("update node set incarnation = 'another'")))
                .isInstanceOf(NodeNameTakenException.class);
    }

    @BothDatabases
    void waitingHasAnEnd(TestDatabase database) {
        former(database);
        assertThatThrownBy(() -> join(database, false, () -> {})).isInstanceOf(NodeNameTakenException.class);
        assertThat(pauses.stream().reduce(Duration.ZERO, Duration::plus))
                .isBetween(
                        LeaseTimes.STANDARD.lease(), LeaseTimes.STANDARD.lease().multipliedBy(3));
    }
}
