package org.posthorn.delivery.smtp;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a server offers (RFC 5321 section 4.1.1.1): each keyword in upper case with its parameters. */
record Extensions(Map<String, List<String>> offered) {

    static final Extensions NONE = new Extensions(Map.of());

    static Extensions of(Reply ehlo) {
        Map<String, List<String>> offered = new HashMap<>();
        ehlo.lines().stream().skip(1).forEach(line -> {
            // Some old servers write AUTH=PLAIN.
            String[] words = line.strip().toUpperCase(Locale.ROOT).split("[\\s=]+");
            offered.merge(
                    words[0],
                    Arrays.asList(words).subList(1, words.length),
                    (first, second) -> first.size() >= second.size() ? first : second);
        });
        return new Extensions(Map.copyOf(offered));
    }

    boolean has(String keyword) {
        return offered.containsKey(keyword);
    }

    List<String> parameters(String keyword) {
        return offered.getOrDefault(keyword, List.of());
    }

    /** @return the largest message that it takes, in octets; 0: it doesn't say (RFC 1870) */
    long mostBytes() {
        List<String> parameters = parameters("SIZE");
        return parameters.isEmpty() ? 0 : mostBytes(parameters.get(0));
    }

    /** @param size what is said of it; null: nothing. Nonsense counts as nothing, too */
    static long mostBytes(String size) {
        return size != null && size.matches("\\d{1,18}") ? Long.parseLong(size) : 0;
    }
}
