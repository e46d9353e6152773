package org.posthorn.template;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import org.posthorn.mail.HeaderBlock;

/**
 * Another mail, or its header, that goes with a notice.
 *
 * @param type {@code message/rfc822} or {@code text/rfc822-headers}
 * @param octets with CRLF
 */
public record Attached(String type, byte[] octets) {

    public static final String MESSAGE = "message/rfc822";
    public static final String HEADERS = "text/rfc822-headers";

    private static final int MOST_HEADER_BYTES = 32 * 1024;

    /** The header alone, cut at a bound. */
    public static Attached header(HeaderBlock header) {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        try {
            header.writeTo(octets);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Attached(HEADERS, Arrays.copyOf(octets.toByteArray(), Math.min(octets.size(), MOST_HEADER_BYTES)));
    }
}
