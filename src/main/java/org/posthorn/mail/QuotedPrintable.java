package org.posthorn.mail;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.HexFormat;

/** Quoted-printable in memory, for what is small. */
public final class QuotedPrintable {

    private QuotedPrintable() {}

    /** @param octets lines with CRLF; other octets are encoded as they are */
    public static byte[] encode(byte[] octets) {
        Buffer encoded = new Buffer(octets.length * 3 / 2);
        try (QuotedPrintableOutputStream out = new QuotedPrintableOutputStream(encoded)) {
            out.write(octets);
            out.finish();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return encoded.octets();
    }

    /** Octet by octet without a lock: this is on the way of each copy whose recipient's name is not ASCII. */
    private static final class Buffer extends OutputStream {

        private byte[] octets;
        private int size;

        Buffer(int octets) {
            this.octets = new byte[octets];
        }

        @Override
        public void write(int octet) {
            if (size == octets.length) {
                octets = Arrays.copyOf(octets, 2 * size + 64);
            }
            octets[size++] = (byte) octet;
        }

        byte[] octets() {
            return Arrays.copyOf(octets, size);
        }
    }

    /** @param octets with CRLF; what isn't well encoded stays as it is */
    public static byte[] decode(byte[] octets) {
        ByteArrayOutputStream decoded = new ByteArrayOutputStream(octets.length);
        for (int i = 0; i < octets.length; i++) {
            boolean pair = octets[i] == '=' && i + 2 < octets.length;
            int padding = octets[i] == '=' ? blanks(octets, i + 1) : 0;
            if (octets[i] == '='
                    && i + padding + 2 < octets.length
                    && octets[i + padding + 1] == '\r'
                    && octets[i + padding + 2] == '\n') {
                i += padding + 2;
            } else if (pair && HexFormat.isHexDigit(octets[i + 1]) && HexFormat.isHexDigit(octets[i + 2])) {
                decoded.write(HexFormat.fromHexDigit(octets[i + 1]) << 4 | HexFormat.fromHexDigit(octets[i + 2]));
                i += 2;
            } else {
                decoded.write(octets[i]);
            }
        }
        return decoded.toByteArray();
    }

    /** How many there are from there on: padding of a line that goes on (RFC 2045 section 6.7). */
    private static int blanks(byte[] octets, int from) {
        int end = from;
        while (end < octets.length && (octets[end] == ' ' || octets[end] == '\t')) {
            end++;
        }
        return end - from;
    }
}
