package org.posthorn.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class HealthTest {

    private static final long START = Long.MAX_VALUE - Duration.ofSeconds(2).toNanos(); // nanoTime may wrap

    private final Health health = new Health();

    private void fails(int times, long at) {
        for (int i = 0; i < times; i++) {
            health.failed("gone", at);
        }
    }

    private static long after(Duration time) {
        return START + time.toNanos();
    }

    @Test
    void twoFailuresInARowAreNoReasonToSkipIt() {
        fails(2, START);
        assertThat(health.state()).isEqualTo(Health.State.FAILING);
        assertThat(health.mayTry(START)).isTrue();
    }

    @Test
    void afterThreeItIsSkippedUntilThePauseIsOver() {
        fails(3, START);
        assertThat(health.state()).isEqualTo(Health.State.DOWN);
        assertThat(health.mayTry(after(Duration.ofMillis(499)))).isFalse();
        assertThat(health.mayTry(after(Duration.ofMillis(1001)))).isTrue();
    }

    @Test
    void oneAtATimeProbesIt() {
        fails(3, START);
        health.mayTry(after(Duration.ofSeconds(5)));
        assertThat(health.state()).isEqualTo(Health.State.PROBING);
        assertThat(health.mayTry(after(Duration.ofSeconds(5)))).isFalse();
    }

    @Test
    void aProbeThatWasNotMadeIsLeftToTheNext() {
        fails(3, START);
        health.mayTry(after(Duration.ofSeconds(5)));
        health.notTried();
        assertThat(health.mayTry(after(Duration.ofSeconds(5)))).isTrue();
    }

    @Test
    void aProbeOfWhichNobodyHearsAgainLapses() {
        fails(3, START);
        health.mayTry(after(Duration.ofSeconds(5)));
        assertThat(health.mayTry(after(Duration.ofMinutes(11)))).isFalse();
        assertThat(health.mayTry(after(Duration.ofMinutes(11).plusSeconds(5)))).isTrue();
    }

    @Test
    void aFailedProbePausesItForLongerButNeverPastAMinute() {
        fails(5, START);
        assertThat(health.mayTry(after(Duration.ofMillis(1_999)))).isFalse();
        fails(100, START);
        assertThat(health.mayTry(after(Duration.ofSeconds(29)))).isFalse();
        assertThat(health.mayTry(after(Duration.ofSeconds(61)))).isTrue();
    }

    @Test
    void oneThatWorksIsUpAgainWithNothingHeldAgainstIt() {
        fails(7, START);
        health.worked();
        assertThat(health.state()).isEqualTo(Health.State.UP);
        assertThat(health.reason()).isEmpty();
        fails(2, START);
        assertThat(health.mayTry(START)).isTrue();
    }

    @Test
    void theReasonIsTheLastOne() {
        fails(1, START);
        health.failed("421 busy", START);
        assertThat(health.reason()).isEqualTo("421 busy");
    }

    @Test
    void nobodyElseGivesAProbeUp() throws Exception {
        fails(3, START);
        assertThat(health.mayTry(after(Duration.ofSeconds(5)))).isTrue();
        Thread other = new Thread(health::notTried);
        other.start();
        other.join();
        assertThat(health.mayTry(after(Duration.ofSeconds(6)))).isFalse();
        health.notTried();
        assertThat(health.mayTry(after(Duration.ofSeconds(6)))).isTrue();
    }
}
