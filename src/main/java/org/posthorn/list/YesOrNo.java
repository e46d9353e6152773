package org.posthorn.list;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Booleans as clients write them: one vocabulary for settings, preferences and the flags of a request. */
public final class YesOrNo {

    private static final Set<String> YES = Set.of("true", "yes", "1", "on", "enable", "enabled");
    private static final Set<String> NO = Set.of("false", "no", "0", "off", "disable", "disabled");

    private YesOrNo() {}

    /** @return what the word says, in any case; empty: it is no such word, as nothing is none */
    public static Optional<Boolean> of(String text) {
        String word = text.strip().toLowerCase(Locale.ROOT);
        return YES.contains(word) ? Optional.of(true) : NO.contains(word) ? Optional.of(false) : Optional.empty();
    }
}
