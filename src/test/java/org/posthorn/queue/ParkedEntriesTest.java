package org.posthorn.queue;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.posthorn.queue.QueueName.BAD;
import static org.posthorn.queue.QueueName.IN;
import static org.posthorn.queue.QueueName.OUT;
import static org.posthorn.queue.QueueName.SHUNT;

import java.util.Map;
import org.posthorn.testing.BothDatabases;
import org.posthorn.testing.TestDatabase;

class ParkedEntriesTest {

    private QueueOnDatabase queue;
    private ParkedEntries parked;
    private long posting;

    private void on(TestDatabase database) {
        queue = new QueueOnDatabase(database);
        parked = new ParkedEntries(queue.sql, queue.messages);
        posting = queue.aPosting();
    }

    private long park(QueueName from, QueueName to, String error) {
        QueueEntry working = queue.enqueued(queue.entryOf(from, posting));
        queue.entries.shunt(working, to, error);
        return working.id();
    }

    private static ParkedFilter in(QueueName queue, String error) {
        return new ParkedFilter(queue, "", error);
    }

    @BothDatabases
    void eachQueueShouldHaveItsOwnInOrderAndByPages(TestDatabase database) {
        on(database);
        long first = park(OUT, SHUNT, "it broke");
        long bad = park(IN, BAD, "no mail");
        long second = park(IN, SHUNT, "it broke again");

        assertThat(parked.page(in(SHUNT, ""), 0, 10))
                .extracting(ParkedEntry::id)
                .containsExactly(first, second);
        assertThat(parked.page(in(SHUNT, ""), 1, 1)).extracting(ParkedEntry::id).containsExactly(second);
        assertThat(parked.page(in(BAD, ""), 0, 10)).extracting(ParkedEntry::id).containsExactly(bad);
        assertThat(parked.count(in(SHUNT, ""))).isEqualTo(2);
    }

    @BothDatabases
    void entryShouldTellItsErrorAndWhereItCameFrom(TestDatabase database) {
        on(database);
        long id = park(OUT, SHUNT, "it broke");

        ParkedEntry entry = parked.find(id).orElseThrow();

        assertThat(entry.error()).isEqualTo("it broke");
        assertThat(entry.origin()).isEqualTo(OUT);
        assertThat(entry.hasWayBack()).isTrue();
        assertThat(entry.messageId()).isNotEmpty();
    }

    @BothDatabases
    void filterShouldTakeTheErrorsTextAsItStands(TestDatabase database) {
        on(database);
        long percent = park(OUT, SHUNT, "100% Broken");
        park(OUT, SHUNT, "1000 broken");

        assertThat(parked.page(in(SHUNT, "100% b"), 0, 10))
                .extracting(ParkedEntry::id)
                .containsExactly(percent);
        assertThat(parked.count(in(SHUNT, "BROKEN"))).isEqualTo(2);
        assertThat(parked.count(in(SHUNT, "' or '1'='1\0"))).isZero();
        assertThat(parked.count(new ParkedFilter(SHUNT, "no.such.list", ""))).isZero();
    }

    @BothDatabases
    void whatSomebodyWorksOnShouldNotBeFound(TestDatabase database) {
        on(database);
        QueueEntry working = queue.enqueued(queue.entryOf(OUT, posting));

        assertThat(parked.find(working.id())).isEmpty();
        assertThatThrownBy(() -> new ParkedFilter(OUT, "", "")).isInstanceOf(IllegalArgumentException.class);
    }

    @BothDatabases
    void headShouldBeTheMessagesBeginning(TestDatabase database) {
        on(database);
        long message = queue.aMessage("Subject: odd\r\n\r\n" + "x".repeat(100_000));
        QueueEntry working = queue.enqueued(
                NewEntry.of(IN, null, posting, message, Map.of(), QueueOnDatabase.NOW, QueueOnDatabase.NOW));
        queue.entries.shunt(working, BAD, "no mail");
        ParkedEntry entry = parked.find(working.id()).orElseThrow();

        assertThat(entry.sizeBytes()).isEqualTo(100_016);
        assertThat(parked.head(entry)).hasSize(64 * 1024).startsWith("Subject: odd".getBytes(US_ASCII));
        assertThat(parked.head(parked.find(park(OUT, SHUNT, "")).orElseThrow())).isEmpty();
    }
}
