package org.posthorn.platform;

import java.util.regex.Pattern;

/** Makes hostile text fit for a column or a log line. */
public final class Text {

    private Text() {}

    /**
     * @param most how many characters at the most
     * @return the text without control characters (PostgreSQL refuses U+0000), cut; empty for null
     */
    public static String line(String text, int most) {
        return fit(text, most, false);
    }

    /** As {@link #line}, but line feeds stay. */
    public static String lines(String text, int most) {
        return fit(text, most, true);
    }

    private static String fit(String text, int most, boolean severalLines) {
        if (text == null) {
            return "";
        }
        StringBuilder line = new StringBuilder(Math.min(text.length(), most));
        for (int i = 0; i < text.length() && line.length() < most; i++) {
            char c = text.charAt(i);
            boolean kept = severalLines && c == '\n';
            line.append(kept || !isUnfit(text, i) ? c : ' ');
        }
        if (line.length() > 0 && Character.isHighSurrogate(line.charAt(line.length() - 1))) {
            line.setLength(line.length() - 1);
        }
        return line.toString();
    }

    private static boolean isUnfit(String text, int i) {
        char c = text.charAt(i);
        return Character.isISOControl(c) || c == '\u2028' || c == '\u2029' || isLoneSurrogate(text, i);
    }

    private static boolean isLoneSurrogate(String text, int i) {
        char c = text.charAt(i);
        if (Character.isHighSurrogate(c)) {
            return i + 1 == text.length() || !Character.isLowSurrogate(text.charAt(i + 1));
        }
        return Character.isLowSurrogate(c) && (i == 0 || !Character.isHighSurrogate(text.charAt(i - 1)));
    }

    private static final Pattern ADDRESS =
            Pattern.compile("([^\\s<>@\"\\\\,;:()\\[\\]])[^\\s<>@\"\\\\,;:()\\[\\]]{0,255}@(?=[^\\s@])");

    /** A text for a log line, with each address in it {@linkplain #masked masked}. @param text at most some hundred characters */
    public static String maskedWithin(String text) {
        return ADDRESS.matcher(text).replaceAll("$1***@");
    }

    /** An address for a log line: enough to find it again with, not enough to harvest. */
    public static String masked(String address) {
        String line = line(address, 320);
        int at = line.lastIndexOf('@');
        if (at < 0) {
            return line.isEmpty() ? "<>" : line.charAt(0) + "***";
        }
        return (at == 0 ? "" : line.charAt(0)) + "***" + line.substring(at);
    }
}
