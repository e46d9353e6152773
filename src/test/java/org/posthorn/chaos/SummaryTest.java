package org.posthorn.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SummaryTest {

    private static final Setup SETUP = Setup.of(List.of(), 1);
    private static final Stall LONG = new Stall("OUT 3", Duration.ZERO, Setup.MOST_STALL.plusSeconds(1));
    private static final Duration WAY = Duration.ofSeconds(50);

    private static Summary summary(long unexplained, Duration way, Stall stall, Stall sliceStall, List<String> faults) {
        return summary(0, unexplained, way, stall, Optional.of(sliceStall), faults);
    }

    private static Summary summary(
            long garbled,
            long unexplained,
            Duration way,
            Stall stall,
            Optional<Stall> sliceStall,
            List<String> faults) {
        Ledger.Tally tally = new Ledger.Tally(
                9, 0, 0, 99, 0, 0, 0, garbled, 7, unexplained, 4, Map.of("node killed", 7 - unexplained), way);
        return new Summary(
                SETUP,
                tally,
                Map.of(Kind.NODE_KILLED, 1),
                "abc",
                stall,
                sliceStall,
                Duration.ofSeconds(2),
                0,
                Map.of("delivered", 9),
                faults);
    }

    @Test
    void runWithoutFaultsShouldHold() {
        Summary good = summary(0, WAY, Stall.NONE, Stall.NONE, List.of());

        assertThat(good.shortfalls()).isEmpty();
        assertThat(good.toMarkdown()).contains("| commit | abc |", "all holds");
    }

    @Test
    void slicesThatCannotBeWatchedShouldBeCalledNotMeasured() {
        Summary onH2 = summary(0, 0, WAY, Stall.NONE, Optional.empty(), List.of());

        assertThat(onH2.shortfalls()).isEmpty();
        assertThat(onH2.toMarkdown()).contains("| longest stall of a slice | not measured |");
        assertThat(onH2.toJson().isNull("longest_slice_stall_seconds")).isTrue();
    }

    @Test
    void eachThingThatMustNotBeShouldFailARun() {
        assertThat(summary(1, WAY, Stall.NONE, Stall.NONE, List.of()).shortfalls())
                .containsExactly("1 of 7 repeats come from no event");
        assertThat(summary(0, Setup.MOST_WAY.plusSeconds(1), Stall.NONE, Stall.NONE, List.of())
                        .shortfalls())
                .containsExactly("a post took 181 s");
        assertThat(summary(2, 0, WAY, Stall.NONE, Optional.empty(), List.of()).shortfalls())
                .containsExactly("2 copies do not say what was posted");
        assertThat(summary(0, WAY, LONG, Stall.NONE, List.of()).shortfalls()).hasSize(1);
        assertThat(summary(0, WAY, Stall.NONE, LONG, List.of()).shortfalls())
                .containsExactly("a slice stood still: OUT 3: 31.0 s, from 0 s on");
        assertThat(summary(0, WAY, Stall.NONE, Stall.NONE, List.of("slice watch has ended"))
                        .shortfalls())
                .containsExactly("slice watch has ended");
    }
}
