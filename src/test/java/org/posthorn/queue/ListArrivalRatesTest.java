package org.posthorn.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import org.posthorn.list.ListsOnDatabase;
import org.posthorn.testing.BothDatabases;
import org.posthorn.testing.TestDatabase;

class ListArrivalRatesTest {

    private static final Duration DAY = Duration.ofDays(1);

    private Postings postings;
    private ArrivalRates rates;

    private void on(TestDatabase database) {
        postings = new Postings(database.sql(), database.ids());
        rates = new ArrivalRates(database.sql(), Clock.fixed(ListsOnDatabase.NOW, ZoneOffset.UTC));
    }

    @BothDatabases
    void postsShouldBeCountedInTheSpanInWhichTheyCameWithoutOwnMail(TestDatabase database) {
        on(database);
        posted(null, QueueName.IN, Duration.ofMinutes(1));
        posted(null, QueueName.IN, Duration.ofMinutes(3));
        posted(null, QueueName.VIRGIN, Duration.ofMinutes(3));
        posted(null, QueueName.IN, Duration.ofMinutes(7));

        assertThat(rates.lately(Duration.ofMinutes(2), 3)).containsExactly(0, 1, 1);
    }

    @BothDatabases
    void listsPostsShouldBeThatListsOnly(TestDatabase database) {
        on(database);
        try (ListsOnDatabase lists = new ListsOnDatabase(database)) {
            long one = lists.aList("one@example.com").getId();
            long other = lists.aList("other@example.com").getId();
            posted(one, QueueName.IN, Duration.ofHours(1));
            posted(one, QueueName.IN, Duration.ofHours(2));
            posted(one, QueueName.VIRGIN, Duration.ofHours(2));
            posted(other, QueueName.IN, Duration.ofHours(2));
            posted(one, QueueName.IN, Duration.ofHours(50));
            posted(one, QueueName.IN, Duration.ofDays(40));

            assertThat(rates.ofList(one, DAY, 4)).containsExactly(0, 1, 0, 2);
            assertThat(rates.ofList(other, DAY, 2)).containsExactly(0, 1);
        }
    }

    private void posted(Long list, QueueName queue, Duration before) {
        postings.open(List.of(new NewPosting(
                list,
                "l@example.com",
                queue,
                "<a@b>",
                "ann@example.com",
                "Hello",
                10,
                ListsOnDatabase.NOW.minus(before))));
    }
}
