package org.posthorn.ingress;

import java.util.Optional;

/**
 * The path of a MAIL or RCPT command (RFC 5321 section 4.1.2) and what follows it.
 *
 * <p>Not stricter than it must be: dots may stand anywhere in a local part (such addresses exist), and its length is
 * bounded with the whole address's, since VERP makes it longer than 64. A source route is read over (RFC 5321, appendix
 * C). Quoted local parts are read as they stand.
 *
 * @param mailbox empty for the null path
 * @param rest the parameters, blanks stripped
 */
record EnvelopePath(String mailbox, String rest) {

    /** As much as the database keeps. */
    static final int MOST_CHARACTERS = 320;

    private static final int MOST_DOMAIN_CHARACTERS = 253;

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
        String mailbox = withoutSourceRoute(text.substring(1, end));
        if (!mailbox.isEmpty() && !isMailbox(mailbox)) {
            return Optional.empty();
        }
        return Optional.of(new EnvelopePath(mailbox, after.strip()));
    }

    /** Whether only SMTPUTF8 (RFC 6531) allows it. */
    boolean isInternationalized() {
        return mailbox.chars().anyMatch(c -> c >= 0x80);
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
        if (!path.startsWith("@")) {
            return path;
        }
        int colon = path.indexOf(':');
        if (colon < 0) {
            return path;
        }
        for (String hop : path.substring(0, colon).split(",", -1)) {
            if (!hop.startsWith("@") || !isDomain(hop.substring(1))) {
                return path;
            }
        }
        return path.substring(colon + 1);
    }

    private static boolean isMailbox(String mailbox) {
        int at = mailbox.lastIndexOf('@');
        return mailbox.length() <= MOST_CHARACTERS && at > 0 && isLocalPart(mailbox.substring(0, at)) && isDomain(mailbox.substring(at + 1));
    }

    private static boolean isLocalPart(String local) {
        if (local.charAt(0) == '"') {
            return isQuotedString(local);
        }
        return local.chars().allMatch(c -> c == '.' || isAtext(c));
    }

    private static boolean isQuotedString(String local) {
        int last = local.length() - 1;
        if (last < 1 || local.charAt(last) != '"') {
            return false;
        }
        for (int i = 1; i < last; i++) {
            char c = local.charAt(i);
            if (c == '\\') {
                i++;
                if (i == last) {
                    return false;
                }
            } else if (c == '"') {
                return false;
            }
        }
        return true;
    }

    private static boolean isAtext(int c) {
        return c >= 0x80 || isLetterOrDigit(c) || "!#$%&'*+-/=?^_`{|}~".indexOf(c) >= 0;
    }

    private static boolean isDomain(String domain) {
        if (domain.isEmpty() || domain.length() > MOST_DOMAIN_CHARACTERS) {
            return false;
        }
        if (domain.charAt(0) == '[') {
            return domain.matches("\\[[0-9A-Za-z.:-]+]");
        }
        for (String label : domain.split("\\.", -1)) {
            boolean fine = !label.isEmpty()
                    && label.charAt(0) != '-'
                    && label.charAt(label.length() - 1) != '-'
                    && label.chars().allMatch(c -> c >= 0x80 || isLetterOrDigit(c) || c == '-' || c == '_');
            if (!fine) {
                return false;
            }
        }
        return true;
    }

    private static boolean isLetterOrDigit(int c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
    }
}
