package org.posthorn.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.posthorn.queue.QueueName.BACKOFF;
import static org.posthorn.queue.QueueName.IN;
import static org.posthorn.queue.QueueName.OUT;
import static org.posthorn.queue.QueueName.SHUNT;
import static org.posthorn.queue.QueueOnDatabase.NOW;
import static org.posthorn.queue.QueueOnDatabase.anEntry;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.posthorn.testing.BothDatabases;
import org.posthorn.testing.TestDatabase;
import org.posthorn.testing.TestDatabases;

/** What the runners rely on, on both databases. */
class QueueEntriesTest {

    private static NewEntry turnOf(long millis) {
        return NewEntry.of(IN, null, null, null, Map.of(), NOW, NOW.plusMillis(millis))
                .later(NOW, 0);
    }

    @BothDatabases
    void dueEntriesComeInTheOrderOfTheirTurnAndThenOfTheirIds(TestDatabase database) {
        QueueOnDatabase queue = new QueueOnDatabase(database);
        long late = queue.switchboard.enqueue(turnOf(20));
        long early = queue.switchboard.enqueue(turnOf(10));
        long alsoEarly = queue.switchboard.enqueue(turnOf(10));
        assertThat(queue.due(IN)).extracting(QueueEntry::id).containsExactly(early, alsoEarly, late);
    }

    @BothDatabases
    void entriesThatAreNotDueYetOrInAnotherQueueAreNotTaken(TestDatabase database) {
        QueueOnDatabase queue = new QueueOnDatabase(database);
        queue.switchboard.enqueue(anEntry(IN).later(NOW.plusNanos(1000), 1));
        queue.switchboard.enqueue(anEntry(OUT));
        long due = queue.switchboard.enqueue(anEntry(IN));
        assertThat(queue.due(IN)).extracting(QueueEntry::id).containsExactly(due);
    }

    @BothDatabases
    void noMoreDueEntriesAreTakenThanAskedFor(TestDatabase database) {
        QueueOnDatabase queue = new QueueOnDatabase(database);
        queue.switchboard.enqueue(List.of(anEntry(IN), anEntry(IN), anEntry(IN)));
        assertThat(queue.entries.due(IN, 0, Long.MAX_VALUE, NOW, 2)).hasSize(2);
    }

    @BothDatabases
    void aSlicesFirstAndLastHashBelongToIt(TestDatabase database) {
        QueueOnDatabase queue = new QueueOnDatabase(database);
        long hash = queue.enqueued(IN).hash();
        assertThat(queue.entries.due(IN, hash, hash, NOW, 10)).hasSize(1);
        assertThat(queue.entries.due(IN, hash + 1, Long.MAX_VALUE, NOW, 10)).isEmpty();
        assertThat(queue.entries.due(IN, 0, hash - 1, NOW, 10)).isEmpty();
    }

    @BothDatabases
    void anEntryThatIsDoneIsGone(TestDatabase database) {
        QueueOnDatabase queue = new QueueOnDatabase(database);
        QueueEntry entry = queue.enqueued(IN);
        queue.entries.done(entry);
        assertThat(queue.find(entry.id())).isEmpty();
    }

    @BothDatabases
    void whatIsGoneCannotBeDoneAgainNorMovedNorProgress(TestDatabase database) {
        QueueOnDatabase queue = new QueueOnDatabase(database);
        QueueEntry entry = queue.enqueued(IN);
        queue.entries.done(entry);
        assertThatThrownBy(() -> queue.entries.done(entry)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> queue.entries.goOn(entry, 1, Map.of(), NOW)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> queue.entries.progress(entry, 1)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> queue.entries.later(entry, IN, NOW, 1, "", Map.of(), null))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> queue.entries.shunt(entry, SHUNT, "")).isInstanceOf(IllegalStateException.class);
    }

    @BothDatabases
    void anEntryThatWasMovedToAnotherQueueIsNotDoneByItsFormerRunner(TestDatabase database) {
        QueueOnDatabase queue = new QueueOnDatabase(database);
        QueueEntry entry = queue.enqueued(OUT);
        queue.entries.later(entry, BACKOFF, NOW, 1, "", Map.of(), null);
        assertThatThrownBy(() -> queue.entries.done(entry)).isInstanceOf(IllegalStateException.class);
        assertThat(queue.find(entry.id())).isPresent();
    }

    @BothDatabases
    void anEntryThatGoesOnKeepsItsProgressAndLetsTheOthersPass(TestDatabase database) {
        QueueOnDatabase queue = new QueueOnDatabase(database);
        QueueEntry first = queue.enqueued(IN);
        QueueEntry second = queue.enqueued(turnOf(5));
        queue.entries.goOn(first, 77, Map.of("cooked", "12"), NOW.plusMillis(10));
        assertThat(queue.due(IN)).extracting(QueueEntry::id).containsExactly(second.id(), first.id());
        assertThat(queue.reread(first).progress()).isEqualTo(77);
        assertThat(queue.reread(first).attributes()).isEqualTo(Map.of("cooked", "12"));
    }

    @BothDatabases
    void anEntryThatGoesOnNeverComesForward(TestDatabase database) {
        QueueOnDatabase queue = new QueueOnDatabase(database);
        QueueEntry back = queue.enqueued(turnOf(1000));
        queue.entries.goOn(back, 1, Map.of(), NOW);
        assertThat(queue.reread(back).turn()).isEqualTo(NOW.toEpochMilli() + 1000);
    }

    @BothDatabases
    void aDeferredEntryIsDueAgainInItsNewQueueWithItsErrorCleaned(TestDatabase database) {
        QueueOnDatabase queue = new QueueOnDatabase(database);
        QueueEntry entry = queue.enqueued(OUT);
        queue.entries.begin(List.of(entry), true);
        queue.entries.later(entry, BACKOFF, NOW.plusSeconds(5), 2, "451\0 busy\r\n" + "x".repeat(5000), Map.of(), null);
        QueueEntry later = queue.reread(entry);
        assertThat(later.queue()).isEqualTo(BACKOFF);
        assertThat(later.due()).isEqualTo(NOW.plusSeconds(5));
        assertThat(later.tries()).isEqualTo(2);
        assertThat(later.begun()).isZero();
        assertThat(later.lastError()).startsWith("451  busy  xxx").hasSize(4000);
    }

    @BothDatabases
    void aShuntedEntryKnowsWhereItCameFromAndWhy(TestDatabase database) {
        QueueOnDatabase queue = new QueueOnDatabase(database);
        QueueEntry entry = queue.enqueued(OUT);
        queue.entries.shunt(entry, SHUNT, "it failed");
        QueueEntry shunted = queue.reread(entry);
        assertThat(List.of(shunted.queue(), shunted.origin(), shunted.lastError()))
                .containsExactly(SHUNT, OUT, "it failed");
    }

    @BothDatabases
    void anUnshuntedEntryIsBackInItsQueueAsIfItHadNeverFailed(TestDatabase database) {
        QueueOnDatabase queue = new QueueOnDatabase(database);
        QueueEntry entry = queue.enqueued(anEntry(OUT).later(NOW.plusSeconds(60), 3));
        queue.entries.shunt(entry, SHUNT, "it failed");
        assertThat(queue.entries.unshunt(queue.reread(entry), NOW.plusSeconds(1)))
                .isTrue();
        QueueEntry back = queue.reread(entry);
        assertThat(back.queue()).isEqualTo(OUT);
        assertThat(back.origin()).isNull();
        assertThat(back.tries()).isZero();
        assertThat(back.begun()).isZero();
        assertThat(back.due()).isEqualTo(NOW.plusSeconds(1));
    }

    @BothDatabases
    void anEntryIsUnshuntedOnce(TestDatabase database) {
        QueueOnDatabase queue = new QueueOnDatabase(database);
        QueueEntry entry = queue.enqueued(OUT);
        queue.entries.shunt(entry, SHUNT, "it failed");
        QueueEntry shunted = queue.reread(entry);
        queue.entries.unshunt(shunted, NOW);
        assertThat(queue.entries.unshunt(shunted, NOW)).isFalse();
    }

    @BothDatabases
    void aWorkingEntryCannotBeUnshunted(TestDatabase database) {
        QueueOnDatabase queue = new QueueOnDatabase(database);
        QueueEntry entry = queue.enqueued(OUT);
        assertThat(queue.entries.unshunt(entry, NOW)).isFalse();
        assertThat(queue.reread(entry)).isEqualTo(entry);
    }

    @BothDatabases
    void beginningInAGroupNotesSuspicionButHoweverOftenNothingMore(TestDatabase database) {
        QueueOnDatabase queue = new QueueOnDatabase(database);
        QueueEntry entry = queue.enqueued(IN);
        queue.entries.begin(List.of(entry), false);
        queue.entries.begin(List.of(entry), false);
        assertThat(queue.reread(entry).begun()).isEqualTo(1);
    }

    @BothDatabases
    void eachBeginningAloneCounts(TestDatabase database) {
        QueueOnDatabase queue = new QueueOnDatabase(database);
        QueueEntry entry = queue.enqueued(IN);
        queue.entries.begin(List.of(entry), false);
        for (int i = 0; i < 3; i++) {
            queue.entries.begin(List.of(entry), true);
        }
        assertThat(queue.reread(entry).begun()).isEqualTo(4);
    }

    @BothDatabases
    void recordedProgressClearsTheSuspicion(TestDatabase database) {
        QueueOnDatabase queue = new QueueOnDatabase(database);
        QueueEntry entry = queue.enqueued(OUT);
        queue.entries.begin(List.of(entry), true);
        queue.entries.progress(entry, 50);
        assertThat(queue.reread(entry).begun()).isZero();
        assertThat(queue.reread(entry).progress()).isEqualTo(50);
    }

    @BothDatabases
    void aNoteThatIsTakenBackLeavesTheCountAsItWas(TestDatabase database) {
        QueueOnDatabase queue = new QueueOnDatabase(database);
        QueueEntry entry = queue.enqueued(IN);
        queue.entries.begin(List.of(entry), false);
        QueueEntry suspect = queue.reread(entry);
        queue.entries.begin(List.of(suspect), true);
        queue.entries.notBegun(List.of(suspect));
        assertThat(queue.reread(entry).begun()).isEqualTo(1);
    }

    @BothDatabases
    void aNoteThatIsTakenBackAfterProgressDoesNotMakeItASuspectAgain(TestDatabase database) {
        QueueOnDatabase queue = new QueueOnDatabase(database);
        QueueEntry entry = queue.enqueued(OUT);
        queue.entries.begin(List.of(entry), true);
        QueueEntry suspect = queue.reread(entry);
        queue.entries.begin(List.of(suspect), true);
        queue.entries.progress(suspect, 50);
        queue.entries.notBegun(List.of(suspect));
        assertThat(queue.reread(entry).begun()).isZero();
    }

    @BothDatabases
    void theSafetyNetSeesDueWorkOfItsRangesButNotWhatIsNotDueOrElsewhere(TestDatabase database) {
        QueueOnDatabase queue = new QueueOnDatabase(database);
        QueueEntry due = queue.enqueued(IN);
        queue.enqueued(OUT);
        queue.switchboard.enqueue(anEntry(IN).later(NOW.plusSeconds(1), 1));
        long[] before = {0, due.hash() - 1};
        long[] around = {due.hash(), due.hash()};
        assertThat(queue.entries.sampleDue(IN, List.of(before, around), NOW, 10))
                .containsExactly(due.hash());
        assertThat(queue.entries.sampleDue(IN, List.of(before), NOW, 10)).isEmpty();
    }

    @BothDatabases
    void theSafetyNetSeesWhatIsDueInBackoff(TestDatabase database) {
        QueueOnDatabase queue = new QueueOnDatabase(database);
        QueueEntry due = queue.enqueued(BACKOFF);
        queue.switchboard.enqueue(anEntry(BACKOFF).later(NOW.plusSeconds(1), 1));
        assertThat(queue.entries.sampleDue(BACKOFF, List.of(new long[] {0, Long.MAX_VALUE}), NOW, 10))
                .containsExactly(due.hash());
    }

    @Test
    void onPostgreSqlWhatIsNotDueInBackoffIsNotRead() {
        try (TestDatabase database = TestDatabases.POSTGRESQL.fresh()) {
            database.sql().update("""
                            insert into queue_entry (id, queue, hash, attributes, received, turn, due, progress, begun, tries)
                            select -k, 'BACKOFF', k, '{}', ?, k, ?, 0, 0, 1 from generate_series(1, 5000) k
                            """, NOW, NOW.plusSeconds(3600));
            for (String statistics : List.of("none", "analyze queue_entry")) {
                if (!statistics.equals("none")) {
                    database.sql().update(statistics);
                }
                assertThat(database.sql()
                                .list(
                                        "explain " + QueueEntries.sampling(BACKOFF, 1, 200),
                                        row -> row.getString(1),
                                        NOW,
                                        0L,
                                        Long.MAX_VALUE))
                        .as("with statistics: " + statistics)
                        .anyMatch(line -> line.contains("queue_entry_backoff"));
            }
        }
    }

    @Test
    void aDatabaseThatIsGoneIsNotReachable() {
        TestDatabase database = TestDatabases.H2.fresh();
        QueueEntries entries = new QueueEntries(database.sql());
        assertThat(entries.isReachable()).isTrue();
        database.close();
        assertThat(entries.isReachable()).isFalse();
    }

    private QueueEntry waiting(QueueOnDatabase queue, String waitsFor) {
        QueueEntry entry = queue.enqueued(anEntry(BACKOFF));
        queue.entries.later(entry, BACKOFF, NOW.plusSeconds(3600), 0, "waits", Map.of(), waitsFor);
        return entry;
    }

    @BothDatabases
    void onlyWhatWaitsForItIsBroughtForward(TestDatabase database) {
        QueueOnDatabase queue = new QueueOnDatabase(database);
        QueueEntry night = waiting(queue, "night");
        QueueEntry several = waiting(queue, "*");
        QueueEntry other = waiting(queue, "other");
        QueueEntry timed = waiting(queue, null);
        assertThat(queue.entries.bringForward(BACKOFF, List.of("night", "*"), NOW, 10))
                .isEqualTo(2);
        assertThat(queue.due(BACKOFF)).extracting(QueueEntry::id).containsExactly(night.id(), several.id());
        assertThat(queue.entries.bringForward(BACKOFF, List.of(), NOW, 10)).isEqualTo(1);
        assertThat(queue.reread(other).due()).isEqualTo(NOW);
        assertThat(queue.reread(timed).due()).isEqualTo(NOW.plusSeconds(3600));
    }

    @BothDatabases
    void manyAreBroughtForwardInPieces(TestDatabase database) {
        QueueOnDatabase queue = new QueueOnDatabase(database);
        for (int i = 0; i < 7; i++) {
            waiting(queue, "night");
        }
        assertThat(List.of(
                        queue.entries.bringForward(BACKOFF, List.of("night"), NOW, 3),
                        queue.entries.bringForward(BACKOFF, List.of("night"), NOW, 3),
                        queue.entries.bringForward(BACKOFF, List.of("night"), NOW, 3),
                        queue.entries.bringForward(BACKOFF, List.of("night"), NOW, 3)))
                .containsExactly(3, 3, 1, 0);
    }

    @BothDatabases
    void whatWaitsForNoneOfThoseIsBroughtForwardUnlessItComesSoonAnyway(TestDatabase database) {
        QueueOnDatabase queue = new QueueOnDatabase(database);
        QueueEntry night = waiting(queue, "night");
        QueueEntry gone = waiting(queue, "gone");
        waiting(queue, null);
        assertThat(queue.entries.bringForwardOthers(BACKOFF, List.of("night", "*"), NOW.plusSeconds(7200), NOW, 10))
                .isZero();
        assertThat(queue.entries.bringForwardOthers(BACKOFF, List.of("night", "*"), NOW.plusSeconds(20), NOW, 10))
                .isEqualTo(1);
        assertThat(queue.due(BACKOFF)).extracting(QueueEntry::id).containsExactly(gone.id());
        assertThat(queue.reread(night).due()).isEqualTo(NOW.plusSeconds(3600));
    }
}
