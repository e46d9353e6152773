package org.posthorn.mail;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** A To field that names one recipient. */
final class ToField {

    private static final int SHORT = 78;

    private ToField() {}

    /** @return folded, with CRLF; empty when there is no mailbox to name */
    static Optional<byte[]> of(Addressee addressee) {
        return addressee.mailbox().map(mailbox -> octets(addressee.name(), mailbox));
    }

    private static byte[] octets(String name, EmailAddress mailbox) {
        String plain = name.isEmpty() ? "To: " + mailbox.address() : "To: " + name + " <" + mailbox.address() + ">";
        boolean asItIs = plain.length() <= SHORT && isOfAtoms(name) && mailbox.isAscii();
        return asItIs
                ? (plain + "\r\n").getBytes(StandardCharsets.ISO_8859_1)
                : FieldText.field("To", new NamedAddress(name, mailbox).header())
                        .octets();
    }

    /** Whether it needs neither quotes nor encoding, as most do. */
    private static boolean isOfAtoms(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean harmless =
                    c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == ' ' || c == '-';
            if (!harmless) {
                return false;
            }
        }
        return true;
    }
}
