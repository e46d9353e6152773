package org.posthorn.mail;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** A header field whose UTF-8 (RFC 6532) becomes encoded words (RFC 2047). */
final class SevenBitField {

    private static final Set<String> OF_ADDRESSES =
            Set.of("from", "sender", "reply-to", "to", "cc", "resent-from", "resent-sender", "resent-to", "resent-cc");

    /** Where encoded words have no place. */
    private static final Set<String> OF_TOKENS = Set.of(
            "message-id",
            "references",
            "in-reply-to",
            "received",
            "return-path",
            "date",
            "mime-version",
            "dkim-signature",
            "authentication-results");

    private SevenBitField() {}

    /**
     * @param octets a field, folded as it is
     * @return empty where it names an address that only UTF-8 can write
     */
    static Optional<byte[]> of(byte[] octets) {
        if (!PartWalker.isEightBit(octets)) {
            return Optional.of(octets);
        }
        HeaderBlock header = HeaderBlock.parse(octets);
        if (header.fields().size() != 1) {
            return Optional.of(replaced(octets));
        }
        HeaderField field = header.fields().get(0);
        String name = field.name().toLowerCase(Locale.ROOT);
        if (OF_ADDRESSES.contains(name)) {
            return ofAddresses(header, field);
        }
        if (OF_TOKENS.contains(name) || name.startsWith("content-") || name.startsWith("arc-")) {
            return Optional.of(replaced(octets));
        }
        return Optional.of(
                isName(name) ? octets(FieldText.unstructured(field.name(), field.text())) : replaced(octets));
    }

    private static boolean isName(String name) {
        return name.length() <= 70 && name.chars().allMatch(c -> c > 0x20 && c < 0x7f);
    }

    private static Optional<byte[]> ofAddresses(HeaderBlock header, HeaderField field) {
        List<NamedAddress> addresses = header.addresses(field.name());
        if (addresses.isEmpty()
                || addresses.stream().anyMatch(each -> !each.address().isAscii())) {
            return Optional.empty();
        }
        HeaderBlock encoded = new HeaderBlock();
        encoded.setAddresses(field.name(), addresses);
        return Optional.of(octets(encoded.fields().get(0)));
    }

    private static byte[] octets(HeaderField field) {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        try {
            field.writeTo(octets);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return replaced(octets.toByteArray());
    }

    /** @return the same with a question mark for each octet above 127 */
    static byte[] replaced(byte[] octets) {
        byte[] plain = octets.clone();
        for (int i = 0; i < plain.length; i++) {
            plain[i] = plain[i] < 0 ? (byte) '?' : plain[i];
        }
        return plain;
    }
}
