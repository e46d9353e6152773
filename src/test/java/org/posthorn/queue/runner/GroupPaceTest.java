package org.posthorn.queue.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class GroupPaceTest {

    private static final long NOW = Long.MAX_VALUE - 5_000_000; // nanoTime may wrap around

    private static long after(int millis) {
        return NOW + millis * 1_000_000L;
    }

    private final GroupPace pace = new GroupPace();

    @Test
    void theFirstGroupWaitsForNothing() {
        assertThat(pace.left(NOW)).isZero();
    }

    @Test
    void theNextOneWaitsUntilEntriesHaveGathered() {
        pace.group(1, NOW);
        assertThat(pace.left(after(10))).isEqualTo(Duration.ofMillis(20));
        assertThat(pace.left(after(30))).isZero();
    }

    @Test
    void afterAFullGroupThereIsNothingToWaitFor() {
        pace.group(SliceRunner.GROUP, NOW);
        assertThat(pace.left(after(1))).isZero();
        pace.group(SliceRunner.GROUP - 1, NOW);
        assertThat(pace.left(after(1))).isPositive();
    }

    @Test
    void whatIsNotDoneYetIsGoneOnWithAtOnce() {
        pace.group(1, NOW);
        pace.goOn();
        assertThat(pace.left(after(1))).isZero();
    }
}
