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

    /** In characters: texts may have no line ends at all. */
    private static final int MOST_HELD = 1000;

    private final QuotedPrintableOutputStream out;
    private final StringBuilder line = new StringBuilder();
    private boolean begun;

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
            append(piece, from, end);
            from = end + 1;
            release();
        }
        append(piece, from, piece.length());
    }

    private void append(String piece, int from, int to) throws IOException {
        int next = from;
        while (next < to) {
            int end = Math.min(to, next + MOST_HELD - line.length());
            line.append(piece, next, end);
            next = end;
            if (line.length() == MOST_HELD) {
                begin();
            }
        }
    }

    /** What there is of a long line; half a surrogate pair waits for the other. */
    private void begin() throws IOException {
        int end = Character.isHighSurrogate(line.charAt(line.length() - 1)) ? line.length() - 1 : line.length();
        putText(line.substring(0, end));
        line.delete(0, end);
        begun = true;
    }

    /** Ends a line that has none yet. */
    void endLine() throws IOException {
        if (begun || !line.isEmpty()) {
            release();
        }
    }

    private void release() throws IOException {
        putText(line.toString());
        put("\r\n");
        line.setLength(0);
        begun = false;
    }

    /** What only begins as a divider, with blanks after it, gets the blank, too: its end may be far. */
    private void putText(String text) throws IOException {
        String bare = begun ? "" : text.stripTrailing();
        put((bare.equals(DIVIDER) || bare.equals(PREAMBLE_DIVIDER) ? " " : "") + text);
    }

    private void put(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
    }

    void finish() throws IOException {
        endLine();
        out.finish();
    }
}
