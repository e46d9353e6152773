package org.posthorn.delivery;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;
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
    private final Map<Long, byte[]> kept = new LinkedHashMap<>(16, 0.75f, true);
    private long keptBytes;

    protected MessageBodies() {
        this(null);
    }

    @Inject
    public MessageBodies(MessageStore store) {
        this.store = store;
    }

    MessageBody of(long messageId) {
        byte[] octets = find(messageId);
        if (octets == null) {
            long size = store.sizeBytes(messageId)
                    .orElseThrow(() -> new IllegalStateException(
                            "message " + messageId + " cannot be missing while an entry points to it"));
            if (size > SMALL_BYTES) {
                return out -> {
                    try (InputStream in = store.open(messageId)) {
                        in.transferTo(out);
                    }
                };
            }
            octets = keep(messageId, store.head(messageId, SMALL_BYTES));
        }
        byte[] body = octets;
        return out -> out.write(body);
    }

    private synchronized byte[] find(long messageId) {
        return kept.get(messageId);
    }

    private synchronized byte[] keep(long messageId, byte[] octets) {
        if (kept.put(messageId, octets) == null) {
            keptBytes += octets.length;
        }
        for (var eldest = kept.entrySet().iterator(); keptBytes > MOST_BYTES && eldest.hasNext(); ) {
            keptBytes -= eldest.next().getValue().length;
            eldest.remove();
        }
        return octets;
    }
}
