package org.posthorn.list;

import com.google.re2j.Pattern;
import java.util.Optional;
import org.posthorn.platform.Patterns;

/**
 * A line of Mailman's {@code bounce_matching_headers}: a header field's name, a colon, and a regular expression (RE2, without
 * regard to case) for its text.
 *
 * @param header the field's name
 */
public record SuspiciousHeader(String header, Pattern pattern) {

    private static final java.util.regex.Pattern NAME = java.util.regex.Pattern.compile("[!-9;-~]{1,100}");

    /** @return empty for what is no such line; a line that begins with # is a comment, and none either */
    public static Optional<SuspiciousHeader> parse(String line) {
        int colon = line.indexOf(':');
        if (colon < 0 || line.startsWith("#")) {
            return Optional.empty();
        }
        String name = line.substring(0, colon).strip();
        String expression = line.substring(colon + 1).strip();
        if (!NAME.matcher(name).matches() || expression.isEmpty()) {
            return Optional.empty();
        }
        return Patterns.of(expression).map(pattern -> new SuspiciousHeader(name, pattern));
    }
}
