package org.posthorn.delivery.copy;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.LinkedHashMap;
import java.util.Map;
import org.posthorn.mail.CopyPlan;
import org.posthorn.queue.MessageStore;

/**
 * Cooked messages on their way out: each is compiled once, and kept while its chunks go out, within a bound over all of
 * them. Of a large one only what is known of it is kept; its octets are read from the store for each transaction.
 */
@ApplicationScoped
public class CompiledMessages {

    private static final int SMALL_BYTES = 1 << 20;
    private static final long MOST_BYTES = 24L << 20;

    /** What a message takes in memory whose octets are not kept. */
    private static final long STREAMED_BYTES = 1024;

    private record Kept(Copies copies, long weightBytes) {}

    private final MessageStore store;
    private final Map<Long, Kept> kept = new LinkedHashMap<>(16, 0.75f, true);
    private long keptBytes;

    protected CompiledMessages() {
        this(null);
    }

    @Inject
    public CompiledMessages(MessageStore store) {
        this.store = store;
    }

    /** @throws IllegalStateException when there is no such message, or a part of it is missing */
    public Copies of(long messageId) {
        Kept found = find(messageId);
        return found == null ? keep(messageId, compile(messageId)) : found.copies();
    }

    private Kept compile(long messageId) {
        long size = store.sizeBytes(messageId)
                .orElseThrow(() -> new IllegalStateException(
                        "message " + messageId + " cannot be missing while an entry points to it"));
        CopyPlan plan = store.copyPlan(messageId).map(CopyPlan::parse).orElse(CopyPlan.NONE);
        if (size > SMALL_BYTES) {
            return new Kept(new StreamedMessage(() -> store.open(messageId), plan), STREAMED_BYTES);
        }
        CompiledMessage compiled = new CompiledMessage(store.head(messageId, SMALL_BYTES), plan);
        return new Kept(compiled, compiled.weightBytes());
    }

    private synchronized Kept find(long messageId) {
        return kept.get(messageId);
    }

    private synchronized Copies keep(long messageId, Kept compiled) {
        Kept before = kept.put(messageId, compiled);
        keptBytes += compiled.weightBytes() - (before == null ? 0 : before.weightBytes());
        for (var eldest = kept.entrySet().iterator(); keptBytes > MOST_BYTES && eldest.hasNext(); ) {
            keptBytes -= eldest.next().getValue().weightBytes();
            eldest.remove();
        }
        return compiled.copies();
    }
}
