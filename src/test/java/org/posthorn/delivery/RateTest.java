package org.posthorn.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RateTest {

    private static final long START = Long.MAX_VALUE - 1; // nanoTime may wrap

    private final Rate rate = new Rate();

    private int take(int most, Duration at) {
        return rate.take(most, 10, START + at.toNanos());
    }

    @Test
    void withoutALimitAllMayGo() {
        assertThat(rate.take(500, 0, START)).isEqualTo(500);
    }

    @Test
    void oneSecondsWorthMayGoAtOnceThenNoneUntilThereIsTime() {
        assertThat(take(7, Duration.ZERO)).isEqualTo(7);
        assertThat(take(7, Duration.ZERO)).isEqualTo(3);
        assertThat(take(7, Duration.ofMillis(90))).isZero();
        assertThat(take(7, Duration.ofMillis(250))).isEqualTo(2);
    }

    @Test
    void whatWasNotUsedIsNotSavedUp() {
        take(10, Duration.ZERO);
        assertThat(take(100, Duration.ofHours(1))).isEqualTo(10);
    }
}
