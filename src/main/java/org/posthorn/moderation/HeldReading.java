package org.posthorn.moderation;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.posthorn.mail.reading.ReadMessage;
import org.posthorn.mail.reading.ReadableMessage;
import org.posthorn.platform.actor.Needs;
import org.posthorn.platform.actor.OfList;
import org.posthorn.platform.actor.Right;
import org.posthorn.queue.MessageStore;

/** Opens held posts for moderators. */
@ApplicationScoped
public class HeldReading {

    private final HeldMessages held;
    private final MessageStore messages;

    protected HeldReading() {
        this(null, null);
    }

    @Inject
    public HeldReading(HeldMessages held, MessageStore messages) {
        this.held = held;
        this.messages = messages;
    }

    /** A held post and what can be read of it. */
    public record Opened(HeldMessage held, long sizeBytes, ReadableMessage message) {}

    /** @return empty: there is no such held post (any more) */
    @Transactional
    @Needs(Right.MODERATE)
    public Optional<Opened> open(@OfList long listId, long requestId) {
        return held.find(listId, requestId).map(post -> {
            try (InputStream octets = messages.open(post.messageId())) {
                return new Opened(post, messages.sizeBytes(post.messageId()).orElse(0L), ReadMessage.of(octets));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /**
     * Writes the message's octets as they came. Not in a transaction: who reads slowly must not hold one open.
     *
     * @param out is not closed
     * @throws IOException when whoever reads goes away
     */
    @Needs(Right.MODERATE)
    public void write(@OfList long listId, HeldMessage post, OutputStream out) throws IOException {
        if (post.listId() != listId) {
            throw new IllegalArgumentException("a held post of another list cannot be written: " + post.requestId());
        }
        try (InputStream octets = messages.open(post.messageId())) {
            octets.transferTo(out);
        }
    }
}
