package org.posthorn.mail;

import java.util.Optional;

/** The grammar of a mailbox's local part (RFC 5321 section 4.1.2, RFC 6531 section 3.3). */
final class LocalPart {

    private static final String SYMBOLS = "!#$%&'*+-/=?^_`{|}~";

    private LocalPart() {}

    /** @return where the at sign should be after a local part that begins with a quote; -1 when it doesn't end */
    static int endOfQuoted(String text) {
        for (int i = 1; i < text.length(); i++) {
            if (text.charAt(i) == '\\') {
                i++;
            } else if (text.charAt(i) == '"') {
                return i + 1;
            }
        }
        return -1;
    }

    /**
     * @param lenient whether dots may stand where none belong; they are then quoted
     * @return the local part, quoted only where it must be; empty when it isn't one
     */
    static Optional<String> normalise(String text, boolean lenient) {
        if (!text.startsWith("\"")) {
            if (!isOfAtoms(text)) {
                return Optional.empty();
            }
            return dotsBelong(text) ? Optional.of(text) : lenient ? Optional.of(quote(text)) : Optional.empty();
        }
        return unquote(text)
                .filter(content -> !content.isEmpty())
                .map(content -> isOfAtoms(content) && dotsBelong(content) ? content : quote(content));
    }

    /** @return what is between the quotes, if there are any; empty when it holds what cannot be quoted */
    static Optional<String> unquote(String local) {
        if (!local.startsWith("\"")) {
            return Optional.of(local);
        }
        StringBuilder content = new StringBuilder();
        for (int i = 1; i < local.length() - 1; ) {
            if (local.charAt(i) == '\\') {
                i++;
            }
            int c = local.codePointAt(i);
            if (c < 0x20 || c == 0x7f || c > 0x7f && !isInternational(c)) {
                return Optional.empty();
            }
            content.appendCodePoint(c);
            i += Character.charCount(c);
        }
        return Optional.of(content.toString());
    }

    /** @return quoted where it must be */
    static String quoteIfNeeded(String content) {
        return isOfAtoms(content) && dotsBelong(content) ? content : quote(content);
    }

    static boolean isAtomCharacter(int c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || SYMBOLS.indexOf(c) >= 0;
    }

    private static String quote(String content) {
        return '"' + content.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private static boolean isOfAtoms(String text) {
        return !text.isEmpty()
                && text.codePoints().allMatch(c -> c == '.' || isAtomCharacter(c) || c > 0x7f && isInternational(c));
    }

    private static boolean dotsBelong(String text) {
        return !text.startsWith(".") && !text.endsWith(".") && !text.contains("..");
    }

    private static boolean isInternational(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SPACE_SEPARATOR -> false;
            default -> true;
        };
    }
}
