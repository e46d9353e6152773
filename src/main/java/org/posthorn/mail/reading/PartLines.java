package org.posthorn.mail.reading;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** A body line by line. A line longer than the buffer comes in pieces; none is ever held whole. */
final class PartLines {

    private static final int LONGEST_PIECE = 8 * 1024;

    private final InputStream source;
    private final byte[] buffer = new byte[2 * LONGEST_PIECE];
    private int position;
    private int limit;
    private boolean ended;

    private int start;
    private int length;
    private boolean begins;
    private boolean ends = true;

    PartLines(InputStream source) {
        this.source = source;
    }

    /** Goes to the next line or piece. @return whether there is one */
    boolean next() throws IOException {
        if (limit - position < LONGEST_PIECE && !ended) {
            fill();
        }
        if (position == limit) {
            return false;
        }
        begins = ends;
        start = position;
        int most = Math.min(limit, position + LONGEST_PIECE);
        ends = false;
        while (position < most && !ends) {
            byte octet = buffer[position++];
            ends = octet == '\n' || octet == '\r' && (position == limit || buffer[position] != '\n');
        }
        length = position - start;
        return true;
    }

    private void fill() throws IOException {
        System.arraycopy(buffer, position, buffer, 0, limit - position);
        limit -= position;
        position = 0;
        while (limit < buffer.length && !ended) {
            int count = source.read(buffer, limit, buffer.length - limit);
            ended = count < 0;
            limit += Math.max(count, 0);
        }
    }

    byte[] octets() {
        return buffer;
    }

    int start() {
        return start;
    }

    /** With the line's end. */
    int length() {
        return length;
    }

    boolean isBlank() {
        for (int i = start; i < start + length; i++) {
            if (buffer[i] != '\r' && buffer[i] != '\n' && buffer[i] != ' ' && buffer[i] != '\t') {
                return false;
            }
        }
        return begins;
    }

    /** @return what follows the two hyphens that begin a delimiter, without blanks at the end; null: no delimiter */
    String delimiter() {
        if (!begins || length < 3 || length > 300 || buffer[start] != '-' || buffer[start + 1] != '-') {
            return null;
        }
        return new String(buffer, start + 2, length - 2, StandardCharsets.ISO_8859_1).stripTrailing();
    }
}
