package org.posthorn.queue.lease;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.posthorn.platform.metrics.Exposition;
import org.posthorn.platform.metrics.Gauges;
import org.posthorn.platform.metrics.Metric;
import org.posthorn.queue.QueueName;
import org.posthorn.testing.Eventually;
import org.posthorn.testing.Exposed;
import org.posthorn.testing.TestDatabase;
import org.posthorn.testing.TestDatabases;

/** What a keeper counts, each once. Figures are the process's: no other keeper may run meanwhile. */
@Isolated
class LeaseMetricsTest {

    private static final LeaseTimes SHORT =
            new LeaseTimes(Duration.ofSeconds(5), Duration.ofMillis(300), Duration.ofMillis(500));
    private static final Duration SOON = Duration.ofSeconds(120);
    private static final int ALL =
            Arrays.stream(QueueName.values()).mapToInt(QueueName::presetSlices).sum();

    private final TestDatabase database = TestDatabases.H2.fresh();
    private final FailingSource failing = new FailingSource(database.source());
    private final LeaseKeeper keeper =
            new LeaseKeeper(failing.source(), database.dialect(), "anna", 1, new Idle(), SHORT, false);
    private Exposed before;

    private static final class Idle implements SliceUser {

        @Override
        public void gained(Lease lease) {}

        @Override
        public boolean giveUp(Lease lease, Duration most) {
            return true;
        }

        @Override
        public void lost(Lease lease) {}
    }

    private static Exposed now() {
        return Exposed.parse(Exposition.text(new Gauges()));
    }

    private double counted(Metric metric) {
        return now().sum(metric.id()) - before.sum(metric.id());
    }

    private double counted(Metric metric, Map<String, String> labels) {
        return now().figure(metric.id(), labels) - before.figure(metric.id(), labels);
    }

    private double takeovers(String from) {
        return Arrays.stream(QueueName.values())
                .mapToDouble(queue -> counted(Metric.LEASE_TAKEOVERS, Map.of("queue", queue.label(), "from", from)))
                .sum();
    }

    private void holdsAll() {
        assertThat(Eventually.holds(SOON, () -> keeper.held().size() == ALL)).isTrue();
    }

    @BeforeEach
    void start() throws InterruptedException {
        before = now();
        keeper.start(Thread::new);
        holdsAll();
    }

    @AfterEach
    void close() {
        keeper.close(Duration.ofSeconds(1));
        database.close();
    }

    @Test
    void freeSlicesAreCountedOnceEachAsTheyAreTaken() {
        assertThat(takeovers("free")).isEqualTo(ALL);
        assertThat(takeovers("dead")).isZero();
        assertThat(counted(Metric.LEASE_LAPSES)).isZero();
        assertThat(Eventually.holds(SOON, () -> counted(Metric.LEASE_RENEWALS, Map.of("outcome", "done")) > 1))
                .isTrue();
        assertThat(counted(Metric.LEASE_RENEWALS, Map.of("outcome", "failed"))).isZero();
    }

    @Test
    void anOutageIsOneLapseAndTheSlicesComeBackFromTheDead() {
        failing.away(true);
        assertThat(Eventually.holds(SOON, () -> keeper.incarnation().isEmpty())).isTrue();
        assertThat(counted(Metric.LEASE_RENEWALS, Map.of("outcome", "failed"))).isPositive();
        failing.away(false);
        holdsAll();

        assertThat(counted(Metric.LEASE_LAPSES)).isEqualTo(1);
        assertThat(takeovers("free")).isEqualTo(ALL);
        assertThat(takeovers("dead")).isEqualTo(ALL);
        assertThat(counted(Metric.LEASE_LOST)).as("nobody else had them").isZero();
    }

    @Test
    void aSliceThatIsAnothersIsCountedAsLostOnce() {
        database.sql()
                .update(
                        "update slice_lease set epoch = epoch + 5, node = 'ghost', incarnation = 'ghost' where queue = 'OUT' and slice = 3");
        assertThat(Eventually.holds(SOON, () -> counted(Metric.LEASE_LOST) > 0)).isTrue();
        holdsAll();

        assertThat(counted(Metric.LEASE_LOST, Map.of("queue", "out"))).isEqualTo(1);
        assertThat(counted(Metric.LEASE_LOST)).isEqualTo(1);
        assertThat(takeovers("dead")).isEqualTo(1);
    }
}
