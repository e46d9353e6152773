package org.posthorn.mail;

import java.util.Optional;

/** A reverse-path (RFC 5321 section 4.1.2). The null path {@code <>} marks mail that must not be answered. */
public sealed interface ReversePath {

    /** Somebody who may be told. */
    record Mailbox(EmailAddress address) implements ReversePath {

        @Override
        public String text() {
            return address.address();
        }
    }

    /** Nobody. */
    record NullPath() implements ReversePath {

        @Override
        public String text() {
            return "";
        }
    }

    /** @return without angle brackets; {@code ""} for the null path; {@link #parse} takes it back */
    String text();

    /**
     * @param text with or without angle brackets; a source route is taken and ignored (RFC 5321 appendix C)
     * @return empty when it isn't a reverse-path
     */
    static Optional<ReversePath> parse(String text) {
        String path = text.startsWith("<") && text.endsWith(">") ? text.substring(1, text.length() - 1) : text;
        if (path.isEmpty()) {
            return Optional.of(new NullPath());
        }
        String mailbox = path.startsWith("@") ? path.substring(path.indexOf(':') + 1) : path;
        return EmailAddress.parseForeign(mailbox).map(Mailbox::new);
    }
}
