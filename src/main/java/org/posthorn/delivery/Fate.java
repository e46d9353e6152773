package org.posthorn.delivery;

import java.util.Optional;
import org.posthorn.mail.EnhancedStatus;
import org.posthorn.platform.Text;

/**
 * What one attempt came to for one recipient.
 *
 * @param reply what the smarthost said, on one line
 */
sealed interface Fate {

    String reply();

    /** Handed over: from now on it is the smarthost's. */
    record Delivered(String reply) implements Fate {}

    /** Not now: tried again later for this recipient alone. */
    record Deferred(String reply) implements Fate {}

    /** Not ever, and because of the recipient or its mailbox. */
    record Refused(String reply) implements Fate {}

    /** The smarthost does not want this message from us: no word about the recipient. */
    record PostRefused(String reply) implements Fate {}

    /** @return the reply's code, 0 when it has none */
    default int code() {
        return reply().matches("[2-5]\\d\\d([ -].*)?") ? Integer.parseInt(reply().substring(0, 3)) : 0;
    }

    /** @return the reply's enhanced status code (RFC 2034) */
    default Optional<EnhancedStatus> status() {
        return reply().length() < 5 ? Optional.empty() : EnhancedStatus.atStartOf(reply().substring(4));
    }

    /** A reply to RCPT. */
    static Fate ofRecipient(int code, String text) {
        String reply = clean(text);
        return code / 100 == 5 ? new Refused(reply) : new Deferred(reply);
    }

    /** A reply to MAIL, DATA or the message's end. */
    static Fate ofMessage(int code, String text) {
        String reply = clean(text);
        return code / 100 == 5 ? new PostRefused(reply) : new Deferred(reply);
    }

    private static String clean(String text) {
        return Text.line(text == null ? "" : text.strip(), 500);
    }

    static Delivered delivered(String text) {
        return new Delivered(clean(text));
    }
}
