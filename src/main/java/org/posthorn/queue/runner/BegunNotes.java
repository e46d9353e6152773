package org.posthorn.queue.runner;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.List;
import org.posthorn.queue.QueueEntry;
import org.posthorn.queue.lease.Lease;

/**
 * Notes that work on a group begins, before it does, so that a crash leaves the note: what it is about is suspect then.
 *
 * <p>Beside an embedded database, which is one process's alone, entries that no crash has met yet are noted in a file
 * ({@link BegunFile}): a transaction for it would be a tenth of a small post's work. The process that comes after a crash
 * notes them in the database before it begins. Suspects, and all entries of a database that several nodes share, are noted
 * in the database: the node that died need not be the one that goes on.
 */
final class BegunNotes {

    private static final Logger LOG = System.getLogger(BegunNotes.class.getName());

    private final GroupWork groups;
    private final BegunFile file;

    private BegunNotes(GroupWork groups, BegunFile file) {
        this.groups = groups;
        this.file = file;
    }

    /** All notes in the database. */
    static BegunNotes inDatabase(GroupWork groups) {
        return new BegunNotes(groups, null);
    }

    /** Notes in a file beside the database, if it can be made; what the file says of a crash goes to the database first. */
    static BegunNotes inFile(GroupWork groups, Path path) {
        BegunFile file;
        try {
            file = BegunFile.open(path);
        } catch (IOException e) {
            LOG.log(Level.WARNING, "no file for notes of what is under way, the database has them: {0}", e.toString());
            return inDatabase(groups);
        }
        List<Long> left = file.left();
        if (!left.isEmpty()) {
            int found = groups.begunAtCrash(left);
            LOG.log(
                    Level.INFO,
                    "Suspects entries={0}: these were under way when the process before this one ended",
                    found);
        }
        file.clear();
        return new BegunNotes(groups, file);
    }

    /** @param alone whether nothing else runs in this process: then a crash would be the entry's */
    Note begin(Lease lease, List<QueueEntry> group, boolean alone) {
        boolean fresh = !alone && group.stream().allMatch(entry -> entry.begun() == 0);
        int place = file == null || !fresh
                ? -1
                : file.note(group.stream().map(QueueEntry::id).toList());
        if (place < 0) {
            groups.begin(lease, group, alone);
        }
        return new Note(lease, group, place);
    }

    /** One group's note. */
    final class Note implements AutoCloseable {

        private final Lease lease;
        private final List<QueueEntry> group;
        private final int place;
        private boolean over;
        private boolean kept;

        private Note(Lease lease, List<QueueEntry> group, int place) {
            this.lease = lease;
            this.group = group;
            this.place = place;
        }

        /** What was recorded of an entry shows that it can be worked on: a crash from here on is not its fault. */
        void progressed() {
            over = true;
            if (place >= 0) {
                file.erase(place);
            }
        }

        /** An error ends the runner but not the process: no other process will look into the file. */
        void keep(Error error) {
            if (place < 0 || over) {
                return;
            }
            try {
                groups.begin(lease, group, false);
            } catch (RuntimeException e) {
                kept = true; // the file goes on saying so, for the next process
                error.addSuppressed(e);
            }
        }

        /** The work is over, however it went; what became of the entries the database says. */
        @Override
        public void close() {
            if (place >= 0 && !kept) {
                file.free(place);
            }
        }
    }
}
