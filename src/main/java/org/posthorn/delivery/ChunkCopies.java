package org.posthorn.delivery;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.function.IntFunction;
import org.posthorn.delivery.copy.CompiledMessages;
import org.posthorn.delivery.copy.Copies;
import org.posthorn.delivery.smtp.MessageCopy;
import org.posthorn.list.Roster;
import org.posthorn.list.Roster.Named;
import org.posthorn.mail.Addressee;

/** The copies for a chunk's recipients. What must be known of them is read once for all of them, not for each. */
@ApplicationScoped
public class ChunkCopies {

    private static final Named UNKNOWN = new Named("", "");

    private final CompiledMessages messages;
    private final Roster roster;

    protected ChunkCopies() {
        this(null, null);
    }

    @Inject
    public ChunkCopies(CompiledMessages messages, Roster roster) {
        this.messages = messages;
        this.roster = roster;
    }

    /** @return by the recipient's place in the chunk; the same one for all where the entry is in bulk */
    IntFunction<MessageCopy> of(long messageId, Envelope envelope, Chunk chunk) {
        Copies copies = messages.of(messageId);
        if (!envelope.personal() || !copies.isPersonal()) {
            MessageCopy shared = copies.shared();
            return index -> shared;
        }
        Map<Long, Named> named = copies.needsMore()
                ? roster.named(chunk.memberIds().stream().filter(id -> id != 0).toList())
                : Map.of();
        return index -> {
            Named member = named.getOrDefault(chunk.memberIds().get(index), UNKNOWN);
            return copies.of(new Addressee(chunk.addresses().get(index), member.name(), member.language()));
        };
    }
}
