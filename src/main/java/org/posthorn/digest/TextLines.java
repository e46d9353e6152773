package org.posthorn.digest;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.posthorn.mail.QuotedPrintableOutputStream;

/**
 * Writes plain text in UTF-8 as quoted-printable, line by line. A line that would divide messages of a digest (RFC 1153) gets
 * a blank before it.
 */
final class TextLines {

    /** Between messages. */
    static final String DIVIDER = "-".repeat(30);

    /** Before the first one. */
    static final String PREAMBLE_DIVIDER = "-".repeat(70);

    private final QuotedPrintableOutputStream out;
    private final StringBuilder line = new StringBuilder();

    TextLines(OutputStream out) {
        this.out = new QuotedPrintableOutputStream(out);
    }

    /** A line of the digest's own. */
    void line(String text) throws IOException {
        endLine();
        put(text);
        put("\r\n");
    }

    /** What somebody wrote, or a piece of it. @param piece lines ended by LF; the last one may have no end yet */
    void text(String piece) throws IOException {
        int from = 0;
        for (int end = piece.indexOf('\n'); end >= 0; end = piece.indexOf('\n', from)) {
            line.append(piece, from, end);
            from = end + 1;
            release();
        }
        line.append(piece, from, piece.length());
    }

    /** Ends a line that has none yet. */
    void endLine() throws IOException {
        if (!line.isEmpty()) {
            release();
        }
    }

    private void release() throws IOException {
        String text = line.toString();
        line.setLength(0);
        String bare = text.stripTrailing();
        put((bare.equals(DIVIDER) || bare.equals(PREAMBLE_DIVIDER) ? " " : "") + text + "\r\n");
    }

    private void put(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
    }

    void finish() throws IOException {
        endLine();
        out.finish();
    }
}
