package org.posthorn.mail;

import java.net.IDN;
import java.util.Locale;
import java.util.Optional;

/**
 * A mail domain's name (RFC 5321 section 4.1.2, RFC 5890), never an address literal.
 *
 * @param ascii lower case, U-labels as A-labels, at most 253 octets
 */
public record DomainName(String ascii) {

    private static final int MAX_OCTETS = 253;
    private static final int MAX_LABEL_OCTETS = 63;

    /** The characters that Java's IDNA 2003 maps to others and IDNA 2008 doesn't: mapped, they name another domain. */
    private static final String DEVIATIONS = "\u00df\u1e9e\u03c2\u200c\u200d";

    public DomainName {
        if (!isCanonical(ascii)) {
            throw new IllegalArgumentException("not a domain name in lower case: " + ascii);
        }
    }

    /** @return empty when it isn't a domain name; a name with one label only is one, an IPv4 address isn't */
    public static Optional<DomainName> parse(String text) {
        if (text == null || text.isEmpty() || text.length() > MAX_OCTETS) {
            return Optional.empty();
        }
        String ascii = text.chars().allMatch(c -> c < 0x80) ? text : toAscii(text);
        String lower = ascii.toLowerCase(Locale.ROOT);
        return isCanonical(lower) ? Optional.of(new DomainName(lower)) : Optional.empty();
    }

    private static String toAscii(String text) {
        if (text.chars().anyMatch(c -> DEVIATIONS.indexOf(c) >= 0)) {
            return "";
        }
        try {
            return IDN.toASCII(text, IDN.ALLOW_UNASSIGNED | IDN.USE_STD3_ASCII_RULES);
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            return "";
        }
    }

    private static boolean isCanonical(String name) {
        if (name == null || name.isEmpty() || name.length() > MAX_OCTETS) {
            return false;
        }
        String[] labels = name.split("\\.", -1);
        for (String label : labels) {
            if (!isLabel(label)) {
                return false;
            }
        }
        return !labels[labels.length - 1].chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private static boolean isLabel(String label) {
        if (label.isEmpty() || label.length() > MAX_LABEL_OCTETS || label.startsWith("-") || label.endsWith("-")) {
            return false;
        }
        return label.chars().allMatch(c -> c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '-');
    }

    /** @return for people's eyes: A-labels as U-labels where they can be */
    public String unicode() {
        return IDN.toUnicode(ascii, IDN.ALLOW_UNASSIGNED);
    }

    @Override
    public String toString() {
        return ascii;
    }
}
