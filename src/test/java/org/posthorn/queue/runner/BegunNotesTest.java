package org.posthorn.queue.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.posthorn.queue.QueueEntry;
import org.posthorn.queue.QueueName;
import org.posthorn.queue.QueueOnDatabase;
import org.posthorn.queue.lease.Lease;
import org.posthorn.testing.TestDatabase;
import org.posthorn.testing.TestDatabases;

/** A process that dies is one whose notes are not closed; the next one opens the same file. */
class BegunNotesTest {

    private final TestDatabase database = TestDatabases.H2.fresh();
    private final QueueOnDatabase queue = new QueueOnDatabase(database);
    private final GroupWork groups = new GroupWorkInTransactions(queue, queue.entries);
    private final Lease lease = queue.aLease(QueueName.IN);

    @TempDir
    private Path folder;

    private Path path;
    private BegunNotes notes;

    @BeforeEach
    void open() {
        path = folder.resolve("begun");
        nextProcess();
    }

    @AfterEach
    void close() {
        database.close();
    }

    private void nextProcess() {
        notes = BegunNotes.inFile(groups, path);
    }

    private QueueEntry entry() {
        return queue.enqueued(QueueName.IN);
    }

    private int begun(QueueEntry entry) {
        return queue.reread(entry).begun();
    }

    @Test
    void whatWasUnderWayInACrashIsSuspectInTheNextProcess() {
        List<QueueEntry> group = List.of(entry(), entry());
        QueueEntry other = entry();
        notes.begin(lease, group, false);
        assertThat(begun(group.get(0))).as("the database is not asked for it").isZero();
        nextProcess();
        assertThat(group).allSatisfy(entry -> assertThat(begun(entry)).isEqualTo(1));
        assertThat(begun(other)).isZero();
    }

    @Test
    void aCrashIsCountedOnce() {
        QueueEntry entry = entry();
        notes.begin(lease, List.of(entry), false);
        nextProcess();
        groups.notBegun(lease, List.of(entry));
        assertThat(begun(entry)).isZero();
        nextProcess();
        assertThat(begun(entry)).isZero();
    }

    @Test
    void whatHadEndedIsNotSuspect() {
        QueueEntry entry = entry();
        notes.begin(lease, List.of(entry), false).close();
        nextProcess();
        assertThat(begun(entry)).isZero();
    }

    @Test
    void whatHadGotFurtherIsNotSuspect() {
        QueueEntry entry = entry();
        notes.begin(lease, List.of(entry), false).progressed();
        nextProcess();
        assertThat(begun(entry)).isZero();
    }

    @Test
    void aSuspectIsCountedInTheDatabase() {
        QueueEntry entry = entry();
        notes.begin(lease, List.of(entry), false);
        nextProcess();
        notes.begin(lease, List.of(queue.reread(entry)), true);
        assertThat(begun(entry)).isEqualTo(2);
    }

    @Test
    void anErrorThatEndsTheRunnerAndNotTheProcessLeavesItsNoteInTheDatabase() {
        QueueEntry entry = entry();
        BegunNotes.Note note = notes.begin(lease, List.of(entry), false);
        note.keep(new NoClassDefFoundError("x"));
        note.close();
        assertThat(begun(entry)).isEqualTo(1);
    }

    @Test
    void anErrorAfterProgressAccusesNobody() {
        QueueEntry entry = entry();
        BegunNotes.Note note = notes.begin(lease, List.of(entry), false);
        note.progressed();
        note.keep(new NoClassDefFoundError("x"));
        assertThat(begun(entry)).isZero();
    }

    @Test
    void anErrorWhileTheDatabaseIsAwayLeavesTheNoteInTheFile() {
        QueueEntry entry = entry();
        BegunNotes.Note note = notes.begin(lease, List.of(entry), false);
        queue.takeOver(lease); // it cannot write, either
        note.keep(new NoClassDefFoundError("x"));
        note.close();
        nextProcess();
        assertThat(begun(entry)).isEqualTo(1);
    }

    @Test
    void whereTheFileHasNoPlaceTheDatabaseHas() {
        List<BegunNotes.Note> others = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
            others.add(notes.begin(lease, List.of(entry()), false));
        }
        QueueEntry entry = entry();
        notes.begin(lease, List.of(entry), false);
        assertThat(begun(entry)).isEqualTo(1);
        others.forEach(BegunNotes.Note::close);
        QueueEntry next = entry();
        notes.begin(lease, List.of(next), false);
        assertThat(begun(next)).isZero();
    }

    @Test
    void aFileOfAnotherKindAccusesNobody() throws IOException {
        QueueEntry entry = entry();
        byte[] other = new byte[20_000];
        Arrays.fill(other, (byte) 1);
        Files.write(path, other);
        nextProcess();
        notes.begin(lease, List.of(entry), false);
        nextProcess();
        assertThat(begun(entry)).isEqualTo(1);
    }

    @Test
    void whereNoFileCanBeMadeTheDatabaseHasTheNotes() {
        QueueEntry entry = entry();
        BegunNotes.inFile(groups, folder.resolve("none/begun")).begin(lease, List.of(entry), false);
        assertThat(begun(entry)).isEqualTo(1);
    }
}
