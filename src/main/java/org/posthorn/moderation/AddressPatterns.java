package org.posthorn.moderation;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Addresses as owners write them into settings: an address, or a pattern that begins with {@code ^}. Patterns are matched
 * in linear time (RE2/J), without regard to case, from the address's beginning; one that is wrong matches nothing.
 */
public final class AddressPatterns {

    private AddressPatterns() {}

    /** @return the first entry that the address matches, as it is written */
    public static Optional<String> firstMatch(List<String> entries, String email) {
        return entries.stream().filter(entry -> matches(entry, email)).findFirst();
    }

    static boolean matches(String entry, String email) {
        if (!entry.startsWith("^")) {
            return entry.strip().toLowerCase(Locale.ROOT).equals(email);
        }
        try {
            return Pattern.compile(entry, Pattern.CASE_INSENSITIVE)
                    .matcher(email)
                    .find();
        } catch (PatternSyntaxException e) {
            return false;
        }
    }
}
