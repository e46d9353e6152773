package org.posthorn.mail.filter;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.stream.Collectors;

/** Plain text as it grows: words are wrapped, each line begins with the marks of what it stands in. */
final class TextPage {

    private static final int WIDTH = 74;

    /** What stands in more than fits into this is not indented any further. */
    private static final int WIDEST_INDENT = 30;

    private final StringBuilder text = new StringBuilder();
    private final StringBuilder line = new StringBuilder();
    private final StringBuilder word = new StringBuilder();
    private final Deque<Indent> indents = new ArrayDeque<>();
    private boolean spaced;
    private boolean blankWanted;
    private boolean raw;

    /** How few indents there have been since the last line. */
    private int fewest;

    private static final class Indent {
        private final String later;
        private String first;
        private int items;

        Indent(String first, String later) {
            this.first = first;
            this.later = later;
        }
    }

    /** @param first before the next line; @param later before those after it */
    void indent(String first, String later) {
        boolean fits = width() + later.length() <= WIDEST_INDENT;
        indents.addLast(fits ? new Indent(first, later) : new Indent("", ""));
    }

    void outdent() {
        if (!indents.isEmpty()) {
            indents.removeLast();
            fewest = Math.min(fewest, indents.size());
        }
    }

    /** The number of the next item of the list that is open. */
    int number() {
        return indents.isEmpty() ? 1 : ++indents.getLast().items;
    }

    private int width() {
        return indents.stream().mapToInt(indent -> indent.later.length()).sum();
    }

    /** @param preformatted whether lines and blanks stay */
    void write(String words, boolean preformatted) {
        for (int i = 0; i < words.length(); i++) {
            char c = words.charAt(i);
            if (preformatted && c == '\n') {
                line();
            } else if (preformatted && (c == ' ' || c == '\t')) {
                raw = true;
                word.append(c);
            } else if (c == '\u00a0' || Character.isWhitespace(c) || Character.isISOControl(c)) {
                endWord();
                spaced = true;
            } else if (!isUnseen(c)) {
                word.append(c);
            }
        }
        raw |= preformatted;
    }

    /** Marks that break words or turn the direction of writing. */
    private static boolean isUnseen(char c) {
        return c == '\u00ad'
                || c == '\u200b'
                || c == '\u2060'
                || c == '\ufeff'
                || c >= '\u202a' && c <= '\u202e'
                || c >= '\u2066' && c <= '\u2069';
    }

    private void endWord() {
        if (word.length() == 0) {
            return;
        }
        if (!raw && spaced && line.length() > 0 && line.length() + 1 + word.length() > WIDTH - width()) {
            emit();
        }
        if (spaced && line.length() > 0) {
            line.append(' ');
        }
        line.append(word);
        word.setLength(0);
        spaced = false;
    }

    /** Between two cells of a row. */
    void cell() {
        endWord();
        if (line.length() > 0) {
            line.append("  ");
            spaced = false;
        }
    }

    /** Ends the line, also an empty one. */
    void line() {
        endWord();
        emit();
        raw = false;
    }

    void rule() {
        endBlock(true);
        write("-".repeat(40), false);
        endBlock(true);
    }

    /** Ends the line if there is something on it. @param paragraph whether an empty line is to follow before there is more */
    void endBlock(boolean paragraph) {
        endWord();
        spaced = false;
        if (line.length() > 0) {
            emit();
        }
        raw = false;
        blankWanted |= paragraph;
    }

    private void emit() {
        String content = line.toString().stripTrailing();
        line.setLength(0);
        spaced = false;
        if (content.isEmpty()) {
            blankWanted = true; // several of them are one
            return;
        }
        if (blankWanted && text.length() > 0) {
            append(quotes().stripTrailing());
        }
        blankWanted = false;
        append(prefix() + content);
        fewest = indents.size();
    }

    private void append(String whole) {
        text.append(whole).append('\n');
    }

    private String prefix() {
        StringBuilder prefix = new StringBuilder();
        for (Indent indent : indents) {
            prefix.append(indent.first);
            indent.first = indent.later;
        }
        return prefix.toString();
    }

    /** What an empty line begins with: what the lines before and after it both stand in. */
    private String quotes() {
        return indents.stream().limit(fewest).map(indent -> indent.later).collect(Collectors.joining());
    }

    String text() {
        endBlock(false);
        return text.toString();
    }
}
