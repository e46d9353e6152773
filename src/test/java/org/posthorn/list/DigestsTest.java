package org.posthorn.list;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.posthorn.testing.BothDatabases;
import org.posthorn.testing.SettableClock;
import org.posthorn.testing.TestDatabase;

class DigestsTest {

    @BothDatabases
    void volumeShouldBeginWithTheFirstDigestInANewPeriod(TestDatabase database) {
        try (ListsOnDatabase lists = new ListsOnDatabase(database)) {
            MailingList list = lists.aList("ant@example.com");
            SettableClock clock = new SettableClock(Instant.parse("2026-01-30T12:00:00Z"));
            Digests digests =
                    new Digests(lists.lists, lists.audit, new DigestNumbers(database.sql(), lists.counters, clock));
            assertThat(bumped(lists, digests, list))
                    .as("nothing was sent before")
                    .isEqualTo("1/2");
            database.sql()
                    .update(
                            "update list_counter set digest_last_sent_at = ? where list_id = ?",
                            clock.instant(),
                            list.getId());
            assertThat(bumped(lists, digests, list)).as("the same month").isEqualTo("1/3");
            clock.forward(Duration.ofDays(3));
            assertThat(bumped(lists, digests, list)).as("the next month").isEqualTo("2/1");
            assertThat(bumped(lists, digests, list)).as("one volume in a month").isEqualTo("2/2");
            clock.forward(Duration.ofDays(30));
            assertThat(bumped(lists, digests, list)).as("the month after").isEqualTo("3/1");
            lists.run(() -> lists.lists
                    .byId(list.getId())
                    .orElseThrow()
                    .digests()
                    .setDigestVolumeFrequency(DigestFrequency.YEARLY));
            assertThat(bumped(lists, digests, list)).as("the same year").isEqualTo("3/2");
        }
    }

    private static String bumped(ListsOnDatabase lists, Digests digests, MailingList list) {
        lists.run(() -> digests.bump(list.getId()));
        Counters counted = lists.counters.of(list.getId());
        return counted.volume() + "/" + counted.nextDigestNumber();
    }
}
