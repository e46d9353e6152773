package org.posthorn.delivery.smtp;

import java.util.Locale;
import java.util.Optional;
import org.posthorn.mail.EnhancedStatus;
import org.posthorn.platform.Text;

/**
 * What one attempt came to for one recipient.
 *
 * @param reply what the smarthost said, on one line
 */
public sealed interface Fate {

    String reply();

    /** Handed over: from now on it is the smarthost's. */
    record Delivered(String reply) implements Fate {}

    /** Not now: tried again later for this recipient alone. */
    record Deferred(String reply) implements Fate {}

    /** Not ever, and because of the recipient or its mailbox. */
    record Refused(String reply) implements Fate {}

    /** The smarthost does not want this message from us: no word about the recipient. */
    record PostRefused(String reply) implements Fate {}

    /**
     * The smarthost does not want this message now, whoever it is for: its disk is full, or it is too busy. Another may take
     * it at once.
     */
    record PostDeferred(String reply) implements Fate {}

    /**
     * The smarthost does not serve us: it wants us to authenticate, or does not relay for us. No word about the mailbox
     * or the message, which wait until another takes them or the smarthost is put right.
     */
    record NotServed(String reply) implements Fate {}

    /** Tried for as long as is reasonable. The reply tells so, and what was said last. */
    record Expired(String reply) implements Fate {}

    /** @return the reply's code, 0 when it has none */
    default int code() {
        String reply = reply();
        boolean isCode = reply.length() >= 3
                && "2345".indexOf(reply.charAt(0)) >= 0
                && isDigit(reply.charAt(1))
                && isDigit(reply.charAt(2))
                && (reply.length() == 3 || reply.charAt(3) == ' ' || reply.charAt(3) == '-');
        return isCode ? Integer.parseInt(reply, 0, 3, 10) : 0;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    /** @return the reply's enhanced status code (RFC 2034) */
    default Optional<EnhancedStatus> status() {
        return reply().length() < 5 ? Optional.empty() : EnhancedStatus.atStartOf(reply().substring(4));
    }

    /** A reply to RCPT: only one with a mailbox reason is about the recipient. */
    static Fate ofRecipient(int code, String text) {
        String reply = clean(text);
        if (code / 100 != 5) {
            return new Deferred(reply);
        }
        if (isOneTooMany(new Deferred(reply))) {
            return new Deferred(reply);
        }
        Optional<EnhancedStatus> status = new Deferred(reply).status();
        if (status.isPresent() && isOfMailbox(status.get())) {
            return new Refused(reply);
        }
        if (wantsAuthentication(code, reply) || deniesRelay(reply)) {
            return new NotServed(reply);
        }
        return status.isEmpty() && code >= 550 && code <= 553 ? new Refused(reply) : new PostRefused(reply);
    }

    /**
     * Whether a recipient was only one more than the server takes in one transaction (RFC 5321 section 4.5.3.1.10, which
     * wants 552 to be taken for 452 here).
     */
    static boolean isOneTooMany(Fate fate) {
        int code = fate instanceof Deferred ? fate.code() : 0;
        if (code != 452 && code != 552) {
            return false;
        }
        return fate.status()
                .map(status -> status.subject() == 5 && status.detail() == 3)
                .orElseGet(() -> fate.reply().toLowerCase(Locale.ROOT).contains("too many recipients"));
    }

    /** A reply to MAIL, DATA or the message's end. */
    static Fate ofMessage(int code, String text) {
        String reply = clean(text);
        return code / 100 == 5 ? new PostRefused(reply) : new PostDeferred(reply);
    }

    /** 5.1.x and 5.2.x, but for the two that are about the sender's address (RFC 3463). */
    private static boolean isOfMailbox(EnhancedStatus status) {
        boolean ofSender = status.subject() == 1 && (status.detail() == 7 || status.detail() == 8);
        return status.subject() == 2 || status.subject() == 1 && !ofSender;
    }

    /** The codes of RFC 4954, and those of RFC 3463 that mean the same. */
    static boolean wantsAuthentication(int code, String reply) {
        boolean byStatus = new Deferred(clean(reply))
                .status()
                .filter(given -> given.category() == 5
                        && given.subject() == 7
                        && (given.detail() == 8 || given.detail() == 9 || given.detail() == 11))
                .isPresent();
        return code == 530 || code == 534 || code == 535 || code == 538 || byStatus;
    }

    /** No code of its own says so; every MTA's words do. Addresses don't count. */
    private static boolean deniesRelay(String reply) {
        return reply.replaceAll("\\S*@\\S*", "").toLowerCase(Locale.ROOT).contains("relay");
    }

    /** @return what a server said, on one line of bounded length */
    static String clean(String text) {
        return Text.line(text == null ? "" : text.strip(), 500);
    }

    static Delivered delivered(String text) {
        return new Delivered(clean(text));
    }
}
