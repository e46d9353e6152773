package org.posthorn.ingress;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Pattern;

/** The trace field that this server puts before each message (RFC 5321 section 4.4, RFC 3848). */
final class ReceivedField {

    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss Z", Locale.US);

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9.:_\\[\\]-]{1,255}");

    private ReceivedField() {}

    /**
     * @param greeting what the client said with LHLO: shown only if it looks like a name
     * @param peer an address literal in brackets, or words in none
     * @param protocol of the transmission types that RFC 3848 and RFC 6531 registered
     * @return the field with its CRLF
     */
    static byte[] of(String greeting, String peer, String host, String protocol, String id, Instant at) {
        String field = "Received: from " + (isName(greeting) ? greeting : "unknown") + " (" + peer + ")\r\n"
                + "\tby " + host + " (Posthorn) with " + protocol + " id " + id + ";\r\n"
                + "\t" + DATE.format(at.atOffset(ZoneOffset.UTC)) + "\r\n";
        return field.getBytes(StandardCharsets.US_ASCII);
    }

    /** @return the transmission type of what came by LMTP */
    static String protocol(boolean smtpUtf8, boolean encrypted) {
        return (smtpUtf8 ? "UTF8" : "") + "LMTP" + (encrypted ? "S" : "");
    }

    private static boolean isName(String greeting) {
        return NAME.matcher(greeting).matches();
    }
}
