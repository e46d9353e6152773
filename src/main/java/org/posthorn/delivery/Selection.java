package org.posthorn.delivery;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Which of a route's smarthosts is asked first for a recipient. The others of the route follow, whichever it is. */
public enum Selection {
    /** By the post's and the recipient's hash, of which each has a part by its weight: the same at every attempt. */
    HASH,
    /** One after the other, each as often as its weight says. */
    SEQUENCE,
    /** By lot, with chances by weight. */
    RANDOM;

    /** @return the word of REST and the console */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @return empty when it is none of the words */
    public static Optional<Selection> of(String word) {
        return Arrays.stream(values())
                .filter(selection -> selection.word().equals(word))
                .findFirst();
    }

    static String words() {
        return Arrays.stream(values()).map(Selection::word).collect(Collectors.joining(", "));
    }
}
