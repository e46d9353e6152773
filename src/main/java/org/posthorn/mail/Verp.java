package org.posthorn.mail;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Variable envelope return paths: {@code list-bounces+user=host@domain}, so that a bounce tells by its recipient whom it
 * is about.
 *
 * <p>In the user's part all but letters, digits, dots, hyphens and underscores become {@code =} and two hexadecimal digits; the last
 * {@code =} divides. Not {@code %}: Postfix takes an address with one for source-routed and refuses to relay it.
 */
public final class Verp {

    /** The symbols that no MTA gives a meaning of its own within a local part (Exim refuses many of the others). */
    private static final String PLAIN_SYMBOLS = "-_";

    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private Verp() {}

    /**
     * @param bounces the list's bounce address, e.g. {@code list-bounces@lists.example.org}
     * @return the reverse-path for this recipient; empty when it would be too long for a mailbox (64 octets before the at
     *     sign): such a recipient's copy goes out with the plain bounce address
     */
    public static Optional<EmailAddress> encode(EmailAddress bounces, EmailAddress recipient) {
        Optional<String> user = LocalPart.unquote(recipient.local());
        if (user.isEmpty() || bounces.local().startsWith("\"")) {
            return Optional.empty();
        }
        return EmailAddress.parse(
                bounces.local() + "+" + escape(user.get()) + "=" + recipient.domain() + "@" + bounces.domain());
    }

    /**
     * @param detail what follows the first {@code +} of the bounce address' local part, e.g. {@code user=host}
     * @return empty when it names no mailbox
     */
    public static Optional<EmailAddress> decode(String detail) {
        int divider = detail.lastIndexOf('=');
        if (divider < 1 || detail.length() > EmailAddress.MAX_OCTETS) {
            return Optional.empty();
        }
        String user = unescape(detail.substring(0, divider));
        return EmailAddress.parse(LocalPart.quoteIfNeeded(user) + "@" + detail.substring(divider + 1));
    }

    private static String escape(String user) {
        StringBuilder escaped = new StringBuilder(user.length() + 16);
        int before = 0;
        for (byte octet : user.getBytes(StandardCharsets.UTF_8)) {
            boolean plain = octet >= '0' && octet <= '9'
                    || octet >= 'a' && octet <= 'z'
                    || octet >= 'A' && octet <= 'Z'
                    || PLAIN_SYMBOLS.indexOf(octet) >= 0
                    || octet == '.' && before != '.';
            if (plain) {
                escaped.append((char) octet);
            } else {
                escaped.append('=').append(HEX.toHighHexDigit(octet)).append(HEX.toLowHexDigit(octet));
            }
            before = plain ? octet : 0;
        }
        return escaped.toString();
    }

    private static String unescape(String escaped) {
        byte[] from = escaped.getBytes(StandardCharsets.UTF_8);
        byte[] octets = new byte[from.length];
        int length = 0;
        for (int i = 0; i < from.length; i++) {
            boolean hex = from[i] == '='
                    && i + 2 < from.length
                    && HexFormat.isHexDigit(from[i + 1])
                    && HexFormat.isHexDigit(from[i + 2]);
            if (hex) {
                octets[length++] =
                        (byte) (HexFormat.fromHexDigit(from[i + 1]) << 4 | HexFormat.fromHexDigit(from[i + 2]));
                i += 2;
            } else {
                octets[length++] = from[i];
            }
        }
        return new String(octets, 0, length, StandardCharsets.UTF_8);
    }
}
