package org.posthorn.mail;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Base64;

/** A text body between two other texts of the same charset, in whatever transfer encoding; read once, as a stream. */
final class TextAppender {

    private static final byte[] CRLF = {'\r', '\n'};

    /** Octets of a full line of base64 (RFC 2045 section 6.8), and what they come to with CRLF. */
    private static final int BASE64_LINE = 57;

    private static final int ENCODED_LINE = 78;

    private final FooterText above;
    private final InputStream body;
    private final FooterText below;
    private final boolean flowed;

    /** Both texts are to be encoded as the method called says. */
    TextAppender(FooterText above, InputStream body, FooterText below, boolean flowed) {
        this.above = above;
        this.body = body;
        this.below = below;
        this.flowed = flowed;
    }

    /** For 7bit, 8bit and binary. */
    void asItStands(CopyOutput out) throws IOException {
        out.text(above);
        decoded(body, out);
        out.text(below);
    }

    /** Encodes a body that was not encoded. */
    void asQuotedPrintable(CopyOutput out) throws IOException {
        out.text(above);
        QuotedPrintableOutputStream encoder = new QuotedPrintableOutputStream(out);
        decoded(body, new CrLfOutputStream(encoder));
        encoder.finish();
        out.text(below);
    }

    void withinBase64(CopyOutput out) throws IOException {
        if (above.isPersonal()) {
            out.alignedBase64(above);
        }
        long begin = out.position();
        LastLine last;
        try (OutputStream encoder = Base64.getMimeEncoder().wrap(new Unclosed(out))) {
            last = new LastLine(encoder);
            if (!above.isPersonal()) {
                last.write(above.octets(Addressee.NOBODY));
            }
            decoded(new Base64InputStream(body), last);
            encoder.write(below.octets(Addressee.NOBODY));
        }
        if (out.position() > begin) {
            out.write(CRLF);
        }
        if (below.isPersonal()) {
            out.wroteBase64(begin + last.fullLines() * ENCODED_LINE, last.octets(), below);
        }
    }

    /** The body goes through as it is; only its end must be looked at: it can be a soft line break. */
    void withinQuotedPrintable(CopyOutput out) throws IOException {
        out.text(above);
        Tail tail = new Tail(out);
        CrLfOutputStream mended = new CrLfOutputStream(tail);
        body.transferTo(mended);
        if (tail.endsWith("=")) {
            mended.write(CRLF);
        }
        if (!tail.isEmpty() && (tail.endsWith("=\r\n") || !tail.endsWith("\r\n"))) {
            mended.write(CRLF);
        }
        if (flowed && (tail.endsWith(" \r\n") || tail.endsWith("=20\r\n"))) {
            mended.write(CRLF);
        }
        out.text(below);
    }

    private void decoded(InputStream text, OutputStream out) throws IOException {
        Tail tail = new Tail(out);
        text.transferTo(tail);
        if (!tail.isEmpty() && !tail.endsWith("\n") && !tail.endsWith("\r")) {
            tail.write(CRLF);
        }
        if (flowed && (tail.endsWith(" \r\n") || tail.endsWith(" \n"))) {
            tail.write(CRLF);
        }
    }

    /** Remembers what went through since the last full line of base64. */
    private static final class LastLine extends FilterOutputStream {

        private final byte[] line = new byte[BASE64_LINE];
        private long count;

        LastLine(OutputStream out) {
            super(out);
        }

        @Override
        public void write(int octet) throws IOException {
            write(new byte[] {(byte) octet}, 0, 1);
        }

        @Override
        public void write(byte[] octets, int offset, int length) throws IOException {
            out.write(octets, offset, length);
            int from = Math.max(0, length - BASE64_LINE);
            for (int i = from; i < length; i++) {
                line[(int) ((count + i) % BASE64_LINE)] = octets[offset + i];
            }
            count += length;
        }

        long fullLines() {
            return count / BASE64_LINE;
        }

        byte[] octets() {
            return Arrays.copyOf(line, (int) (count % BASE64_LINE));
        }
    }

    /** Remembers the last octets that went through. */
    private static final class Tail extends FilterOutputStream {

        private final StringBuilder last = new StringBuilder();

        Tail(OutputStream out) {
            super(out);
        }

        @Override
        public void write(int octet) throws IOException {
            write(new byte[] {(byte) octet}, 0, 1);
        }

        @Override
        public void write(byte[] octets, int offset, int length) throws IOException {
            out.write(octets, offset, length);
            for (int i = Math.max(offset, offset + length - 8); i < offset + length; i++) {
                last.append((char) (octets[i] & 0xff));
            }
            last.delete(0, Math.max(0, last.length() - 8));
        }

        boolean isEmpty() {
            return last.isEmpty();
        }

        boolean endsWith(String text) {
            return last.length() >= text.length()
                    && last.substring(last.length() - text.length()).equals(text);
        }
    }

    /** Ends with the encoder that writes to it, and leaves open what it writes to. */
    private static final class Unclosed extends FilterOutputStream {

        Unclosed(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] octets, int offset, int length) throws IOException {
            out.write(octets, offset, length);
        }

        @Override
        public void close() {
            // what it writes to goes on
        }
    }
}
