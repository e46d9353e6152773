package org.posthorn.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HoursTest {

    private static Instant at(String text) {
        return Instant.parse(text + "Z");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-06-01T21:59:59, false",
        "2026-06-01T22:00:00, true",
        "2026-06-02T00:30:00, true",
        "2026-06-02T05:59:59, true",
        "2026-06-02T06:00:00, false",
    })
    void aRangeOverMidnightEndsOnTheNextDay(String now, boolean open) {
        assertThat(Hours.parse("22:00-06:00 UTC").isOpen(at(now))).isEqualTo(open);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-06-05T23:00:00, true", // Friday
        "2026-06-06T05:00:00, true", // Saturday, but it began on Friday
        "2026-06-06T23:00:00, false",
        "2026-06-07T12:00:00, true", // Sunday
        "2026-06-07T23:59:59, true",
        "2026-06-08T00:00:00, false",
    })
    void weekdaysAreThoseOnWhichARangeBegins(String now, boolean open) {
        assertThat(Hours.parse("mon-fri 22:00-06:00, Sun 00:00-24:00 UTC").isOpen(at(now)))
                .isEqualTo(open);
    }

    @Test
    void daysMayGoRoundTheWeek() {
        Hours hours = Hours.parse("sat-mon 08:00-09:00 UTC");
        assertThat(hours.isOpen(at("2026-06-06T08:30:00"))).isTrue();
        assertThat(hours.isOpen(at("2026-06-08T08:30:00"))).isTrue();
        assertThat(hours.isOpen(at("2026-06-09T08:30:00"))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "2026-06-01T12:00:00, 2026-06-01T22:00:00",
        "2026-06-01T06:00:00, 2026-06-01T22:00:00",
        "2026-06-05T12:00:00, 2026-06-05T22:00:00",
        "2026-06-06T12:00:00, 2026-06-08T22:00:00", // over the weekend
    })
    void theNextBeginIsKnown(String now, String begin) {
        assertThat(Hours.parse("mon-fri 22:00-06:00 UTC").opens(at(now))).contains(at(begin));
    }

    @Test
    void onceAWeekIsFoundFromJustAfterItsEnd() {
        assertThat(Hours.parse("wed 03:00-04:00 UTC").opens(at("2026-06-03T04:00:00")))
                .contains(at("2026-06-10T03:00:00"));
    }

    @Test
    void withinThemNothingIsWaitedFor() {
        assertThat(Hours.parse("22:00-06:00 UTC").opens(at("2026-06-01T23:00:00")))
                .isEmpty();
        assertThat(Hours.ALWAYS.opens(at("2026-06-01T23:00:00"))).isEmpty();
    }

    @Test
    void theGivenZoneCountsInSummerAndInWinter() {
        Hours hours = Hours.parse("22:00-06:00 Europe/Berlin");
        assertThat(hours.opens(at("2026-06-01T12:00:00"))).contains(at("2026-06-01T20:00:00"));
        assertThat(hours.opens(at("2026-12-01T12:00:00"))).contains(at("2026-12-01T21:00:00"));
    }

    @Test
    void anHourThatTheClockSkipsBeginsWhereItGoesOn() {
        // 2026-03-29, 02:00 becomes 03:00 in Berlin: 01:00 UTC.
        Hours hours = Hours.parse("02:30-04:00 Europe/Berlin");
        assertThat(hours.opens(at("2026-03-29T00:00:00"))).contains(at("2026-03-29T01:30:00"));
        assertThat(hours.isOpen(at("2026-03-29T01:45:00"))).isTrue();
        assertThat(hours.isOpen(at("2026-03-29T02:00:00"))).isFalse();
    }

    @Test
    void emptyMeansAlways() {
        assertThat(Hours.parse(" ").isAlways()).isTrue();
        assertThat(Hours.parse(null).isOpen(at("2026-06-01T12:00:00"))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "22-06",
                "22:00",
                "24:00-06:00",
                "22:00-24:01",
                "22:61-23:00",
                "08:00-08:00",
                "mo 08:00-09:00",
                "08:00-09:00,",
                "08:00-09:00 Europe/Nowhere",
                "08:00-09:00 UTC, 10:00-11:00",
                "always",
            })
    void whatIsNoHoursIsRefusedInWords(String text) {
        assertThatThrownBy(() -> Hours.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .isNotBlank();
    }

    @Test
    void aMomentIsToldByTheClockThereAndWithTheDayWhereItIsFarOff() {
        Hours hours = Hours.parse("sat 22:00-23:00 Europe/Berlin");
        Instant begin = at("2026-06-06T20:00:00");
        assertThat(hours.clock(begin, at("2026-06-06T12:00:00"))).isEqualTo("22:00");
        assertThat(hours.clock(begin, at("2026-06-02T12:00:00"))).isEqualTo("Sat 22:00");
    }
}
