package org.posthorn.pipeline.attachment;

import java.io.OutputStream;
import java.util.Arrays;
import java.util.Optional;
import org.posthorn.list.MailingList;
import org.posthorn.mail.filter.Shelf;
import org.posthorn.queue.Posting;

/** Where a post's large parts are stored, each once: a post that is cooked again finds them there. In the caller's transaction. */
public final class AttachmentShelf implements Shelf {

    private final Attachments attachments;
    private final MailingList list;
    private final Posting posting;
    private final String baseUrl;

    /** @param baseUrl what the list's pages are under, without a slash at its end */
    public AttachmentShelf(Attachments attachments, MailingList list, Posting posting, String baseUrl) {
        this.attachments = attachments;
        this.list = list;
        this.posting = posting;
        this.baseUrl = baseUrl;
    }

    @Override
    public Place place(int number, String type, String name) {
        Optional<Attachment> before = attachments.find(posting.id(), number);
        return before.isPresent()
                ? new Known(before.get())
                : new New(attachments.begin(list, posting, number, name, type));
    }

    private String notice(Attachment attachment) {
        return AttachmentNotice.of(attachment, list.presentation().getPreferredLanguage(), baseUrl);
    }

    private final class Known implements Place {

        private final Attachment attachment;

        Known(Attachment attachment) {
            this.attachment = attachment;
        }

        @Override
        public OutputStream octets() {
            return OutputStream.nullOutputStream();
        }

        @Override
        public String notice() {
            return AttachmentShelf.this.notice(attachment);
        }
    }

    private final class New extends OutputStream implements Place {

        private final Attachment attachment;
        private final byte[] part = new byte[Attachments.PART_BYTES];
        private int length;
        private int parts;
        private long size;

        New(Attachment attachment) {
            this.attachment = attachment;
        }

        @Override
        public OutputStream octets() {
            return this;
        }

        @Override
        public void write(int octet) {
            part[length++] = (byte) octet;
            if (length == part.length) {
                put();
            }
        }

        @Override
        public void write(byte[] octets, int offset, int count) {
            int at = offset;
            while (at < offset + count) {
                int some = Math.min(part.length - length, offset + count - at);
                System.arraycopy(octets, at, part, length, some);
                length += some;
                at += some;
                if (length == part.length) {
                    put();
                }
            }
        }

        private void put() {
            attachments.put(attachment.id(), parts++, Arrays.copyOf(part, length));
            size += length;
            length = 0;
        }

        @Override
        public String notice() {
            if (length > 0) {
                put();
            }
            attachments.end(attachment.id(), size);
            return AttachmentShelf.this.notice(new Attachment(
                    attachment.id(),
                    attachment.token(),
                    attachment.listId(),
                    attachment.name(),
                    attachment.type(),
                    size,
                    attachment.expires(),
                    attachment.open()));
        }
    }
}
