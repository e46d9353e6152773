package org.posthorn.mail.reading;

/**
 * Takes out of a text what shows nothing and does something: controls, and the marks that turn the direction of writing,
 * by which a file's name can end in anything ({@code fdp.exe} turned round is a document's).
 */
final class OneWay {

    private OneWay() {}

    /** One line. */
    static String text(String text) {
        return without(text, false);
    }

    /** Several lines, ended by LF. */
    static String lines(String text) {
        return without(text.replace("\r\n", "\n").replace('\r', '\n'), true);
    }

    private static String without(String text, boolean severalLines) {
        StringBuilder kept = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (severalLines && (c == '\n' || c == '\t' || c == '\f')) {
                kept.append(c == '\f' ? '\n' : c);
            } else if (Character.isISOControl(c) || isLone(text, i) || c == '\uFFFE' || c == '\uFFFF') {
                kept.append(' ');
            } else if (!turns(c)) {
                kept.append(c);
            }
        }
        return kept.toString();
    }

    private static boolean turns(char c) {
        return c >= '\u202A' && c <= '\u202E' || c >= '\u2066' && c <= '\u2069';
    }

    private static boolean isLone(String text, int i) {
        char c = text.charAt(i);
        if (Character.isHighSurrogate(c)) {
            return i + 1 == text.length() || !Character.isLowSurrogate(text.charAt(i + 1));
        }
        return Character.isLowSurrogate(c) && (i == 0 || !Character.isHighSurrogate(text.charAt(i - 1)));
    }
}
