package org.posthorn.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.posthorn.testing.CapturedLog;

class SiteClockTest {

    private static final Instant TEN = Instant.parse("2026-11-22T10:00:00Z");
    private static final Duration HOUR = Duration.ofHours(1);

    private Instant own = TEN;
    private long nanos = Long.MAX_VALUE - 3_000_000_000L; // wraps around within the tests
    private final SiteClock clock = new SiteClock(() -> own, () -> nanos);

    private void pass(Duration time) {
        own = own.plus(time);
        nanos += time.toNanos();
    }

    private void read(Instant database) {
        clock.follow(database, nanos, nanos);
    }

    @BeforeEach
    void settle() {
        pass(Duration.ofSeconds(1));
    }

    @Test
    void beforeTheFirstReadingItIsTheNodesOwn() {
        assertThat(clock.instant()).isEqualTo(own);
        assertThat(clock.off()).isEmpty();
    }

    @Test
    void aNodeAnHourOffHasTheDatabasesTime() {
        read(TEN.minus(HOUR));
        pass(Duration.ofSeconds(5));
        assertThat(clock.instant()).isEqualTo(TEN.minus(HOUR).plusSeconds(5));
        assertThat(clock.off()).contains(HOUR.plusSeconds(1));
    }

    @Test
    void aClockThatIsPutRightMakesNoDifference() {
        read(TEN);
        own = own.plus(HOUR);
        assertThat(clock.instant()).isEqualTo(TEN);
        pass(Duration.ofSeconds(2));
        assertThat(clock.instant()).isEqualTo(TEN.plusSeconds(2));
    }

    @Test
    void theWayToTheDatabaseAndBackIsHalved() {
        long asked = nanos;
        pass(Duration.ofMillis(400));
        clock.follow(TEN, asked, nanos);
        assertThat(clock.instant()).isEqualTo(TEN.plusMillis(200));
    }

    @Test
    void aSmallDifferenceIsTheNetworks() {
        read(TEN);
        pass(Duration.ofSeconds(5));
        read(TEN.plusSeconds(5).minusMillis(15));
        assertThat(clock.instant()).isEqualTo(TEN.plusSeconds(5));
        read(TEN.plusSeconds(5).minusMillis(50));
        assertThat(clock.instant()).isEqualTo(TEN.plusSeconds(5).minusMillis(50));
    }

    @Test
    void aReadingThatTookLongSaysNothing() {
        read(TEN);
        long asked = nanos;
        pass(Duration.ofSeconds(3));
        clock.follow(TEN.plus(HOUR), asked, nanos);
        assertThat(clock.instant()).isEqualTo(TEN.plusSeconds(3));
    }

    @Test
    void theFirstReadingCountsHoweverLongItTookAndTheNextOnePutsItRight() {
        long asked = nanos;
        pass(Duration.ofSeconds(8));
        clock.follow(TEN.minus(HOUR), asked, nanos);
        assertThat(clock.instant()).isEqualTo(TEN.minus(HOUR).plusSeconds(4));
        read(TEN.minus(HOUR));
        assertThat(clock.instant()).isEqualTo(TEN.minus(HOUR));
    }

    @Test
    void aStepOfTheDatabasesClockIsFollowedAndSaid() {
        try (CapturedLog log = new CapturedLog()) {
            read(TEN);
            read(TEN.minus(HOUR));
            assertThat(clock.instant()).isEqualTo(TEN.minus(HOUR));
            assertThat(log.lines()).anyMatch(line -> line.startsWith("ClockStepped seconds=-3600"));
        }
    }

    @Test
    void whoeverIsFarOffIsToldOnce() {
        try (CapturedLog log = new CapturedLog()) {
            read(TEN.minus(HOUR));
            read(TEN.minus(HOUR));
            assertThat(warnings(log)).singleElement().asString().contains("seconds=3601");
            read(own);
            read(TEN.minus(HOUR));
            assertThat(warnings(log)).hasSize(2);
        }
    }

    private static List<String> warnings(CapturedLog log) {
        return log.lines().stream().filter(line -> line.startsWith("ClockOff")).toList();
    }
}
