package org.posthorn.delivery.smtp;

import java.util.List;
import java.util.Optional;
import org.posthorn.mail.EmailAddress;

/**
 * What a server takes, and what it has to be told of a message. What it would have to refuse is not asked of it, and is held against nobody but this server: another
 * may take it.
 *
 * @param mostBytes of a message; 0: it doesn't say
 */
record Terms(boolean sizes, long mostBytes, boolean eightBitMime, boolean smtpUtf8) {

    /** No server takes a longer one (RFC 5321 section 4.5.3.1 has 256 octets), and no command line is to be cut. */
    private static final int LONGEST_ADDRESS = 500;

    private static final Fate UNFIT = new Fate.Refused("501 5.1.3 not an address that can be written to RCPT");
    private static final Fate NEEDS_UTF8 =
            new Fate.PostRefused("550 5.6.7 the address needs SMTPUTF8, which the smarthost does not offer");
    private static final Fate PATH_NEEDS_UTF8 =
            new Fate.PostRefused("550 5.6.7 the reverse-path needs SMTPUTF8, which the smarthost does not offer");
    private static final Fate NEEDS_EIGHT_BITS = new Fate.PostRefused(
            "554 5.6.3 the message is signed or encrypted with octets above 127, and the smarthost does not offer 8BITMIME");

    static Terms of(Extensions extensions) {
        return new Terms(
                extensions.has("SIZE"), extensions.mostBytes(), extensions.has("8BITMIME"), extensions.has("SMTPUTF8"));
    }

    /** Settles what this server need not be asked, and puts the rest as it takes it. */
    void check(UnderWay next) {
        if (!eightBitMime && next.message().isEightBit()) {
            Optional<MessageCopy> plain = next.message().sevenBit();
            if (plain.isEmpty()) {
                next.refuse(NEEDS_EIGHT_BITS);
                return;
            }
            next.send(plain.get());
        }
        if (mostBytes > 0 && next.message().sizeBytes() > mostBytes) {
            next.refuse(new Fate.PostRefused(
                    "552 5.3.4 the message is larger than the " + mostBytes + " octets that the smarthost takes"));
            return;
        }
        String reversePath = next.transaction().reversePath().text();
        if (!isAscii(reversePath)) {
            if (!smtpUtf8) {
                next.refuse(PATH_NEEDS_UTF8);
                return;
            }
            next.needUtf8();
        }
        List<String> recipients = next.transaction().recipients();
        for (int i = 0; i < recipients.size(); i++) {
            check(next, i, recipients.get(i));
        }
    }

    private void check(UnderWay next, int index, String recipient) {
        if (!isFit(recipient)) {
            next.settle(index, UNFIT);
            return;
        }
        if (isAscii(recipient)) {
            return;
        }
        // A domain in another script goes as A-labels, which any server takes (RFC 5891).
        Optional<EmailAddress> address = EmailAddress.parse(recipient);
        if (address.isEmpty()) {
            next.settle(index, UNFIT);
        } else if (address.get().isAscii()) {
            next.write(index, address.get().address());
        } else if (smtpUtf8) {
            next.write(index, address.get().address());
            next.needUtf8();
        } else {
            next.settle(index, NEEDS_UTF8);
        }
    }

    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) > 0x7f) {
                return false;
            }
        }
        return true;
    }

    /** Whether nothing in it could end the command or begin another. */
    private static boolean isFit(String address) {
        for (int i = 0; i < address.length(); i++) {
            char c = address.charAt(i);
            if (c < ' ' || c == 0x7f || c == '<' || c == '>') {
                return false;
            }
        }
        return !address.isEmpty() && address.length() <= LONGEST_ADDRESS;
    }
}
