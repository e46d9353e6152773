package org.posthorn.queue.runner;

import org.posthorn.queue.QueueEntry;
import org.posthorn.queue.QueueName;

/**
 * A stop on a message's way: says which queue it consumes and works on one entry after the other. CDI finds all of them;
 * the runner knows none.
 *
 * <p>Called within a transaction that holds a group of entries. All that the stage stores (next entries through
 * {@code Switchboard}, trace events through {@code Trace}, rows of its own) is committed with the entry's end, or not at
 * all. It must not speak to the network; that is what {@link SendingStage} is for.
 */
public interface Stage {

    QueueName queue();

    /**
     * @return what becomes of the entry itself
     * @throws RuntimeException the entry alone is tried again a few times, then shunted with the error
     */
    Outcome process(QueueEntry entry);

    /** What becomes of an entry after its turn. */
    sealed interface Outcome {

        /** Done: it leaves the queue. */
        record Done() implements Outcome {}

        /** Not done yet: it stays, with its progress, and the next ones get their turn first. */
        record GoOn(long progress) implements Outcome {}
    }
}
