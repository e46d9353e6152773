package org.posthorn.mail;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Makes a field of a text that anybody may have written: nothing in the text can end the field (no CR, LF, NUL or other
 * control, no Unicode line end), what isn't ASCII becomes encoded words, and lines are folded.
 */
final class FieldText {

    private static final int PREFERRED_LINE = 78;

    /** RFC 5322's 998, less the field's name and some: no token longer than this stays unencoded. */
    private static final int MAX_TOKEN = 900;

    private FieldText() {}

    /** @return each control, line or paragraph separator and lone surrogate replaced by a space; tabs too */
    static String withoutControls(String text) {
        StringBuilder clean = null;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean paired = Character.isHighSurrogate(c)
                            && i + 1 < text.length()
                            && Character.isLowSurrogate(text.charAt(i + 1))
                    || Character.isLowSurrogate(c) && i > 0 && Character.isHighSurrogate(text.charAt(i - 1));
            boolean bad = c < 0x20
                    || c >= 0x7f && c < 0xa0
                    || c == '\u2028'
                    || c == '\u2029'
                    || Character.isSurrogate(c) && !paired;
            if (bad && clean == null) {
                clean = new StringBuilder(text);
            }
            if (bad) {
                clean.setCharAt(i, ' ');
            }
        }
        return clean == null ? text : clean.toString();
    }

    /** @throws IllegalArgumentException when the name isn't one (RFC 5322 section 3.6.8): names come from code */
    static HeaderField unstructured(String name, String text) {
        return field(name, encode(withoutControls(text).strip()));
    }

    /** @param encoded printable, nothing in it to encode; may have UTF-8 where RFC 6532 wants it */
    static HeaderField field(String name, String encoded) {
        if (name.isEmpty() || name.length() > 70 || !name.chars().allMatch(c -> c > 0x20 && c < 0x7f && c != ':')) {
            throw new IllegalArgumentException("not a header field's name: " + name);
        }
        return new HeaderField(
                name, (fold(name + ": " + withoutControls(encoded)) + "\r\n").getBytes(StandardCharsets.UTF_8));
    }

    /** Encodes from the first word that needs it to the last, and leaves what stands before and after. */
    private static String encode(String text) {
        String[] words = text.split(" ", -1);
        int first = 0;
        while (first < words.length && isPlain(words[first])) {
            first++;
        }
        if (first == words.length) {
            return text;
        }
        int last = words.length - 1;
        while (isPlain(words[last])) {
            last--;
        }
        StringBuilder encoded = new StringBuilder();
        for (int i = 0; i < first; i++) {
            encoded.append(words[i]).append(' ');
        }
        encoded.append(EncodedWords.encode(String.join(" ", List.of(words).subList(first, last + 1))));
        for (int i = last + 1; i < words.length; i++) {
            encoded.append(' ').append(words[i]);
        }
        return encoded.toString();
    }

    private static boolean isPlain(String word) {
        return word.length() <= MAX_TOKEN
                && !word.contains("=?")
                && word.chars().allMatch(c -> c >= 0x20 && c < 0x7f);
    }

    /** Folds before spaces, never so that a line of nothing but space comes of it. */
    private static String fold(String line) {
        if (line.length() <= PREFERRED_LINE) {
            return line;
        }
        StringBuilder folded = new StringBuilder(line.length() + 20);
        int start = 0;
        int space = -1;
        int colon = line.indexOf(':') + 1;
        for (int i = colon + 1; i < line.length(); i++) {
            boolean breakable = line.charAt(i) == ' ' && line.charAt(i - 1) != ' ';
            if (!breakable) {
                continue;
            }
            if (i - start > PREFERRED_LINE && space > start) {
                folded.append(line, start, space).append("\r\n");
                start = space;
            }
            space = i;
        }
        if (line.length() - start > PREFERRED_LINE
                && space > start
                && !line.substring(space).isBlank()) {
            folded.append(line, start, space).append("\r\n");
            start = space;
        }
        return folded.append(line, start, line.length()).toString();
    }
}
