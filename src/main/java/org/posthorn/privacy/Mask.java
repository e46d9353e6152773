package org.posthorn.privacy;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Replaces a person's addresses in texts: where they stand for themselves (in any case), and as VERP writes them; not where
 * they are only a part of a longer, other address.
 */
final class Mask {

    /** Before it, the address is another, longer one. Rarer characters of a local part also stand before an address in text. */
    private static final String LOCAL = "[\\p{Alnum}.+_%&-]";

    private final Pattern found;
    private final Pattern verp;
    private final String pseudonym;

    Mask(List<String> addresses, String pseudonym) {
        this.pseudonym = pseudonym;
        this.found = pattern("(?<!" + LOCAL + ")", addresses);
        // The local part before it ends with the plus sign.
        this.verp = pattern(
                "(?<=\\+)", addresses.stream().map(address -> verp(address)).toList());
    }

    private static String verp(String address) {
        int at = address.lastIndexOf('@');
        return address.substring(0, at) + "=" + address.substring(at + 1);
    }

    private static Pattern pattern(String before, List<String> texts) {
        return Pattern.compile(
                texts.stream()
                        .map(Pattern::quote)
                        .collect(Collectors.joining("|", before + "(?:", ")(?![\\p{Alnum}_-]|\\.\\p{Alnum})")),
                Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    }

    /** What a row is searched for by the database: at least each row that has something to replace has one of these. */
    static List<String> searched(List<String> addresses) {
        return addresses.stream()
                .flatMap(address -> java.util.stream.Stream.of(address, verp(address)))
                .map(text -> text.toLowerCase(Locale.ROOT))
                .toList();
    }

    String pseudonym() {
        return pseudonym;
    }

    /** @return the text without the addresses; null for null */
    String of(String text) {
        if (text == null) {
            return null;
        }
        String masked = found.matcher(text).replaceAll(Matcher.quoteReplacement(pseudonym));
        return verp.matcher(masked).replaceAll(Matcher.quoteReplacement(verp(pseudonym)));
    }

    /** As {@link #of}; where that is longer than its column, a star stands for each address, which is never longer. */
    String fitting(String text, int longest) {
        String masked = of(text);
        if (masked == null || longest <= 0 || masked.length() <= longest) {
            return masked;
        }
        return verp.matcher(found.matcher(text).replaceAll("*")).replaceAll("*");
    }
}
