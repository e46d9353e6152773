package org.posthorn.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.posthorn.queue.QueueOnDatabase.NOW;

import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.posthorn.delivery.smtp.Fate;
import org.posthorn.queue.QueueOnDatabase;
import org.posthorn.testing.BothDatabases;
import org.posthorn.testing.TestDatabase;
import org.posthorn.testing.TestDatabases;

class DeliveryRecordsTest {

    private QueueOnDatabase queue;
    private DeliveryRecords records;
    private long chunk;

    private void open(TestDatabase database) {
        queue = new QueueOnDatabase(database);
        records = new DeliveryRecords(queue.sql);
        chunk = queue.aChunk(queue.aPosting(), 20);
    }

    private static Result taken(int index, String host, String reply) {
        return new Result(index, true, host, Fate.delivered(reply));
    }

    private static Result refused(int index, String reply) {
        return new Result(index, false, "a", Fate.ofRecipient(550, reply));
    }

    private List<String> rows() {
        return queue.sql.list(
                "select first_index, last_index, outcome, smarthost, reply_code, enhanced_status, replies from delivery_record where chunk_id = ? order by first_index",
                row -> row.getInt(1) + "-" + row.getInt(2) + " " + row.getString(3) + " " + row.getString(4) + " "
                        + row.getInt(5) + " " + row.getString(6) + " "
                        + row.getString(7).replace("\n", "|"),
                chunk);
    }

    @BothDatabases
    void neighboursOfTheSameFateShareARowWhateverTheirOrder(TestDatabase database) {
        open(database);
        records.add(
                chunk,
                List.of(taken(2, "a", "250 2.0.0 ok"), taken(0, "a", "250 2.0.0 ok"), taken(1, "a", "250 2.0.0 ok")),
                NOW);
        assertThat(rows()).containsExactly("0-2 DELIVERED a 250 2.0.0 250 2.0.0 ok");
    }

    @BothDatabases
    void repliesThatDifferInWordsOnlyAreKeptALineEach(TestDatabase database) {
        open(database);
        records.add(chunk, List.of(taken(0, "a", "250 2.0.0 ok 1"), taken(1, "a", "250 2.0.0 ok 2")), NOW);
        assertThat(rows()).containsExactly("0-1 DELIVERED a 250 2.0.0 250 2.0.0 ok 1|250 2.0.0 ok 2");
    }

    @BothDatabases
    void aGapAnotherHostAnotherOutcomeAndAnotherStatusEachBeginARow(TestDatabase database) {
        open(database);
        records.add(
                chunk,
                List.of(
                        taken(0, "a", "250 2.0.0 ok"),
                        taken(2, "a", "250 2.0.0 ok"),
                        taken(3, "b", "250 2.0.0 ok"),
                        refused(4, "550 5.1.1 unknown"),
                        refused(5, "550 5.2.1 disabled")),
                NOW);
        assertThat(rows())
                .extracting(row -> row.substring(0, row.indexOf(' ')))
                .containsExactly("0-0", "2-2", "3-3", "4-4", "5-5");
    }

    @BothDatabases
    void aFateThatNobodyWasAskedForHasNoHostAndNoCode(TestDatabase database) {
        open(database);
        records.add(chunk, List.of(new Result(0, false, "", new Fate.Refused("given up after 5 days"))), NOW);
        assertThat(rows()).containsExactly("0-0 FAILED null 0 null given up after 5 days");
    }

    @BothDatabases
    void settledAreExactlyThoseInRows(TestDatabase database) {
        open(database);
        records.add(
                chunk, List.of(taken(0, "a", "250 ok"), taken(1, "a", "250 ok"), refused(5, "550 5.1.1 unknown")), NOW);
        BitSet settled = records.settled(chunk);
        assertThat(settled.stream().boxed().toList()).containsExactly(0, 1, 5);
    }

    @BothDatabases
    void theTallyCountsRecipientsNotRows(TestDatabase database) {
        open(database);
        records.add(
                chunk, List.of(taken(0, "a", "250 ok"), taken(1, "a", "250 ok"), refused(5, "550 5.1.1 unknown")), NOW);
        records.add(chunk, List.of(taken(9, "b", "250 ok")), NOW);
        assertThat(records.tally(chunk)).isEqualTo(new DeliveryRecords.Tally(3, 1));
    }

    @BothDatabases
    void nothingToRecordIsNothing(TestDatabase database) {
        open(database);
        records.add(chunk, List.of(), NOW);
        assertThat(rows()).isEmpty();
    }

    @BothDatabases
    void nobodysFateIsRecordedTwice(TestDatabase database) {
        open(database);
        records.add(chunk, List.of(taken(0, "a", "250 ok")), NOW);
        assertThatThrownBy(() -> records.add(chunk, List.of(taken(0, "b", "250 ok")), NOW))
                .isInstanceOf(RuntimeException.class);
    }

    @Test
    void aChunkHasItsAddressesInOrder() {
        try (TestDatabase database = TestDatabases.H2.fresh()) {
            open(database);
            assertThat(records.chunk(chunk).addresses()).hasSize(20).startsWith("r0@example.com", "r1@example.com");
            assertThatThrownBy(() -> records.chunk(4711)).isInstanceOf(IllegalStateException.class);
        }
    }
}
