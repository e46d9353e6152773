package org.posthorn.list.signin;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class FailedSignInsTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final FailedSignIns limit = new FailedSignIns(3, Duration.ofSeconds(10));

    @Test
    void attemptsShouldRunOutAndComeBackWithTime() {
        take(3);

        assertThat(limit.take("key", START)).isEqualTo(Duration.ofSeconds(10));
        assertThat(limit.take("key", START.plusSeconds(4))).isEqualTo(Duration.ofSeconds(6));
        assertThat(limit.take("key", START.plusSeconds(10))).isZero();
        assertThat(limit.take("key", START.plusSeconds(10))).isPositive();
    }

    @Test
    void neverMoreShouldComeBackThanThereWere() {
        take(3);

        for (int i = 0; i < 3; i++) {
            assertThat(limit.take("key", START.plus(Duration.ofDays(1)))).isZero();
        }
        assertThat(limit.take("key", START.plus(Duration.ofDays(1)))).isPositive();
    }

    @Test
    void rightAttemptShouldBeGivenBack() {
        take(3);
        limit.giveBack("key", START);

        assertThat(limit.take("key", START)).isZero();
    }

    @Test
    void keysShouldNotShareTheirAttempts() {
        take(3);

        assertThat(limit.take("other", START)).isZero();
    }

    @Test
    void clockThatGoesBackShouldGiveNothing() {
        take(3);

        assertThat(limit.take("key", START.minusSeconds(100))).isPositive();
    }

    private void take(int times) {
        for (int i = 0; i < times; i++) {
            assertThat(limit.take("key", START)).isZero();
        }
    }
}
