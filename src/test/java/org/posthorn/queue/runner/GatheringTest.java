package org.posthorn.queue.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class GatheringTest {

    private static final long NOW = Long.MAX_VALUE - 5_000_000; // nanoTime may wrap around

    private static long after(int millis) {
        return NOW + millis * 1_000_000L;
    }

    private final Gathering gathering = new Gathering();

    @Test
    void theFirstGroupWaitsForNothing() {
        assertThat(gathering.left(NOW)).isZero();
    }

    @Test
    void theNextOneWaitsUntilEntriesHaveGathered() {
        gathering.group(1, NOW);
        assertThat(gathering.left(after(10))).isEqualTo(Duration.ofMillis(20));
        assertThat(gathering.left(after(30))).isZero();
    }

    @Test
    void afterAFullGroupThereIsNothingToWaitFor() {
        gathering.group(SliceRunner.GROUP, NOW);
        assertThat(gathering.left(after(1))).isZero();
        gathering.group(SliceRunner.GROUP - 1, NOW);
        assertThat(gathering.left(after(1))).isPositive();
    }

    @Test
    void whatIsNotDoneYetIsGoneOnWithAtOnce() {
        gathering.group(1, NOW);
        gathering.goOn();
        assertThat(gathering.left(after(1))).isZero();
    }
}
