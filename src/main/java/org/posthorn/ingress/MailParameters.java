package org.posthorn.ingress;

import java.util.Locale;
import java.util.Optional;

/**
 * The parameters of MAIL that this server announces (RFC 1870, RFC 6152, RFC 6531).
 *
 * @param size what the client declared; 0 when it did not
 */
record MailParameters(long size, boolean smtpUtf8) {

    /** @return empty when there is one that is not known, or whose value cannot be */
    static Optional<MailParameters> parse(String text) {
        long size = 0;
        boolean smtpUtf8 = false;
        for (String parameter : text.isEmpty() ? new String[0] : text.split(" +")) {
            String upper = parameter.toUpperCase(Locale.ROOT);
            if (upper.matches("SIZE=[0-9]{1,18}")) {
                size = Long.parseLong(upper.substring(5));
            } else if (upper.equals("SMTPUTF8")) {
                smtpUtf8 = true;
            } else if (!upper.equals("BODY=7BIT") && !upper.equals("BODY=8BITMIME")) {
                return Optional.empty();
            }
        }
        return Optional.of(new MailParameters(size, smtpUtf8));
    }
}
