package org.posthorn.queue;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Tells whoever listens that a queue has a new entry. Only makes things quick: a timer finds what was not told. */
@ApplicationScoped
public class QueueSignals {

    /** Hears of new entries. Must be short. */
    @FunctionalInterface
    public interface Listener {
        void arrived(QueueName queue, long hash);
    }

    private final List<Listener> listeners = new CopyOnWriteArrayList<>();

    public void listen(Listener listener) {
        listeners.add(listener);
    }

    public void arrived(QueueName queue, long hash) {
        for (Listener listener : listeners) {
            listener.arrived(queue, hash);
        }
    }
}
