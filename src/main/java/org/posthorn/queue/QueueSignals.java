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

        /** @return whether the entry is its to work on, so that no other node has to be told */
        boolean arrived(QueueName queue, long hash);
    }

    /** Tells other nodes. Must not wait for them. */
    @FunctionalInterface
    public interface Relay {
        void tell(QueueName queue, long hash);
    }

    private final List<Listener> listeners = new CopyOnWriteArrayList<>();
    private volatile Relay relay = (queue, hash) -> {};

    public void listen(Listener listener) {
        listeners.add(listener);
    }

    /** Who tells the other nodes of entries that nobody here works on. */
    public void relayBy(Relay relay) {
        this.relay = relay;
    }

    /** This node has made an entry. */
    public void arrived(QueueName queue, long hash) {
        if (!heard(queue, hash)) {
            relay.tell(queue, hash);
        }
    }

    /** Another node has made an entry, as it says. @return whether somebody here works on it */
    public boolean heard(QueueName queue, long hash) {
        boolean here = false;
        for (Listener listener : listeners) {
            here |= listener.arrived(queue, hash);
        }
        return here;
    }
}
