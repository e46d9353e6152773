package org.posthorn.queue.runner;

import java.util.Map;
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

        /**
         * Not done yet: it stays, with its progress, and the next ones get their turn first.
         *
         * @param attributes what the stage wants to remember until then: they are added to the entry's attributes and
         *     replace those of the same name
         */
        record GoOn(long progress, Map<String, String> attributes) implements Outcome {

            public GoOn {
                attributes = Map.copyOf(attributes);
            }

            /** Nothing to remember but the progress. */
            public GoOn(long progress) {
                this(progress, Map.of());
            }
        }

        /** Nothing can be made of it: it is kept in {@code bad}, with the reason. */
        record Bad(String reason) implements Outcome {}
    }
}
