package org.posthorn.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.posthorn.queue.QueueName.ARCHIVE;
import static org.posthorn.queue.QueueName.IN;
import static org.posthorn.queue.QueueName.OUT;
import static org.posthorn.queue.QueueOnDatabase.NOW;
import static org.posthorn.queue.QueueOnDatabase.anEntry;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.posthorn.queue.lease.HashSlice;
import org.posthorn.testing.BothDatabases;
import org.posthorn.testing.TestDatabase;
import org.posthorn.testing.TestDatabases;

class DatabaseSwitchboardTest {

    @BothDatabases
    void anEntryIsStoredWithAllThatItWasGiven(TestDatabase database) {
        QueueOnDatabase queue = new QueueOnDatabase(database);
        long posting = queue.aPosting();
        long message = queue.aMessage("hello");
        Map<String, String> attributes = Map.of("sender", "", "kind", "grüße \"x\"\n");
        QueueEntry entry = queue.enqueued(NewEntry.of(IN, null, posting, message, attributes, NOW, NOW.plusSeconds(1))
                .later(NOW.plusSeconds(9), 3));
        assertThat(entry)
                .usingRecursiveComparison()
                .ignoringFields("id", "hash")
                .isEqualTo(new QueueEntry(
                        0,
                        IN,
                        0,
                        null,
                        posting,
                        message,
                        null,
                        attributes,
                        NOW,
                        NOW.plusSeconds(1).toEpochMilli(),
                        NOW.plusSeconds(9),
                        0,
                        0,
                        3,
                        null,
                        null));
    }

    @BothDatabases
    void attributesMayCarryTheNulCharacterThatADatabaseRefuses(TestDatabase database) {
        QueueOnDatabase queue = new QueueOnDatabase(database);
        QueueEntry entry = queue.enqueued(NewEntry.of(IN, null, null, null, Map.of("sender", "a\0b"), NOW, NOW));
        assertThat(entry.attributes()).containsEntry("sender", "a b");
    }

    @BothDatabases
    void nothingIsEnqueuedByATransactionThatFails(TestDatabase database) {
        QueueOnDatabase queue = new QueueOnDatabase(database);
        assertThatThrownBy(() -> database.inTransaction(() -> {
                    queue.switchboard.enqueue(anEntry(IN));
                    throw new IllegalStateException("the stage failed");
                }))
                .hasMessage("the stage failed");
        assertThat(queue.due(IN)).isEmpty();
    }

    @Test
    void eachEntrysArrivalIsSignalledWithItsHash() {
        try (TestDatabase database = TestDatabases.H2.fresh()) {
            QueueOnDatabase queue = new QueueOnDatabase(database);
            List<String> heard = new ArrayList<>();
            queue.signals.listen((name, hash) -> heard.add(name + " " + hash));
            QueueEntry in = queue.enqueued(IN);
            QueueEntry archive = queue.enqueued(ARCHIVE);
            assertThat(heard).containsExactly("IN " + in.hash(), "ARCHIVE " + archive.hash());
        }
    }

    @BothDatabases
    void slicesTogetherHaveEachEntryOnceAndEachHasSome(TestDatabase database) {
        QueueOnDatabase queue = new QueueOnDatabase(database);
        long message = queue.aMessage("hello");
        NewEntry first = NewEntry.of(OUT, null, null, message, Map.of(), NOW, NOW);
        List<NewEntry> chunks = IntStream.range(0, 64)
                .mapToObj(i -> new NewEntry(OUT, null, null, message, null, i, Map.of(), NOW, first.turn(), NOW, 0))
                .toList();
        List<Long> made = queue.switchboard.enqueue(chunks);
        List<Long> found = new ArrayList<>();
        for (int slice = 0; slice < 4; slice++) {
            HashSlice range = new HashSlice(slice, 4);
            List<Long> of = queue.entries.due(OUT, range.from(), range.to(), NOW, 1000).stream()
                    .map(QueueEntry::id)
                    .toList();
            assertThat(of).as("slice %d", slice).hasSizeBetween(4, 40);
            found.addAll(of);
        }
        assertThat(found).containsExactlyInAnyOrderElementsOf(made);
    }

    @Test
    void theSameArrivalAlwaysHasTheSamePlaceInTheHashSpace() {
        byte[] digest = new byte[32];
        assertThat(EntryHash.of(digest, 7, NOW, 0)).isEqualTo(EntryHash.of(digest.clone(), 7, NOW, 0));
    }

    @Test
    void listTimeChunkAndMessageEachMoveAnEntryInTheHashSpace() {
        byte[] digest = new byte[32];
        byte[] other = new byte[32];
        other[31] = 1;
        assertThat(List.of(
                        EntryHash.of(digest, 7, NOW, 0),
                        EntryHash.of(other, 7, NOW, 0),
                        EntryHash.of(digest, 8, NOW, 0),
                        EntryHash.of(digest, 7, NOW.plusNanos(1000), 0),
                        EntryHash.of(digest, 7, NOW, 1)))
                .doesNotHaveDuplicates()
                .allMatch(hash -> hash >= 0);
    }

    @Test
    void smallPostsPassBetweenTheChunksOfABigOne() {
        try (TestDatabase database = TestDatabases.H2.fresh()) {
            QueueOnDatabase queue = new QueueOnDatabase(database);
            long big = queue.aPosting();
            NewEntry post = queue.entryOf(OUT, big);
            for (int i = 0; i < 3; i++) {
                queue.switchboard.enqueue(post.chunk(queue.aChunk(big, 1), i));
            }
            long small =
                    queue.switchboard.enqueue(NewEntry.of(OUT, null, null, null, Map.of(), NOW, NOW.plusMillis(30)));
            queue.clock.forward(Duration.ofSeconds(1));
            assertThat(queue.due(OUT).get(1).id()).isEqualTo(small);
        }
    }
}
