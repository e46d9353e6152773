package org.posthorn.ingress;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;

/**
 * Reads command lines, each of which gets exactly one reply however it looks. An LF always ends a line, but only after a
 * CR is the line taken for a command: so nothing that another server would have read differently is ever obeyed.
 */
final class CommandReader {

    /** RFC 5321 section 4.5.3.1.4 demands 512, and more where extensions make paths longer. */
    static final int MOST_LINE_OCTETS = 2048;

    /** Of one line; whoever sends more than this is no mail client. */
    static final int MOST_SWALLOWED_OCTETS = 4 * 1024 * 1024;

    private static final Reply TOO_LONG = new Reply(500, "5.5.2", "Line too long");
    private static final Reply BARE = new Reply(500, "5.5.2", "A command ends with CR LF");
    private static final Reply CONTROLS = new Reply(500, "5.5.2", "Control characters in a command");
    private static final Reply NOT_UTF8 = new Reply(500, "5.5.2", "Neither ASCII nor UTF-8");

    private final Wire wire;
    private final Duration patience;
    private final byte[] line = new byte[MOST_LINE_OCTETS];

    /** @param patience how long a whole line may take */
    CommandReader(Wire wire, Duration patience) {
        this.wire = wire;
        this.patience = patience;
    }

    /** @throws Farewell when no whole line came in time, or its end is not to be seen */
    Incoming next() throws IOException {
        long deadline = System.nanoTime() + patience.toNanos();
        int length = 0;
        int octets = 0;
        while (true) {
            ByteBuffer in = wire.read(deadline);
            if (in == null) {
                return new Incoming.End();
            }
            while (in.hasRemaining()) {
                byte octet = in.get();
                octets++;
                if (length < line.length) {
                    line[length++] = octet;
                }
                if (octet == '\n') {
                    return octets > line.length ? new Incoming.Malformed(TOO_LONG) : parse(length);
                }
            }
            if (octets > MOST_SWALLOWED_OCTETS) {
                throw new Farewell(Reply.FLOODED);
            }
        }
    }

    private Incoming parse(int length) {
        if (length < 2 || line[length - 2] != '\r') {
            return new Incoming.Malformed(BARE);
        }
        for (int i = 0; i < length - 2; i++) {
            if (line[i] >= 0 && line[i] < ' ' || line[i] == 0x7f) {
                return new Incoming.Malformed(CONTROLS);
            }
        }
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(line, 0, length - 2))
                    .toString();
        } catch (CharacterCodingException e) {
            return new Incoming.Malformed(NOT_UTF8);
        }
        int blank = text.indexOf(' ');
        return blank < 0
                ? new Incoming.Command(text.toUpperCase(Locale.ROOT), "")
                : new Incoming.Command(
                        text.substring(0, blank).toUpperCase(Locale.ROOT),
                        text.substring(blank + 1).strip());
    }
}
