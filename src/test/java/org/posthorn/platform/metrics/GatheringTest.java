package org.posthorn.platform.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.posthorn.platform.actor.Acting;
import org.posthorn.platform.actor.Actor;
import org.posthorn.platform.actor.Via;

class GatheringTest {

    private final AtomicLong now = new AtomicLong();
    private final AtomicInteger asked = new AtomicInteger();
    private boolean up = true;

    private final GaugeSource fromDatabase = new GaugeSource() {
        @Override
        public void gather(Gauges gauges) {
            gauges.set(Metric.HELD_MESSAGES, asked.incrementAndGet());
        }

        @Override
        public Duration maxAge() {
            return FROM_DATABASE;
        }
    };

    private double held(Gathering gathering) {
        return gathering.gather().of(Metric.HELD_MESSAGES).get(0).figure();
    }

    @Test
    void databaseShouldBeAskedEveryFewSecondsHoweverManyRead() {
        Gathering gathering = new Gathering(List.of(fromDatabase), () -> up, now::get);

        assertThat(held(gathering)).isEqualTo(1);
        assertThat(held(gathering)).isEqualTo(1);
        now.addAndGet(GaugeSource.FROM_DATABASE.toNanos());
        assertThat(held(gathering)).isEqualTo(2);
    }

    @Test
    void databaseThatIsAwayShouldNotBeWaitedFor() {
        up = false;
        Gathering gathering = new Gathering(List.of(fromDatabase), () -> up, now::get);

        assertThat(gathering.gather().of(Metric.HELD_MESSAGES)).isEmpty();
        assertThat(asked).hasValue(0);
        up = true;
        assertThat(held(gathering)).isEqualTo(1);
    }

    @Test
    void failingSourceShouldCostItsOwnFiguresOnly() {
        GaugeSource failing = gauges -> {
            gauges.set(Metric.NODES, 1);
            throw new IllegalStateException("the database is away");
        };

        Gauges gauges = new Gathering(List.of(failing, fromDatabase), () -> up, now::get).gather();

        assertThat(gauges.of(Metric.NODES)).isEmpty();
        assertThat(gauges.of(Metric.HELD_MESSAGES)).hasSize(1);
    }

    @Test
    void sourcesShouldBeAskedInTheServersOwnName() {
        Actor[] acting = new Actor[1];
        GaugeSource source = gauges -> acting[0] = Acting.current();

        try (Acting.Bound nobody = Acting.as(Actor.anonymous(Via.CONSOLE))) {
            new Gathering(List.of(source), () -> up, now::get).gather();
            assertThat(Acting.current().name()).isEqualTo("anonymous");
        }

        assertThat(acting[0]).isEqualTo(Actor.SYSTEM);
    }
}
