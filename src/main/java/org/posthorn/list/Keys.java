package org.posthorn.list;

import java.util.Locale;
import java.util.Optional;
import org.posthorn.mail.EmailAddress;

/** What rows are found by, from text that may come from anywhere. */
final class Keys {

    private Keys() {}

    /** @return an address's key; empty: it is none, so nothing can be stored under it */
    static Optional<String> ofAddress(String text) {
        return EmailAddress.parseForeign(text).map(EmailAddress::key);
    }

    /** @return a list-id or a mail host in lower case; empty: it cannot be one */
    static Optional<String> ofName(String text) {
        return text == null || text.isEmpty() || text.length() > 320 || !OneLine.isOneLine(text)
                ? Optional.empty()
                : Optional.of(text.toLowerCase(Locale.ROOT));
    }
}
