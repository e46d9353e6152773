package org.posthorn.ingress;

import java.nio.charset.StandardCharsets;
import org.posthorn.ingress.room.Shortage;

/**
 * One line of the server's side of the dialogue (RFC 5321 section 4.2, RFC 2034).
 *
 * @param code three digits
 * @param enhanced RFC 3463 status; empty where RFC 2034 has none (greeting, 354)
 * @param text printable ASCII, never anything a client said without a check
 */
public record Reply(int code, String enhanced, String text) {

    static final Reply TRY_LATER = new Reply(451, "4.3.0", "Not stored: please try again later");
    static final Reply NO_ROOM = new Reply(452, "4.3.1", "Short of storage: please try again later");
    static final Reply SHUTTING_DOWN = new Reply(421, "4.3.2", "Shutting down: please try again later");
    static final Reply TOO_BUSY = new Reply(421, "4.3.2", "Too many connections: please try again later");
    static final Reply TIMED_OUT = new Reply(421, "4.4.2", "Waited too long: closing");
    static final Reply FLOODED = new Reply(421, "4.7.0", "Too much rubbish: closing");
    static final Reply FAILED = new Reply(421, "4.3.0", "Something went wrong here: closing");

    static Reply noRoom(Shortage shortage) {
        return new Reply(NO_ROOM.code, NO_ROOM.enhanced, shortage.text());
    }

    /** Whether the message is taken, for good. */
    public boolean isPositive() {
        return code < 400;
    }

    byte[] octets() {
        String line = code + " " + (enhanced.isEmpty() ? "" : enhanced + " ") + text + "\r\n";
        return line.getBytes(StandardCharsets.US_ASCII);
    }
}
