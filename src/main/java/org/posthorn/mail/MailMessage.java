package org.posthorn.mail;

import java.io.IOException;
import java.io.InputStream;

/**
 * A message as it comes: its header in memory, its body a stream.
 *
 * @param header what could be read of it; empty when there was none
 * @param body positioned at the body's first octet, which goes on as it came; closing it closes the source
 */
public record MailMessage(HeaderBlock header, InputStream body) {

    /** Beyond this the header's fields are passed over and {@link HeaderBlock#truncated()} says so. */
    public static final int MAX_HEADER_OCTETS = 1024 * 1024;

    public static final int MAX_HEADER_FIELDS = 20_000;

    /**
     * Reads the header and the empty line after it, leniently: CR, LF and CRLF all end a line, NUL is left out, a mbox {@code From } line at
     * the beginning is passed over, and a line that can be no field ends the header and begins the body.
     */
    public static MailMessage open(InputStream octets) throws IOException {
        HeaderReader reader = new HeaderReader(octets);
        return new MailMessage(reader.header(), reader);
    }
}
