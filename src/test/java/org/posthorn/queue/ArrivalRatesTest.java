package org.posthorn.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.posthorn.testing.BothDatabases;
import org.posthorn.testing.TestDatabase;

class ArrivalRatesTest {

    private static final Instant NOW = Instant.parse("2026-01-01T12:34:56.789Z");

    private static ArrivalRates rates(TestDatabase database) {
        return new ArrivalRates(database.sql(), Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private static void came(TestDatabase database, Duration ago) {
        new Postings(database.sql(), database.ids())
                .open(List.of(new NewPosting(
                        null,
                        "test@example.org",
                        QueueName.IN,
                        "<a@example.com>",
                        "ann@example.com",
                        "Hello",
                        10,
                        NOW.minus(ago))));
    }

    @BothDatabases
    void postsShouldBeCountedInTheSpanInWhichTheyCame(TestDatabase database) {
        for (int seconds : new int[] {1, 59, 61, 119, 179, 181, 3600}) {
            came(database, Duration.ofSeconds(seconds));
        }

        assertThat(rates(database).lately(Duration.ofMinutes(1), 3)).containsExactly(1, 2, 2);
    }

    @BothDatabases
    void nothingShouldBeManySpansOfNone(TestDatabase database) {
        assertThat(rates(database).lately(Duration.ofSeconds(10), 4)).containsExactly(0, 0, 0, 0);
    }

    @BothDatabases
    void postOfThisMomentAndOneOfAClockThatIsAheadShouldBeInTheLastSpan(TestDatabase database) {
        came(database, Duration.ZERO);
        came(database, Duration.ofMinutes(-5));

        assertThat(rates(database).lately(Duration.ofMinutes(1), 2)).containsExactly(0, 2);
    }
}
