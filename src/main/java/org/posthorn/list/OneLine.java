package org.posthorn.list;

/**
 * Text that may come to stand in a header field, so that it must be one line: neither CR, LF and NUL, nor the line and
 * paragraph separators that some programs take for a line's end.
 */
final class OneLine {

    private OneLine() {}

    /**
     * @param longest in characters
     * @return the text unchanged
     * @throws InvalidValueException when it is null, has more than one line or is too long
     */
    static String required(String field, String text, int longest) {
        if (text == null) {
            throw new InvalidValueException(field, "", "a text of one line");
        }
        if (!isOneLine(text)) {
            throw new InvalidValueException(field, text, "a text of one line without control characters");
        }
        if (text.length() > longest) {
            throw new InvalidValueException(field, text, "at most " + longest + " characters");
        }
        return text;
    }

    /** As {@link #required}; null and blank become null. */
    static String orNull(String field, String text, int longest) {
        return text == null || text.isBlank() ? null : required(field, text.strip(), longest);
    }

    static boolean isOneLine(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' && c != '\t' || c >= 0x7f && c <= 0x9f || c == '\u2028' || c == '\u2029') {
                return false;
            }
            if (Character.isSurrogate(c) && !isPaired(text, i)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isPaired(String text, int i) {
        return Character.isHighSurrogate(text.charAt(i))
                ? i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))
                : i > 0 && Character.isHighSurrogate(text.charAt(i - 1));
    }
}
