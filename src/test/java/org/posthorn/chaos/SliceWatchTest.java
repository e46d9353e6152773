package org.posthorn.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SliceWatchTest {

    private static final SliceWatch.Entry DUE = new SliceWatch.Entry(0, true);
    private static final SliceWatch.Entry FURTHER = new SliceWatch.Entry(7, true);
    private static final SliceWatch.Entry LATER = new SliceWatch.Entry(0, false);

    private final SliceWatch watch = new SliceWatch(() -> true, () -> Duration.ZERO, "", "");

    private void at(int seconds, Map<String, Map<Long, SliceWatch.Entry>> seen) {
        watch.judge(seen, true, Duration.ofSeconds(seconds));
    }

    private static Map<String, Map<Long, SliceWatch.Entry>> slice(Map<Long, SliceWatch.Entry> entries) {
        return Map.of("OUT 3", entries);
    }

    @Test
    void sliceThatStandsStillShouldBeSeenThoughOthersGetOn() {
        at(0, Map.of("OUT 3", Map.of(1L, DUE), "OUT 4", Map.of(2L, DUE)));
        at(20, Map.of("OUT 3", Map.of(1L, DUE), "OUT 4", Map.of(2L, FURTHER)));
        at(40, Map.of("OUT 3", Map.of(1L, DUE), "OUT 4", Map.of(3L, DUE)));

        assertThat(watch.longest()).isEqualTo(new Stall("OUT 3", Duration.ZERO, Duration.ofSeconds(40)));
        assertThat(watch.longest().isWithin(Setup.MOST_STALL)).isFalse();
    }

    @Test
    void entryThatArrivesShouldNotCountAsProgress() {
        at(0, slice(Map.of(1L, DUE)));
        at(20, slice(Map.of(1L, DUE, 2L, DUE)));
        at(40, slice(Map.of(1L, DUE, 2L, DUE, 3L, DUE)));

        assertThat(watch.longest().length()).isEqualTo(Duration.ofSeconds(40));
    }

    @Test
    void entryThatIsGoneOrHasComeFurtherShouldBeProgress() {
        at(0, slice(Map.of(1L, DUE, 2L, DUE)));
        at(8, slice(Map.of(2L, DUE)));
        at(15, slice(Map.of(2L, FURTHER)));
        at(21, slice(Map.of()));
        at(30, slice(Map.of(4L, DUE)));
        at(39, slice(Map.of(4L, DUE)));

        assertThat(watch.longest().length()).isEqualTo(Duration.ofSeconds(9));
    }

    @Test
    void timeInWhichAnEntryIsNotDueShouldNotCountAndNotMakeItForgotten() {
        at(0, slice(Map.of(1L, DUE)));
        at(10, slice(Map.of(1L, LATER)));
        at(30, slice(Map.of(1L, DUE)));
        at(35, slice(Map.of(1L, LATER)));

        assertThat(watch.longest()).isEqualTo(new Stall("OUT 3", Duration.ZERO, Duration.ofSeconds(15)));
    }

    @Test
    void timeInWhichNothingCanBeDeliveredShouldNotCount() {
        at(0, slice(Map.of(1L, DUE)));
        watch.judge(slice(Map.of(1L, DUE)), false, Duration.ofSeconds(10));
        watch.judge(slice(Map.of(1L, DUE)), false, Duration.ofSeconds(90));
        at(95, slice(Map.of(1L, DUE)));

        assertThat(watch.longest().length()).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void timeWithoutALookShouldBeToldAndNotTakenForProgress() {
        at(0, slice(Map.of(1L, DUE)));
        watch.blind(true, Duration.ofSeconds(25));
        at(31, slice(Map.of(1L, DUE)));
        at(32, slice(Map.of(1L, DUE)));

        assertThat(watch.longestBlind()).isEqualTo(Duration.ofSeconds(31));
        assertThat(watch.longest().length()).isEqualTo(Duration.ofSeconds(32));
    }

    @Test
    void databaseThatIsAwayByAnEventShouldNotMakeTheWatchBlind() {
        at(0, slice(Map.of(1L, DUE)));
        watch.blind(false, Duration.ofSeconds(20));
        watch.blind(false, Duration.ofSeconds(50));
        at(52, slice(Map.of(1L, DUE)));

        assertThat(watch.longestBlind()).isEqualTo(Duration.ofSeconds(2));
        assertThat(watch.longest()).isEqualTo(Stall.NONE);
    }
}
