package org.posthorn.template;

import java.util.Optional;
import org.posthorn.mail.EmailAddress;
import org.posthorn.mail.NamedAddress;

/**
 * A mail that Posthorn writes, before it is put into octets.
 *
 * @param listId the list it is about; null for none
 * @param from an address of the list or the site
 * @param subject a line of text, not encoded
 * @param text plain text; lines end in LF
 * @param attached another mail or its header; empty for none
 * @param occasion whether it answers a mail
 * @param replyTo where an answer to it goes; empty: nowhere else than to {@code from}
 */
public record Notice(
        Long listId,
        NamedAddress from,
        EmailAddress to,
        String subject,
        String text,
        Optional<Attached> attached,
        Occasion occasion,
        Optional<EmailAddress> replyTo) {

    public Notice(
            Long listId,
            NamedAddress from,
            EmailAddress to,
            String subject,
            String text,
            Optional<Attached> attached,
            Occasion occasion) {
        this(listId, from, to, subject, text, attached, occasion, Optional.empty());
    }

    /** RFC 3834 section 5: what {@code Auto-Submitted} says. */
    public enum Occasion {
        /** It answers a mail. */
        REPLY("auto-replied"),
        /** It was caused by something else. */
        EVENT("auto-generated");

        private final String keyword;

        Occasion(String keyword) {
            this.keyword = keyword;
        }

        String keyword() {
            return keyword;
        }
    }
}
