package org.posthorn.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ScheduleTest {

    private static List<Event> schedule(String... words) {
        return Schedule.of(Setup.of(List.of(words), 1));
    }

    @Test
    void sameSeedShouldGiveTheSameEventsAtTheSameTimes() {
        assertThat(schedule("--seed", "7")).isEqualTo(schedule("--seed", "7")).isNotEqualTo(schedule("--seed", "8"));
    }

    /** Whatever else is in the process: a set without an order of its own would give each its own schedule. */
    @Test
    void seedShouldGiveTheSameScheduleInEachProcess() {
        assertThat(schedule("--seed", "16").stream()
                        .limit(3)
                        .map(event -> event.at().toMillis() + " " + event))
                .containsExactly(
                        "9670 n2: kill -9, started again, for 3.0 s",
                        "23518 load: no new posts, for 10.3 s",
                        "35438 s2: 4xx to all mail or to some recipients, for 2.4 s");
    }

    @Test
    void eachKindShouldComeOnceBeforeAnyComesAgain() {
        List<Event> events = schedule("--seed", "7", "--minutes", "30");

        Set<Kind> first =
                events.stream().limit(Kind.values().length).map(Event::kind).collect(Collectors.toSet());
        assertThat(first).containsExactlyInAnyOrder(Kind.values());
        assertThat(events).hasSizeGreaterThan(5 * Kind.values().length);
    }

    @Test
    void eventsShouldBeInOrderWithinTheTimeAndLeaveEachPartTimeToComeBack() {
        LongStream.range(0, 200).forEach(seed -> {
            List<Event> events = schedule("--seed", Long.toString(seed), "--minutes", "20");

            assertThat(events).isSortedAccordingTo(Comparator.comparing(Event::at));
            assertThat(events.get(events.size() - 1).at()).isLessThan(Duration.ofMinutes(20));
            events.stream().collect(Collectors.groupingBy(Event::place)).forEach((place, those) -> {
                for (int i = 1; i < those.size(); i++) {
                    Event before = those.get(i - 1);
                    assertThat(those.get(i).at()).isGreaterThan(before.at().plus(before.length()));
                }
            });
        });
    }

    @Test
    void shortRunShouldHaveEachKindOfEvent() {
        assertThat(Schedule.of(ShortChaosE2E.brief())).extracting(Event::kind).contains(Kind.values());
    }

    @Test
    void databaseOfOneFileShouldHaveOneNodeAndNoBlowToTheDatabase() {
        assertThat(schedule("--database", "h2", "--minutes", "30"))
                .noneMatch(event -> event.kind().part() == Kind.Part.DATABASE)
                .allMatch(event -> event.kind().part() != Kind.Part.NODE || event.target() == 0);
    }

    @Test
    void wrongOptionShouldBeAnsweredWithTheUsage() {
        for (List<String> words : List.of(
                List.of("--help"),
                List.of("--minutes", "many"),
                List.of("--events", "FIRE"),
                List.of("--nodes", "0"))) {
            assertThatThrownBy(() -> Setup.of(words, 1))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("usage: bin/chaos");
        }
    }
}
