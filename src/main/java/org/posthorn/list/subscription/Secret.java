package org.posthorn.list.subscription;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import org.posthorn.platform.Digests;

/**
 * What only the reader of a mail knows: 160 random bits as 40 hexadecimal digits, which survive any mail system. The
 * database holds its SHA-256 only, so that who reads the table can confirm nothing.
 */
final class Secret {

    private static final SecureRandom RANDOM = new SecureRandom();

    private final String text;

    private Secret(String text) {
        this.text = text;
    }

    static Secret random() {
        byte[] octets = new byte[20];
        RANDOM.nextBytes(octets);
        return new Secret(HexFormat.of().formatHex(octets));
    }

    /** @param text in any case; @return empty: it cannot be one */
    static Optional<Secret> parse(String text) {
        return text != null && text.matches("[0-9a-fA-F]{40}")
                ? Optional.of(new Secret(text.toLowerCase(Locale.ROOT)))
                : Optional.empty();
    }

    byte[] sha256() {
        return Digests.sha256().digest(text.getBytes(StandardCharsets.US_ASCII));
    }

    String text() {
        return text;
    }

    @Override
    public String toString() {
        return "…";
    }
}
