package org.posthorn.mail;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Base64;

/** A text body between two other texts of the same charset, in whatever transfer encoding; read once, as a stream. */
final class TextAppender {

    private static final byte[] CRLF = {'\r', '\n'};

    private final byte[] above;
    private final InputStream body;
    private final byte[] below;
    private final boolean flowed;

    TextAppender(byte[] above, InputStream body, byte[] below, boolean flowed) {
        this.above = above;
        this.body = body;
        this.below = below;
        this.flowed = flowed;
    }

    /** For 7bit, 8bit and binary. */
    void asItStands(OutputStream out) throws IOException {
        decoded(body, out);
    }

    /** Encodes a body that was not encoded. */
    void asQuotedPrintable(OutputStream out) throws IOException {
        QuotedPrintableOutputStream encoder = new QuotedPrintableOutputStream(out);
        decoded(body, new CrLfOutputStream(encoder));
        encoder.finish();
    }

    void withinBase64(OutputStream out) throws IOException {
        try (OutputStream encoder = Base64.getMimeEncoder().wrap(new Unclosed(out))) {
            decoded(new Base64InputStream(body), encoder);
        }
        out.write(CRLF);
    }

    /** The body goes through as it is; only its end must be looked at: it can be a soft line break. */
    void withinQuotedPrintable(OutputStream out) throws IOException {
        out.write(QuotedPrintable.encode(above));
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
        out.write(QuotedPrintable.encode(below));
    }

    private void decoded(InputStream text, OutputStream out) throws IOException {
        out.write(above);
        Tail tail = new Tail(out);
        text.transferTo(tail);
        if (!tail.isEmpty() && !tail.endsWith("\n") && !tail.endsWith("\r")) {
            tail.write(CRLF);
        }
        if (flowed && (tail.endsWith(" \r\n") || tail.endsWith(" \n"))) {
            tail.write(CRLF);
        }
        out.write(below);
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
