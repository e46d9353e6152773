package org.posthorn.pipeline.attachment;

import java.io.OutputStream;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.posthorn.list.ArchivePolicy;
import org.posthorn.list.MailingList;
import org.posthorn.mail.filter.Shelf;

/** Stores nothing, and says what would stand in the parts' places: for who only looks what becomes of a post. */
public final class ShownShelf implements Shelf {

    private final MailingList list;
    private final String baseUrl;
    private final Clock clock;

    public ShownShelf(MailingList list, String baseUrl, Clock clock) {
        this.list = list;
        this.baseUrl = baseUrl;
        this.clock = clock;
    }

    @Override
    public Place place(int number, String type, String name) {
        return new Counted(type, name);
    }

    private final class Counted extends OutputStream implements Place {

        private final String type;
        private final String name;
        private long size;

        Counted(String type, String name) {
            this.type = type;
            this.name = name;
        }

        @Override
        public OutputStream octets() {
            return this;
        }

        @Override
        public void write(int octet) {
            size++;
        }

        @Override
        public void write(byte[] octets, int offset, int count) {
            size += count;
        }

        @Override
        public String notice() {
            int days = list.appearance().getAttachmentLinkDays();
            Attachment shown = new Attachment(
                    0,
                    "\u2026",
                    list.getId(),
                    name,
                    type,
                    size,
                    days == 0 ? Optional.empty() : Optional.of(clock.instant().plus(days, ChronoUnit.DAYS)),
                    list.archiving().getArchivePolicy() == ArchivePolicy.PUBLIC);
            return AttachmentNotice.of(shown, list.presentation().getPreferredLanguage(), baseUrl);
        }
    }
}
