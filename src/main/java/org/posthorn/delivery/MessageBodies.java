package org.posthorn.delivery;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.LinkedHashMap;
import java.util.Map;
import org.posthorn.delivery.smtp.MessageCopy;
import org.posthorn.delivery.smtp.OctetsCopy;
import org.posthorn.queue.MessageStore;

/**
 * Cooked messages on their way out: small ones are kept in memory while their chunks go out, within a bound over all of
 * them; a large one is read from the store part by part for each transaction.
 */
@ApplicationScoped
public class MessageBodies {

    private static final int SMALL_BYTES = 1 << 20;
    private static final long MOST_BYTES = 24L << 20;

    private final MessageStore store;
    private final Map<Long, MessageCopy> kept = new LinkedHashMap<>(16, 0.75f, true);
    private long keptBytes;

    protected MessageBodies() {
        this(null);
    }

    @Inject
    public MessageBodies(MessageStore store) {
        this.store = store;
    }

    MessageCopy of(long messageId) {
        MessageCopy found = find(messageId);
        if (found != null) {
            return found;
        }
        long size = store.sizeBytes(messageId)
                .orElseThrow(() -> new IllegalStateException(
                        "message " + messageId + " cannot be missing while an entry points to it"));
        if (size > SMALL_BYTES) {
            return new StreamedCopy(size, () -> store.open(messageId));
        }
        return keep(messageId, new OctetsCopy(store.head(messageId, SMALL_BYTES)));
    }

    private synchronized MessageCopy find(long messageId) {
        return kept.get(messageId);
    }

    private synchronized MessageCopy keep(long messageId, MessageCopy copy) {
        if (kept.put(messageId, copy) == null) {
            keptBytes += copy.sizeBytes();
        }
        for (var eldest = kept.entrySet().iterator(); keptBytes > MOST_BYTES && eldest.hasNext(); ) {
            keptBytes -= eldest.next().getValue().sizeBytes();
            eldest.remove();
        }
        return copy;
    }
}
