package org.posthorn.mail;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;

/**
 * A mailbox (RFC 5321 section 4.1.2, with RFC 6531's UTF-8). Two that differ in case only are equal: a roster has one of
 * them. There is no way to make one but by parsing, so none ever holds a control character or a line end.
 */
public final class EmailAddress implements Comparable<EmailAddress> {

    public static final int MAX_OCTETS = 254;
    public static final int MAX_LOCAL_OCTETS = 64;

    private static final int MAX_LABEL_OCTETS = 63;

    private final String local;
    private final String domain;
    private final String original;
    private final String address;
    private final String key;

    private EmailAddress(String local, String domain, String original) {
        this.local = local;
        this.domain = domain;
        this.original = original;
        String whole = local + "@" + domain;
        this.address = whole.equals(original) ? original : whole;
        this.key = address.toLowerCase(Locale.ROOT);
    }

    /**
     * An address that Posthorn may keep and write to: of a list, a member, an owner.
     *
     * @return empty when it isn't a mailbox, has a source route or a domain literal, or is too long
     */
    public static Optional<EmailAddress> parse(String text) {
        return parse(text, false);
    }

    /**
     * An address that somebody else uses and Posthorn only reads: of a reverse-path, a header. It may also have a domain
     * literal, a local part above 64 octets (others' VERP) and dots where none belong.
     *
     * @return empty when it isn't even that
     */
    public static Optional<EmailAddress> parseForeign(String text) {
        return parse(text, true);
    }

    private static Optional<EmailAddress> parse(String text, boolean foreign) {
        if (text == null || text.length() > MAX_OCTETS) {
            return Optional.empty();
        }
        int plain = atOfPlain(text);
        if (plain > 0 && (foreign || plain <= MAX_LOCAL_OCTETS)) {
            return Optional.of(new EmailAddress(text.substring(0, plain), text.substring(plain + 1), text));
        }
        if (octets(text) > MAX_OCTETS) {
            return Optional.empty();
        }
        int at = text.startsWith("\"") ? LocalPart.endOfQuoted(text) : text.indexOf('@');
        if (at < 1 || at >= text.length() || text.charAt(at) != '@') {
            return Optional.empty();
        }
        Optional<String> local =
                LocalPart.normalise(Normalizer.normalize(text.substring(0, at), Normalizer.Form.NFC), foreign);
        Optional<String> domain = domain(text.substring(at + 1), foreign);
        if (local.isEmpty() || domain.isEmpty() || !foreign && octets(local.get()) > MAX_LOCAL_OCTETS) {
            return Optional.empty();
        }
        EmailAddress address = new EmailAddress(local.get(), domain.get(), text);
        return octets(address.address()) > MAX_OCTETS || octets(address.key) > MAX_OCTETS
                ? Optional.empty()
                : Optional.of(address);
    }

    /**
     * Nearly every address is plain, and one of them is read for each copy of a message: so it is seen in one pass.
     *
     * @return where the at sign is in an address of ASCII atoms and a domain in lower case, neither too long nor ending in
     *     digits only; -1 in any other text, which may be an address too
     */
    private static int atOfPlain(String text) {
        int at = -1;
        int labelBegins = 0;
        boolean digitsOnly = true;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean divides = c == '.' || at < 0 && c == '@';
            if (divides) {
                if (i == labelBegins || at >= 0 && !isEndOfLabel(text, labelBegins, i)) {
                    return -1;
                }
                at = c == '@' ? i : at;
                labelBegins = i + 1;
                digitsOnly = true;
            } else if (at < 0 ? !LocalPart.isAtomCharacter(c) : !isLabelCharacter(c) || i == labelBegins && c == '-') {
                return -1;
            } else {
                digitsOnly &= c >= '0' && c <= '9';
            }
        }
        boolean ends =
                at > 0 && labelBegins < text.length() && isEndOfLabel(text, labelBegins, text.length()) && !digitsOnly;
        return ends ? at : -1;
    }

    private static boolean isLabelCharacter(char c) {
        return c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '-';
    }

    private static boolean isEndOfLabel(String text, int begin, int end) {
        return end - begin <= MAX_LABEL_OCTETS && text.charAt(end - 1) != '-';
    }

    private static Optional<String> domain(String text, boolean foreign) {
        if (foreign && text.startsWith("[") && text.matches("\\[[0-9A-Za-z.:-]{1,80}\\]")) {
            return Optional.of(text.toLowerCase(Locale.ROOT));
        }
        return DomainName.parse(text).map(DomainName::ascii);
    }

    private static int octets(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    /** @return as it goes on the wire: quoted only if it must be; its case is kept */
    public String local() {
        return local;
    }

    /** @return lower case, A-labels */
    public String domain() {
        return domain;
    }

    /** @return as it goes on the wire: {@link #local()}, at, {@link #domain()} */
    public String address() {
        return address;
    }

    /** @return all in lower case: what is unique */
    public String key() {
        return key;
    }

    /** @return whether it can be sent without SMTPUTF8 */
    public boolean isAscii() {
        return local.chars().allMatch(c -> c < 0x80);
    }

    @Override
    public int compareTo(EmailAddress other) {
        return key.compareTo(other.key);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof EmailAddress address && key.equals(address.key);
    }

    @Override
    public int hashCode() {
        return key.hashCode();
    }

    /** @return as it was written */
    @Override
    public String toString() {
        return original;
    }
}
