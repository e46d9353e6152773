package org.posthorn.ingress;

import java.util.Optional;
import org.posthorn.mail.EmailAddress;

/**
 * The path of a MAIL or RCPT command (RFC 5321 section 4.1.2) and what follows it. A source route is read over (appendix
 * C).
 *
 * @param mailbox empty for the null path
 * @param rest the parameters, blanks stripped
 */
record EnvelopePath(Optional<EmailAddress> mailbox, String rest) {

    /** @return empty when it is not a path in angle brackets */
    static Optional<EnvelopePath> parse(String argument) {
        String text = argument.strip();
        int end = end(text);
        if (end < 0) {
            return Optional.empty();
        }
        String after = text.substring(end + 1);
        if (!after.isEmpty() && after.charAt(0) != ' ') {
            return Optional.empty();
        }
        if (end == 1) {
            return Optional.of(new EnvelopePath(Optional.empty(), after.strip()));
        }
        return EmailAddress.parseForeign(withoutSourceRoute(text.substring(1, end)))
                .map(mailbox -> new EnvelopePath(Optional.of(mailbox), after.strip()));
    }

    /** Whether only SMTPUTF8 (RFC 6531) allows it. */
    boolean isInternationalized() {
        return mailbox.map(address -> address.toString().chars().anyMatch(c -> c >= 0x80))
                .orElse(false);
    }

    /** Where the closing bracket is, -1 without one. */
    private static int end(String text) {
        if (text.isEmpty() || text.charAt(0) != '<') {
            return -1;
        }
        boolean quoted = false;
        for (int i = 1; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' && quoted) {
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == '>' && !quoted) {
                return i;
            }
        }
        return -1;
    }

    private static String withoutSourceRoute(String path) {
        return path.startsWith("@") ? path.substring(path.indexOf(':') + 1) : path;
    }
}
