package org.posthorn.moderation;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.posthorn.platform.Patterns;

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
        return Patterns.of(entry).map(pattern -> pattern.matcher(email).find()).orElse(false);
    }
}
