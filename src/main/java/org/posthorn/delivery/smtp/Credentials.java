package org.posthorn.delivery.smtp;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/** Who we are to a server, in the forms in which AUTH says it (RFC 4954). Each is a secret. */
final class Credentials {

    private final String user;
    private final String password;

    /** @param password null: an empty one */
    Credentials(String user, String password) {
        this.user = user;
        this.password = password == null ? "" : password;
    }

    /** @return of PLAIN (RFC 4616) */
    String plain() {
        return base64("\0" + user + "\0" + password);
    }

    /** @return of LOGIN */
    String user() {
        return base64(user);
    }

    /** @return of LOGIN */
    String password() {
        return base64(password);
    }

    /** @return of XOAUTH2, the password being the access token */
    String bearer() {
        return base64("user=" + user + "\1auth=Bearer " + password + "\1\1");
    }

    /** @return a server's words; where they repeat what it was told, only the code that they begin with, if any */
    String hiddenIn(String words) {
        String lower = words.toLowerCase(Locale.ROOT);
        for (String secret : List.of(password, plain(), password(), bearer())) {
            // Words are cut where they are long: also the beginning of a secret tells too much.
            String beginning =
                    secret.substring(0, Math.min(secret.length(), 12)).toLowerCase(Locale.ROOT);
            if (!secret.isEmpty() && lower.contains(beginning)) {
                return (words.matches("[2-5]\\d\\d .*") ? words.substring(0, 4) : "") + "(words that repeat a secret)";
            }
        }
        return words;
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
