package org.posthorn.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.posthorn.testing.BothDatabases;
import org.posthorn.testing.TestDatabase;

class DatabaseTraceTest {

    @BothDatabases
    void aDetailWithNulAndLineEndsIsKeptOnOneLine(TestDatabase database) {
        QueueOnDatabase queue = new QueueOnDatabase(database);
        long posting = queue.aPosting();
        queue.trace.event(posting, QueueName.IN, "held", "subject \0 with\r\nX-Forged: yes");
        assertThat(queue.events(posting)).containsExactly("held: subject   with  X-Forged: yes");
    }

    @BothDatabases
    void aLongDetailIsCutWithoutBreakingACharacter(TestDatabase database) {
        QueueOnDatabase queue = new QueueOnDatabase(database);
        long posting = queue.aPosting();
        queue.trace.event(posting, QueueName.IN, "held", "x" + "\uD83D\uDE00".repeat(2000));
        assertThat(queue.events(posting)).containsExactly("held: x" + "\uD83D\uDE00".repeat(999));
    }

    @BothDatabases
    void whatNoMailCausedHasNoTrace(TestDatabase database) {
        QueueOnDatabase queue = new QueueOnDatabase(database);
        queue.trace.event(null, QueueName.VIRGIN, "queued", "");
        assertThat(queue.sql.list("select 1 from trace_event", row -> 1)).isEmpty();
    }

    @BothDatabases
    void anEventIsKeptWithItsTransactionOrNotAtAll(TestDatabase database) {
        QueueOnDatabase queue = new QueueOnDatabase(database);
        long posting = queue.aPosting();
        assertThatThrownBy(() -> database.inTransaction(() -> {
                    queue.trace.event(posting, QueueName.IN, "held", "");
                    throw new IllegalStateException("rolled back");
                }))
                .hasMessage("rolled back");
        assertThat(queue.events(posting)).isEmpty();
    }
}
