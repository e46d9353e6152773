package org.posthorn.mail;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A Content-Transfer-Encoding (RFC 2045 section 6). */
public enum TransferEncoding {
    SEVEN_BIT,
    EIGHT_BIT,
    BINARY,
    QUOTED_PRINTABLE,
    BASE64;

    /** @return 7bit when there is no such field; empty when there are several or it is unknown */
    public static Optional<TransferEncoding> of(HeaderBlock header) {
        List<String> values = header.values("Content-Transfer-Encoding");
        if (values.size() > 1) {
            return Optional.empty();
        }
        return switch (values.isEmpty() ? "7bit" : values.get(0).toLowerCase(Locale.ROOT)) {
            case "7bit" -> Optional.of(SEVEN_BIT);
            case "8bit" -> Optional.of(EIGHT_BIT);
            case "binary" -> Optional.of(BINARY);
            case "quoted-printable" -> Optional.of(QUOTED_PRINTABLE);
            case "base64" -> Optional.of(BASE64);
            default -> Optional.empty();
        };
    }

    /** Whether text stands as it is and octets above 127 may come. */
    public boolean carriesEightBits() {
        return this == EIGHT_BIT || this == BINARY;
    }
}
