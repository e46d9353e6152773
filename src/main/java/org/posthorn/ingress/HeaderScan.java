package org.posthorn.ingress;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Locale;
import java.util.Set;

/**
 * Looks at a message as it streams by, holding one line of it: finds Message-ID and Subject, counts Received, and
 * computes the digest by which a second arrival is known. What MTAs add on the way is left out of the digest, so that a
 * message that came again by another path is still the same.
 *
 * <p>The header ends at the first empty line, or before the first line that is none of a header's.
 */
final class HeaderScan {

    /** What the front MTA or those before it add; differs between two arrivals of one message. */
    private static final Set<String> TRACE_FIELDS = Set.of(
            "received",
            "return-path",
            "delivered-to",
            "x-original-to",
            "envelope-to",
            "delivery-date",
            "x-received",
            "authentication-results",
            "received-spf",
            "arc-seal",
            "arc-message-signature",
            "arc-authentication-results",
            "x-spam-status",
            "x-spam-score",
            "x-spam-level",
            "x-spam-flag",
            "x-spam-checker-version",
            "x-virus-scanned");

    private static final int MOST_VALUE_OCTETS = 4000;

    private final MessageDigest digest = Digests.sha256();
    private final byte[] line = new byte[DataReader.MOST_LINE_OCTETS + 2];
    private int lineLength;
    private boolean inHeader = true;
    private String field = "";
    private int colonAt;
    private int received;
    private final ByteArrayOutputStream messageId = new ByteArrayOutputStream(100);
    private final ByteArrayOutputStream subject = new ByteArrayOutputStream(100);
    private boolean hasMessageId;
    private boolean hasSubject;

    /** Takes the next octets: whole CRLF lines of at most 998 octets, cut anywhere. */
    void take(byte[] octets, int length) {
        int i = 0;
        while (inHeader && i < length) {
            byte octet = octets[i++];
            line[lineLength++] = octet;
            if (octet == '\n') {
                line();
                lineLength = 0;
            }
        }
        digest.update(octets, i, length - i);
    }

    int received() {
        return received;
    }

    MessageFacts facts() {
        digest.update(line, 0, lineLength);
        return new MessageFacts(text(messageId), text(subject), received, digest.digest());
    }

    private void line() {
        boolean folded = line[0] == ' ' || line[0] == '\t';
        if (lineLength == 2 || folded && field.isEmpty()) {
            endHeader();
            return;
        }
        if (!folded) {
            field = name();
            if (field.isEmpty()) {
                endHeader();
                return;
            }
            begin();
        }
        keep(folded ? 0 : colonAt + 1);
        if (!TRACE_FIELDS.contains(field)) {
            digest.update(line, 0, lineLength);
        }
    }

    private void endHeader() {
        inHeader = false;
        field = "";
        digest.update(line, 0, lineLength);
    }

    private void begin() {
        switch (field) {
            case "received" -> received++;
            case "message-id" -> {
                field = hasMessageId ? "message-id-again" : field;
                hasMessageId = true;
            }
            case "subject" -> {
                field = hasSubject ? "subject-again" : field;
                hasSubject = true;
            }
            default -> {
                // of no interest
            }
        }
    }

    private void keep(int from) {
        ByteArrayOutputStream value = field.equals("message-id") ? messageId : field.equals("subject") ? subject : null;
        if (value != null && value.size() < MOST_VALUE_OCTETS) {
            value.write(line, from, lineLength - 2 - from);
        }
    }

    /**
     * The field's name in lower case; empty when the line doesn't begin with one (RFC 5322 section 2.2). Octets that a
     * name must not have are let through, and blanks before the colon, as the obsolete syntax has them.
     */
    private String name() {
        int length = 0;
        while (length < lineLength && (line[length] & 0xff) > ' ' && line[length] != ':') {
            length++;
        }
        int colon = length;
        while (line[colon] == ' ' || line[colon] == '\t') {
            colon++;
        }
        if (length == 0 || line[colon] != ':') {
            return "";
        }
        colonAt = colon;
        return new String(line, 0, length, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
    }

    private static String text(ByteArrayOutputStream octets) {
        return octets.toString(StandardCharsets.UTF_8).strip();
    }
}
