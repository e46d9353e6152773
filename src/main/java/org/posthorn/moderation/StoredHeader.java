package org.posthorn.moderation;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.posthorn.mail.HeaderBlock;
import org.posthorn.mail.MailMessage;
import org.posthorn.queue.MessageStore;

/** Reads a stored message's header, and no more of it. */
final class StoredHeader {

    private StoredHeader() {}

    static HeaderBlock of(MessageStore messages, long messageId) {
        try (InputStream octets = messages.open(messageId)) {
            return MailMessage.open(octets).header();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
