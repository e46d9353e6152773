package org.posthorn.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.posthorn.queue.QueueName.IN;
import static org.posthorn.queue.QueueOnDatabase.NOW;

import java.time.Duration;
import java.util.Map;
import org.posthorn.testing.BothDatabases;
import org.posthorn.testing.TestDatabase;

class RetentionTest {

    private static final Duration JUST_MORE = Retention.UNREFERENCED.plusSeconds(1);

    private QueueOnDatabase queue;
    private Retention retention;

    private void open(TestDatabase database) {
        queue = new QueueOnDatabase(database);
        retention = new Retention(queue.sql, queue.clock);
    }

    private int sweep() {
        return queue.database.inTransaction(() -> retention.removeMessages(100));
    }

    private QueueEntry entryOf(long message) {
        return queue.enqueued(NewEntry.of(IN, null, null, message, Map.of(), NOW, NOW));
    }

    private long parts() {
        return queue.sql
                .first("select count(*) from message_part", row -> row.getLong(1))
                .orElseThrow();
    }

    @BothDatabases
    void aMessageThatNothingPointsToIsKeptForAnHourAndThenRemovedWithItsParts(TestDatabase database) {
        open(database);
        queue.aMessage("hello");
        sweep();
        queue.clock.forward(Retention.UNREFERENCED);
        assertThat(sweep()).isZero();
        assertThat(parts()).isEqualTo(1);
        queue.clock.forward(Duration.ofSeconds(1));
        assertThat(sweep()).isEqualTo(1);
        assertThat(parts()).isZero();
    }

    @BothDatabases
    void aMessageThatAnEntryPointsToIsKeptForEver(TestDatabase database) {
        open(database);
        long message = queue.aMessage("hello");
        entryOf(message);
        sweep();
        queue.clock.forward(Duration.ofDays(30));
        assertThat(sweep()).isZero();
        assertThat(queue.messages.sizeBytes(message)).isPresent();
    }

    @BothDatabases
    void theHourBeginsWhenTheLastEntryIsGone(TestDatabase database) {
        open(database);
        QueueEntry entry = entryOf(queue.aMessage("hello"));
        sweep();
        queue.clock.forward(Duration.ofDays(1));
        queue.entries.done(entry);
        assertThat(sweep()).isZero();
        queue.clock.forward(JUST_MORE);
        assertThat(sweep()).isEqualTo(1);
    }

    @BothDatabases
    void aMessageThatIsPointedToAgainHasItsHourAgainAfterwards(TestDatabase database) {
        open(database);
        long message = queue.aMessage("hello");
        sweep();
        QueueEntry entry = entryOf(message);
        queue.clock.forward(JUST_MORE);
        sweep();
        queue.entries.done(entry);
        assertThat(sweep()).isZero();
        assertThat(queue.messages.sizeBytes(message)).isPresent();
    }

    @BothDatabases
    void aHeldMessageIsKept(TestDatabase database) {
        open(database);
        long message = queue.aMessage("hello");
        queue.sql.update(
                "alter table held_message drop constraint held_message_list_id_fk"); // a list is none of our matters
        queue.sql.update(
                "insert into held_message (list_id, posting_id, message_id, sender, subject, message_id_header, reason, rules, held_at, version) values (?, ?, ?, '', '', '', '', '', ?, 0)",
                1L,
                queue.aPosting(),
                message,
                NOW);
        sweep();
        queue.clock.forward(JUST_MORE);
        assertThat(sweep()).isZero();
    }

    @BothDatabases
    void noMoreAreRemovedAtOnceThanAskedFor(TestDatabase database) {
        open(database);
        for (int i = 0; i < 3; i++) {
            queue.aMessage("hello " + i);
        }
        sweep();
        queue.clock.forward(JUST_MORE);
        assertThat(queue.database.inTransaction(() -> retention.removeMessages(2)))
                .isEqualTo(2);
        assertThat(parts()).isEqualTo(1);
    }
}
