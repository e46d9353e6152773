package org.posthorn.delivery.smtp;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Makes replies of octets as they come, however they are cut. Most replies are like one before, and are not made anew. */
final class ReplyReader {

    private static final int LONGEST_LINE = 4096;
    private static final int MOST_LINES = 128;
    private static final int REMEMBERED = 16;

    private record Known(byte[] line, Reply reply) {}

    private final Known[] known = new Known[REMEMBERED];
    private final List<String> lines = new ArrayList<>();
    private final ByteArrayOutputStream begun = new ByteArrayOutputStream(128);

    /**
     * Takes octets up to the end of a reply.
     *
     * @param in array-backed
     * @return null when the reply has not ended with these octets: all of them are taken
     * @throws IOException when this is no reply
     */
    Reply read(ByteBuffer in) throws IOException {
        while (in.hasRemaining()) {
            int length = lineLength(in);
            if (length < 0) {
                keep(in, in.remaining());
                return null;
            }
            Reply reply = begun.size() == 0 && lines.isEmpty() ? known(in, length) : null;
            if (reply == null) {
                keep(in, length);
                reply = line();
            }
            if (reply != null) {
                return reply;
            }
        }
        return null;
    }

    private static int lineLength(ByteBuffer in) {
        byte[] octets = in.array();
        int from = in.arrayOffset() + in.position();
        int to = from + in.remaining();
        for (int i = from; i < to; i++) {
            if (octets[i] == '\n') {
                return i + 1 - from;
            }
        }
        return -1;
    }

    private void keep(ByteBuffer in, int length) throws IOException {
        if (begun.size() + length > LONGEST_LINE) {
            throw new IOException("a reply's line is longer than " + LONGEST_LINE + " octets");
        }
        begun.write(in.array(), in.arrayOffset() + in.position(), length);
        in.position(in.position() + length);
    }

    private Reply known(ByteBuffer in, int length) {
        int from = in.arrayOffset() + in.position();
        Known candidate = known[slot(in.array(), from, length)];
        if (candidate == null
                || !Arrays.equals(candidate.line(), 0, candidate.line().length, in.array(), from, from + length)) {
            return null;
        }
        in.position(in.position() + length);
        return candidate.reply();
    }

    private static int slot(byte[] octets, int from, int length) {
        int hash = length;
        for (int i = from; i < from + length; i++) {
            hash = hash * 31 + octets[i];
        }
        return (hash ^ hash >>> 16) & REMEMBERED - 1;
    }

    /** @return null when more lines follow */
    private Reply line() throws IOException {
        byte[] octets = begun.toByteArray();
        begun.reset();
        String line = new String(octets, StandardCharsets.UTF_8).stripTrailing();
        int code = code(line);
        if (lines.size() == MOST_LINES) {
            throw new IOException("a reply has more than " + MOST_LINES + " lines");
        }
        boolean more = line.length() > 3 && line.charAt(3) == '-';
        if (more || !lines.isEmpty()) {
            lines.add(line.length() > 4 ? line.substring(4) : "");
            if (more) {
                return null;
            }
            Reply reply = new Reply(code, code + " " + String.join(" ", lines), List.copyOf(lines));
            lines.clear();
            return reply;
        }
        Reply reply = new Reply(code, line, List.of(line.length() > 4 ? line.substring(4) : ""));
        known[slot(octets, 0, octets.length)] = new Known(octets, reply);
        return reply;
    }

    private static int code(String line) throws IOException {
        boolean isCode = line.length() >= 3
                && line.charAt(0) >= '2'
                && line.charAt(0) <= '5'
                && isDigit(line.charAt(1))
                && isDigit(line.charAt(2))
                && (line.length() == 3 || line.charAt(3) == ' ' || line.charAt(3) == '-');
        if (!isCode) {
            throw new IOException("what it says is no SMTP reply: " + Fate.clean(line));
        }
        return Integer.parseInt(line.substring(0, 3));
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
