package org.posthorn.queue.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.stream.IntStream;
import org.posthorn.queue.lease.SiteLease.Turn;
import org.posthorn.testing.BothDatabases;
import org.posthorn.testing.TestDatabase;

class SiteLeaseTest {

    private static final Incarnation ANNA = Incarnation.fresh("anna");
    private static final Incarnation BERT = Incarnation.fresh("bert");
    private static final Duration HOUR = Duration.ofHours(1);

    private static SiteLease with(TestDatabase database) {
        try (LeaseStore store = new LeaseStore(database.source(), database.dialect(), LeaseTimes.STANDARD)) {
            store.join(ANNA, 1, false);
            store.join(BERT, 1, false);
        }
        return new SiteLease(database.sql(), database.dialect());
    }

    @BothDatabases
    void oneNodeHasItsTurnAndThenThePeriodPasses(TestDatabase database) {
        SiteLease site = with(database);
        Turn turn = site.begin(ANNA, "clean-up", HOUR).orElseThrow();
        assertThat(site.begin(BERT, "clean-up", HOUR)).isEmpty();
        assertThat(site.begin(ANNA, "clean-up", HOUR))
                .as("its timer fires again while it works")
                .isEmpty();
        database.inTransaction(() -> site.check(turn));
        site.end(turn);
        assertThat(site.begin(BERT, "clean-up", HOUR)).isEmpty();
        assertThat(site.begin(BERT, "warnings", HOUR)).isPresent();
        database.sql().update("update site_task set due_at = ?", Instant.EPOCH);
        assertThat(site.begin(BERT, "clean-up", HOUR)).isPresent();
    }

    @BothDatabases
    void theDeadsTurnGoesToAnotherAndTheDeadCanCommitNothing(TestDatabase database) {
        SiteLease site = with(database);
        Turn dead = site.begin(ANNA, "clean-up", HOUR).orElseThrow();
        database.sql().update("update node set expires_at = ? where name = 'anna'", Instant.EPOCH);
        Turn next = site.begin(BERT, "clean-up", HOUR).orElseThrow();
        assertThatThrownBy(() -> database.inTransaction(() -> site.check(dead)))
                .isInstanceOf(IllegalStateException.class);
        site.end(dead);
        database.inTransaction(() -> site.check(next));
        assertThat(site.begin(ANNA, "clean-up", HOUR)).isEmpty();
    }

    @BothDatabases
    void nodesWhoseTimersFireTogetherShareOneTurn(TestDatabase database) {
        SiteLease site = with(database);
        site.end(site.begin(ANNA, "clean-up", Duration.ZERO).orElseThrow());
        CyclicBarrier together = new CyclicBarrier(4);
        List<Optional<Turn>> turns = IntStream.range(0, 4)
                .mapToObj(i -> CompletableFuture.supplyAsync(
                        () -> {
                            try {
                                together.await();
                            } catch (Exception e) {
                                throw new IllegalStateException(e);
                            }
                            return site.begin(i % 2 == 0 ? ANNA : BERT, "clean-up", HOUR);
                        },
                        run -> new Thread(run).start()))
                .toList()
                .stream()
                .map(CompletableFuture::join)
                .toList();
        assertThat(turns).filteredOn(Optional::isPresent).hasSize(1);
    }
}
