package org.posthorn.template;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.util.Collections;
import java.util.List;
import org.posthorn.mail.ApprovedLine;
import org.posthorn.mail.HeaderBlock;
import org.posthorn.mail.MailMessage;
import org.posthorn.platform.Digests;
import org.posthorn.queue.MessageSource;
import org.posthorn.queue.MessageStore;

/** A stored mail within another one, read part by part; a moderator's password in it goes to nobody. */
final class ForwardSource implements MessageSource {

    private final ComposeNotice.Wrapping wrapping;
    private final long messageId;
    private final MessageStore messages;
    private final long sizeBytes;
    private final byte[] sha256;

    ForwardSource(ComposeNotice.Wrapping wrapping, long messageId, MessageStore messages) {
        this.wrapping = wrapping;
        this.messageId = messageId;
        this.messages = messages;
        MessageDigest digest = Digests.sha256();
        long size = 0;
        try (InputStream in = open()) {
            byte[] octets = new byte[64 * 1024];
            for (int read = in.read(octets); read >= 0; read = in.read(octets)) {
                digest.update(octets, 0, read);
                size += read;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.sizeBytes = size;
        this.sha256 = digest.digest();
    }

    @Override
    public long sizeBytes() {
        return sizeBytes;
    }

    @Override
    public byte[] sha256() {
        return sha256;
    }

    @Override
    public InputStream open() throws IOException {
        MailMessage message = MailMessage.open(messages.open(messageId));
        InputStream body = ApprovedLine.bodyWithout(message);
        HeaderBlock header = message.header().copy();
        ApprovedLine.PASSWORD_FIELDS.forEach(header::remove);
        ByteArrayOutputStream fields = new ByteArrayOutputStream();
        header.writeTo(fields);
        return new SequenceInputStream(Collections.enumeration(List.of(
                new ByteArrayInputStream(wrapping.before()),
                new ByteArrayInputStream(fields.toByteArray()),
                body,
                new ByteArrayInputStream(wrapping.after()))));
    }
}
