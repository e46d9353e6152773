package org.posthorn.mail;

import java.util.ArrayList;
import java.util.List;

/** What people read first in a message: its first part of plain text. */
public final class BodyText {

    private static final int LONGEST_LINE = 1000;

    private BodyText() {}

    /**
     * @param start of the body, as much as is to be looked at
     * @param most how many lines at the most
     * @return the first lines that are not blank, stripped and cut at 1000 characters; none without plain text
     */
    public static List<String> firstLines(HeaderBlock header, byte[] start, int most) {
        return Leaf.of(header, start, false).stream()
                .filter(leaf -> leaf.is("text/plain"))
                .findFirst()
                .map(leaf -> leaf.text(start))
                .map(text -> lines(text, most))
                .orElse(List.of());
    }

    private static List<String> lines(String text, int most) {
        List<String> lines = new ArrayList<>();
        int at = 0;
        while (at < text.length() && lines.size() < most) {
            int end = text.indexOf('\n', at);
            end = end < 0 ? text.length() : end;
            String line = text.substring(at, Math.min(end, at + LONGEST_LINE)).strip();
            if (!line.isEmpty()) {
                lines.add(line);
            }
            at = end + 1;
        }
        return lines;
    }
}
