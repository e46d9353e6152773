package org.posthorn.mail;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Passes a multipart body through and puts one part before its first and one after its last, as RFC 2046 section 5.1.1
 * draws it. Holds no more than the beginning of a line. A closing delimiter that is missing is supplied.
 */
final class MultipartInserter extends OutputStream {

    /** Blanks after a delimiter (transport padding) beyond this make it an ordinary line. */
    private static final int MAX_PADDING = 200;

    private static final byte[] CRLF = {'\r', '\n'};

    private final OutputStream out;
    private final byte[] delimiter;
    private final Part first;
    private final Part last;

    private final byte[] line;
    private int held;
    private boolean passing;
    private boolean lineEmpty = true;
    private boolean opened;
    private boolean closed;

    /** A part with its header. */
    interface Part {

        /** Whether there is none. */
        boolean isEmpty();

        /** Writes it to where the body goes to. */
        void write() throws IOException;
    }

    MultipartInserter(OutputStream out, String boundary, Part first, Part last) {
        this.out = out;
        this.delimiter = ("--" + boundary).getBytes(StandardCharsets.UTF_8);
        this.first = first;
        this.last = last;
        this.line = new byte[delimiter.length + 2 + MAX_PADDING + 2];
    }

    @Override
    public void write(int octet) throws IOException {
        write(new byte[] {(byte) octet}, 0, 1);
    }

    /** @param octets with CRLF only */
    @Override
    public void write(byte[] octets, int offset, int length) throws IOException {
        int end = offset + length;
        int i = offset;
        while (i < end) {
            if (passing) {
                int start = i;
                while (i < end && octets[i] != '\n') {
                    i++;
                }
                passing = i == end;
                i = passing ? i : i + 1;
                lineEmpty = !passing;
                out.write(octets, start, i - start);
            } else {
                hold(octets[i++]);
            }
        }
    }

    private void hold(byte octet) throws IOException {
        line[held++] = octet;
        lineEmpty = false;
        if (octet == '\n') {
            delimiter(isDelimiter());
            flushLine();
            lineEmpty = true;
        } else if (!isCandidate() || held == line.length) {
            flushLine();
            passing = true;
        }
    }

    private void flushLine() throws IOException {
        out.write(line, 0, held);
        held = 0;
    }

    private boolean isCandidate() {
        return held > delimiter.length || line[held - 1] == delimiter[held - 1];
    }

    private boolean isDelimiter() {
        return held >= delimiter.length && (isBlank(delimiter.length) || isClosing());
    }

    private boolean isClosing() {
        return held >= delimiter.length + 2
                && line[delimiter.length] == '-'
                && line[delimiter.length + 1] == '-'
                && isBlank(delimiter.length + 2);
    }

    private boolean isBlank(int from) {
        for (int i = from; i < held; i++) {
            if (" \t\r\n".indexOf(line[i]) < 0) {
                return false;
            }
        }
        return true;
    }

    private void delimiter(boolean isDelimiter) throws IOException {
        if (!isDelimiter || closed) {
            return;
        }
        if (!opened) {
            part(first);
            opened = true;
        }
        if (isClosing()) {
            part(last);
            closed = true;
        }
    }

    private void part(Part part) throws IOException {
        if (!part.isEmpty()) {
            out.write(delimiter);
            out.write(CRLF);
            part.write();
        }
    }

    /** Ends the body. */
    void finish() throws IOException {
        if (held >= delimiter.length) {
            delimiter(isDelimiter());
        }
        flushLine();
        if (closed) {
            return;
        }
        if (!lineEmpty) {
            out.write(CRLF);
        }
        part(last);
        out.write(delimiter);
        out.write(new byte[] {'-', '-', '\r', '\n'});
    }
}
