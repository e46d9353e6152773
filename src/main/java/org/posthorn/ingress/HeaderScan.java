package org.posthorn.ingress;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.posthorn.mail.HeaderBlock;
import org.posthorn.mail.MailMessage;
import org.posthorn.platform.Digests;

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

    private static final Set<String> KEPT_FIELDS = Set.of("message-id", "subject");

    private static final int MOST_KEPT_OCTETS = 16 * 1024;

    /** For the trace field that goes before the message here. */
    private static final int ROOM_FOR_OUR_FIELDS = 1;

    private static final int ROOM_FOR_OUR_OCTETS = 4096;

    private final MessageDigest digest = Digests.sha256();
    private final byte[] line = new byte[DataReader.MOST_LINE_OCTETS + 2];
    private int lineLength;
    private boolean inHeader = true;
    private String field = "";
    private int received;
    private int fields;
    private int headerOctets;
    /** The first Message-ID and Subject, as they stand. */
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream(256);

    private final Set<String> seen = new HashSet<>();
    private boolean keeping;

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

    /** Whether whoever reads this message's header would not get all of it. */
    boolean isTooLarge() {
        return fields > MailMessage.MAX_HEADER_FIELDS - ROOM_FOR_OUR_FIELDS
                || headerOctets > MailMessage.MAX_HEADER_OCTETS - ROOM_FOR_OUR_OCTETS;
    }

    int received() {
        return received;
    }

    MessageFacts facts() {
        digest.update(line, 0, lineLength);
        HeaderBlock block = HeaderBlock.parse(kept.toByteArray());
        return new MessageFacts(block.messageId().orElse(""), block.subject(), received, digest.digest());
    }

    private void line() {
        boolean folded = line[0] == ' ' || line[0] == '\t';
        if (lineLength == 2) {
            endHeader();
            return;
        }
        if (!folded) {
            field = name();
            if (field.isEmpty()) {
                endHeader();
                return;
            }
            fields++;
            received += field.equals("received") ? 1 : 0;
            keeping = KEPT_FIELDS.contains(field) && seen.add(field);
        }
        headerOctets += lineLength;
        if (keeping && kept.size() + lineLength <= MOST_KEPT_OCTETS) {
            kept.write(line, 0, lineLength);
        }
        if (!TRACE_FIELDS.contains(field)) {
            digest.update(line, 0, lineLength);
        }
    }

    private void endHeader() {
        inHeader = false;
        digest.update(line, 0, lineLength);
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
        return new String(line, 0, length, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
    }
}
