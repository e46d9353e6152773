package org.posthorn.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.posthorn.queue.QueueName.BAD;
import static org.posthorn.queue.QueueName.IN;
import static org.posthorn.queue.QueueName.OUT;
import static org.posthorn.queue.QueueName.SHUNT;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.posthorn.platform.audit.AuditEntry;
import org.posthorn.testing.TestDatabase;
import org.posthorn.testing.TestDatabases;

class ShuntTest {

    private final TestDatabase database = TestDatabases.H2.fresh();
    private final QueueOnDatabase queue = new QueueOnDatabase(database);
    private final Shunt shunt = new Shunt(queue.entries, queue.signals, queue.trace, queue.clock, database.audit());
    private final long posting = queue.aPosting();

    @AfterEach
    void close() {
        database.close();
    }

    private QueueEntry parked(NewEntry entry, QueueName where) {
        QueueEntry working = queue.enqueued(entry);
        queue.entries.shunt(working, where, "it broke");
        return queue.reread(working);
    }

    @Test
    void anEntryThatIsPutBackIsDueInItsQueueAndTracedAndItsRunnerIsCalled() {
        QueueEntry entry = parked(queue.entryOf(OUT, posting), SHUNT);
        List<QueueName> called = new ArrayList<>();
        queue.signals.listen((name, hash) -> called.add(name));
        assertThat(shunt.putBack(entry.id(), "admin")).isTrue();
        assertThat(queue.due(OUT)).extracting(QueueEntry::id).containsExactly(entry.id());
        assertThat(queue.events(posting)).containsExactly("unshunted: put back by admin");
        assertThat(called).containsExactly(OUT);
    }

    @Test
    void theTimeForDeliveryBeginsAnewForAnEntryThatIsPutBack() {
        QueueEntry entry = parked(queue.entryOf(OUT, posting), SHUNT);
        queue.clock.forward(Duration.ofDays(9));
        shunt.putBack(entry.id(), "admin");
        assertThat(queue.reread(entry).received()).isEqualTo(queue.clock.instant());
    }

    @Test
    void whoPutBackOrDiscardedAnEntryShouldBeRecorded() {
        QueueEntry first = parked(queue.entryOf(OUT, posting), SHUNT);
        QueueEntry second = parked(queue.entryOf(IN, posting), BAD);
        shunt.putBack(first.id(), "admin");
        shunt.discard(second.id(), "admin");
        assertThat(database.audited())
                .extracting(AuditEntry::action, entry -> entry.subject().name())
                .containsExactly(tuple("discard", "bad/" + second.id()), tuple("put-back", "shunt/" + first.id()));
        assertThat(database.audited().get(1).details()).contains("posting=" + posting + " origin=out error=it broke");
    }

    @Test
    void anEntryIsPutBackOnce() {
        QueueEntry entry = parked(queue.entryOf(OUT, posting), SHUNT);
        shunt.putBack(entry.id(), "admin");
        assertThat(shunt.putBack(entry.id(), "admin")).isFalse();
        assertThat(queue.events(posting)).hasSize(1);
    }

    @Test
    void badEntriesCanBePutBackToo() {
        QueueEntry entry = parked(queue.entryOf(IN, posting), BAD);
        assertThat(shunt.putBack(entry.id(), "admin")).isTrue();
        assertThat(queue.due(IN)).hasSize(1);
    }

    @Test
    void anEntryThatIsBeingWorkedOnIsNeitherFoundNorDiscarded() {
        QueueEntry working = queue.enqueued(queue.entryOf(OUT, posting));
        assertThat(shunt.find(working.id())).isEmpty();
        assertThat(shunt.discard(working.id(), "admin")).isFalse();
        assertThat(queue.find(working.id())).isPresent();
    }

    @Test
    void aDiscardedPostEndsAsDiscardedWithItsErrorInTheTrace() {
        QueueEntry entry = parked(queue.entryOf(IN, posting), SHUNT);
        assertThat(shunt.discard(entry.id(), "admin")).isTrue();
        assertThat(queue.find(entry.id())).isEmpty();
        assertThat(queue.postings.find(posting).orElseThrow().outcome()).isEqualTo(Posting.Outcome.DISCARDED);
        assertThat(queue.events(posting)).containsExactly("discarded: by admin; it had failed with: it broke");
    }

    @Test
    void theRecipientsOfADiscardedChunkHaveFailedButForThoseWhoseFateIsKnown() {
        long chunk = queue.aChunk(posting, 6);
        for (int index : new int[] {1, 2, 4}) {
            queue.sql.update(
                    "insert into delivery_record (chunk_id, first_index, last_index, outcome, reply_code, replies, recorded_at) values (?, ?, ?, 'DELIVERED', 250, '', ?)",
                    chunk,
                    index,
                    index,
                    queue.clock.instant());
        }
        QueueEntry entry = parked(queue.entryOf(OUT, posting).chunk(chunk, 0), SHUNT);
        shunt.discard(entry.id(), "admin");
        assertThat(queue.sql.list(
                        "select first_index, last_index, replies from delivery_record where chunk_id = ? and outcome = 'FAILED' order by first_index",
                        row -> row.getInt(1) + "-" + row.getInt(2) + " " + row.getString(3),
                        chunk))
                .containsExactly("0-0 discarded by admin", "3-3 discarded by admin", "5-5 discarded by admin");
    }

    @Test
    void aPostWhoseOneChunkIsDiscardedIsNotDiscardedAsAWhole() {
        QueueEntry entry = parked(queue.entryOf(OUT, posting).chunk(queue.aChunk(posting, 1), 0), SHUNT);
        shunt.discard(entry.id(), "admin");
        assertThat(queue.postings.find(posting).orElseThrow().outcome()).isNull();
    }

    @Test
    void pagesShowTheOldestFirst() {
        List<Long> ids = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            ids.add(parked(queue.entryOf(OUT, posting), SHUNT).id());
        }
        assertThat(shunt.page(SHUNT, 1, 5)).extracting(QueueEntry::id).containsExactlyElementsOf(ids.subList(1, 3));
    }

    @Test
    void whatNobodyPutBackInItsTimeShouldEndAsDiscardedWithTraceAndAuditEntry() {
        QueueEntry entry = parked(queue.entryOf(IN, posting), SHUNT);
        QueueEntry bad = parked(queue.entryOf(IN, queue.aPosting()), BAD);
        QueueEntry waiting = queue.enqueued(queue.entryOf(OUT, queue.aPosting()));
        Instant past = queue.clock.instant().plusSeconds(1);

        assertThat(shunt.discardOld(SHUNT, queue.clock.instant(), 10))
                .as("not older")
                .isZero();
        assertThat(shunt.discardOld(SHUNT, past, 10)).isEqualTo(1);

        assertThat(queue.find(entry.id())).isEmpty();
        assertThat(queue.find(bad.id())).isPresent();
        assertThat(queue.find(waiting.id())).isPresent();
        assertThat(queue.events(posting)).singleElement().asString().startsWith("discarded: by retention");
        assertThat(queue.postings.find(posting).orElseThrow().outcome()).isEqualTo(Posting.Outcome.DISCARDED);
        assertThat(database.audited())
                .extracting(AuditEntry::action, AuditEntry::actor)
                .containsExactly(tuple("discard", "system"));
    }

    @Test
    void anEntryWhoseMessageHadAnEventLatelyShouldStay() {
        QueueEntry entry = parked(queue.entryOf(OUT, posting), SHUNT);
        queue.clock.forward(Duration.ofDays(100));
        queue.trace.event(posting, OUT, "shunted", "it broke");

        assertThat(shunt.discardOld(SHUNT, queue.clock.instant(), 10)).isZero();
        assertThat(queue.find(entry.id())).isPresent();
        queue.clock.forward(Duration.ofDays(1));
        assertThat(shunt.discardOld(SHUNT, queue.clock.instant(), 10)).isEqualTo(1);
    }

    @Test
    void oldEntriesShouldGoAPieceAtATime() {
        for (int i = 0; i < 5; i++) {
            parked(queue.entryOf(OUT, queue.aPosting()), SHUNT);
        }
        queue.clock.forward(Duration.ofDays(1));

        assertThat(shunt.discardOld(SHUNT, queue.clock.instant(), 3)).isEqualTo(3);
        assertThat(shunt.discardOld(SHUNT, queue.clock.instant(), 3)).isEqualTo(2);
    }
}
