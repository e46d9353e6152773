package org.posthorn.simulator;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.posthorn.mail.HeaderBlock;
import org.posthorn.mail.Octets;
import org.posthorn.platform.Text;

/**
 * The beginning of a message's source as lines that a person can read, bounded whatever the message.
 *
 * @param lines without their ends; long ones are cut
 * @param cut whether there is more of the message than these
 */
record Source(List<String> lines, boolean cut) {

    /** So much of a header and of a body is looked at, each. */
    static final int MOST_BYTES = 192 * 1024;

    static final int MOST_LINES = 3000;

    private static final int LONGEST_LINE = 500;

    static Source of(HeaderBlock header) throws IOException {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        header.writeTo(octets);
        byte[] all = octets.toByteArray();
        return of(all, Math.min(all.length, MOST_BYTES), all.length > MOST_BYTES);
    }

    static Source of(Octets body) throws IOException {
        try (InputStream in = body.open()) {
            byte[] start = in.readNBytes(MOST_BYTES + 1);
            return of(start, Math.min(start.length, MOST_BYTES), start.length > MOST_BYTES);
        }
    }

    Source then(Source other) {
        List<String> both = new ArrayList<>(lines);
        both.addAll(other.lines);
        return new Source(both, cut || other.cut);
    }

    private static Source of(byte[] octets, int length, boolean more) {
        List<String> lines = new ArrayList<>();
        int from = 0;
        while (from < length && lines.size() < MOST_LINES) {
            int end = from;
            while (end < length && octets[end] != '\n') {
                end++;
            }
            int stop = end > from && end < length && octets[end - 1] == '\r' ? end - 1 : end;
            lines.add(line(octets, from, stop - from));
            from = end + 1;
        }
        return new Source(lines, more || from < length);
    }

    /** Mail says only of its parts how they are written: UTF-8 where it can be, else each octet is a character. */
    private static String line(byte[] octets, int from, int length) {
        int some = Math.min(length, 4 * LONGEST_LINE);
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(octets, from, some))
                    .toString();
        } catch (CharacterCodingException e) {
            text = new String(octets, from, some, StandardCharsets.ISO_8859_1);
        }
        return text.length() > LONGEST_LINE || some < length
                ? Text.line(text, LONGEST_LINE) + "\u2026"
                : Text.line(text, LONGEST_LINE);
    }
}
