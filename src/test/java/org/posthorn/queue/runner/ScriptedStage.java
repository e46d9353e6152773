package org.posthorn.queue.runner;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.posthorn.queue.QueueEntry;
import org.posthorn.queue.QueueName;
import org.posthorn.queue.QueueOnDatabase;

/** Works on {@code in}: makes an {@code archive} entry for each that it is done with, unless told otherwise. */
final class ScriptedStage implements Stage {

    private final QueueOnDatabase queue;
    private final List<Long> asked = new ArrayList<>();
    private Consumer<QueueEntry> first = entry -> {};

    ScriptedStage(QueueOnDatabase queue) {
        this.queue = queue;
    }

    /** Done before anything else, with each entry. */
    void first(Consumer<QueueEntry> doing) {
        first = doing;
    }

    /** The entries that it was asked to work on, once per attempt. */
    List<Long> asked() {
        return asked;
    }

    @Override
    public QueueName queue() {
        return QueueName.IN;
    }

    @Override
    public Outcome process(QueueEntry entry) {
        asked.add(entry.id());
        queue.switchboard.enqueue(QueueOnDatabase.anEntry(QueueName.ARCHIVE));
        first.accept(entry);
        return new Outcome.Done();
    }
}
