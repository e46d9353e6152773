package org.posthorn.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SliceWatchTest {

    private final SliceWatch watch = new SliceWatch(() -> true, () -> Duration.ZERO, "", "");

    private void at(int seconds, boolean canDeliver, Map<String, Long> figures) {
        watch.judge(figures, canDeliver, Duration.ofSeconds(seconds));
    }

    @Test
    void sliceThatStandsStillShouldBeSeenThoughOthersGetOn() {
        at(0, true, Map.of("OUT 3", 5L, "OUT 4", 1L));
        at(20, true, Map.of("OUT 3", 5L, "OUT 4", 2L));
        at(40, true, Map.of("OUT 3", 5L, "OUT 4", 3L));

        assertThat(watch.longest()).isEqualTo(new Stall("OUT 3", Duration.ZERO, Duration.ofSeconds(40)));
        assertThat(watch.longest().isWithin(Setup.MOST_STALL)).isFalse();
    }

    @Test
    void sliceThatGotOnOrHadNothingToDoShouldBeginAnew() {
        at(0, true, Map.of("OUT 3", 5L));
        at(10, true, Map.of("OUT 3", 6L));
        at(15, true, Map.of());
        at(20, true, Map.of("OUT 3", 6L));
        at(29, true, Map.of("OUT 3", 6L));

        assertThat(watch.longest().length()).isEqualTo(Duration.ofSeconds(9));
    }

    @Test
    void timeInWhichNothingCanBeDeliveredShouldNotCount() {
        at(0, true, Map.of("OUT 3", 5L));
        at(10, false, Map.of("OUT 3", 5L));
        at(90, false, Map.of("OUT 3", 5L));
        at(95, true, Map.of("OUT 3", 5L));

        assertThat(watch.longest().length()).isEqualTo(Duration.ofSeconds(5));
    }
}
