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

    private static final Duration KEPT = Duration.ofDays(90);

    private QueueOnDatabase queue;
    private Retention retention;

    private void open(TestDatabase database) {
        queue = new QueueOnDatabase(database);
        retention = new Retention(queue.sql, queue.clock, KEPT);
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

    private int sweepTraces(int most) {
        return queue.database.inTransaction(() -> {
            retention.removeChunks(most);
            retention.removeEvents(most);
            return retention.removePostings(most);
        });
    }

    private long count(String table) {
        return queue.sql
                .first("select count(*) from " + table, row -> row.getLong(1))
                .orElseThrow();
    }

    private void aRecord(long chunk) {
        queue.sql.update(
                "insert into delivery_record (chunk_id, first_index, last_index, outcome, reply_code, replies, recorded_at) values (?, 0, 1, 'DELIVERED', 250, '', ?)",
                chunk,
                NOW);
    }

    @BothDatabases
    void aTraceIsKeptForItsTimeAfterTheLastEventAndThenRemovedWithAllThatHangsOnIt(TestDatabase database) {
        open(database);
        long posting = queue.aPosting();
        aRecord(queue.aChunk(posting, 2));
        queue.clock.forward(KEPT.minusDays(1));
        queue.trace.event(posting, IN, "delivered", "after a long time with the moderators");
        queue.clock.forward(Duration.ofDays(2));
        assertThat(sweepTraces(100)).as("old, but not its last event").isZero();
        assertThat(count("delivery_record")).isEqualTo(1);
        queue.clock.forward(KEPT);
        assertThat(sweepTraces(100)).isEqualTo(1);
        for (String table : new String[] {"posting", "trace_event", "delivery_chunk", "delivery_record"}) {
            assertThat(count(table)).as(table).isZero();
        }
    }

    @BothDatabases
    void theTraceOfWhatWaitsIsKeptForEver(TestDatabase database) {
        open(database);
        long waiting = queue.aPosting();
        queue.enqueued(queue.entryOf(IN, waiting));
        long held = queue.aPosting();
        queue.sql.update("alter table held_message drop constraint held_message_list_id_fk");
        queue.sql.update(
                "insert into held_message (list_id, posting_id, message_id, sender, subject, message_id_header, reason, rules, held_at, version) values (?, ?, ?, '', '', '', '', '', ?, 0)",
                1L,
                held,
                queue.aMessage("hello"),
                NOW);
        queue.aChunk(waiting, 2);
        queue.trace.event(held, IN, "held", "");
        queue.clock.forward(KEPT.multipliedBy(10));
        assertThat(sweepTraces(100)).isZero();
        assertThat(count("posting")).isEqualTo(2);
        assertThat(count("delivery_chunk")).isEqualTo(1);
        assertThat(count("trace_event")).isEqualTo(1);
    }

    @BothDatabases
    void aPostingOfManyRowsGoesOverSeveralRounds(TestDatabase database) {
        open(database);
        long posting = queue.aPosting();
        for (int i = 0; i < 3; i++) {
            queue.aChunk(posting, 1);
            queue.trace.event(posting, IN, "x", "");
        }
        queue.clock.forward(KEPT.plusDays(1));
        assertThat(sweepTraces(2)).as("some is left").isZero();
        assertThat(count("delivery_chunk")).isEqualTo(1);
        assertThat(sweepTraces(2)).isEqualTo(1);
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
