package org.posthorn.template;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** RFC 2045 section 6.7 for text: whatever ends a line becomes a line's end, and no line is longer than 76 octets. */
final class QuotedPrintable {

    private static final int LONGEST_LINE = 76;

    private QuotedPrintable() {}

    /** Ends with a line's end. */
    static void write(byte[] octets, ByteArrayOutputStream target) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < octets.length; i++) {
            int octet = octets[i] & 0xff;
            boolean pair = octet == '\r' && i + 1 < octets.length && octets[i + 1] == '\n';
            if (octet == '\r' || octet == '\n') {
                end(line, target);
                i += pair ? 1 : 0;
                continue;
            }
            boolean last = i + 1 == octets.length || octets[i + 1] == '\r' || octets[i + 1] == '\n';
            String piece = isPlain(octet, last) ? String.valueOf((char) octet) : String.format("=%02X", octet);
            if (line.length() + piece.length() > LONGEST_LINE - 1) {
                end(line.append('='), target);
            }
            line.append(piece);
        }
        if (line.length() > 0) {
            end(line, target);
        }
    }

    /** A space or tab at a line's end would be lost on the way. */
    private static boolean isPlain(int octet, boolean lastOfLine) {
        return (octet == ' ' || octet == '\t') && !lastOfLine || octet > ' ' && octet < 0x7f && octet != '=';
    }

    private static void end(StringBuilder line, ByteArrayOutputStream target) {
        target.writeBytes(line.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII));
        line.setLength(0);
    }
}
