package org.posthorn.queue.runner;

import org.posthorn.queue.QueueEntry;
import org.posthorn.queue.QueueName;

/**
 * A stage whose work has effects outside of the database: speaking SMTP. It runs outside of any transaction and records
 * its results in groups, in transactions of its own that end with the fence.
 */
public interface SendingStage {

    QueueName queue();

    /**
     * Works on the entry until it is done, deferred, or the turn is over. What becomes of the entry is recorded by the
     * stage itself.
     *
     * @throws RuntimeException what was recorded stays; the rest is tried again a few times, then shunted with the error
     */
    void send(QueueEntry entry, Turn turn);

    /** The runner's side of one entry's turn. */
    interface Turn {

        /** Whether the slice is still this node's, by the local monotonic deadline. Asked before each message. */
        boolean mayGoOn();

        /** Whether others should get their turn: the node is stopping, or the time is up. */
        boolean isOver();

        /** Proves, as the last statement of the present transaction, that the slice is still this node's. */
        void fence();

        /** Notes that progress was recorded: a crash from here on is not held against the entry. */
        void progressed();
    }
}
