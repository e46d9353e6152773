package org.posthorn.list;

import java.util.Locale;

/** Patterns for SQL's {@code like … escape '\'}, from what people type. */
final class Like {

    private Like() {}

    static String containing(String text) {
        return "%" + quoted(text) + "%";
    }

    /** @param text in which * stands for anything */
    static String withStars(String text) {
        return quoted(text).replace("*", "%");
    }

    /** @return the text itself as the database has it: in lower case, without U+0000 */
    static String plain(String text) {
        return text.toLowerCase(Locale.ROOT).replace("\0", "");
    }

    private static String quoted(String text) {
        return text.toLowerCase(Locale.ROOT)
                .replace("\0", "")
                .replace("\\", "\\\\")
                .replace("%", "\\%")
                .replace("_", "\\_");
    }
}
