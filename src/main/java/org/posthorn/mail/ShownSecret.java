package org.posthorn.mail;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.Map;

/**
 * Takes a password out of octets read as ISO 8859-1: as it is or with HTML's ways to write a character, and with tags and
 * line breaks between them; together with the word {@code Approved} and the colon before it. One that is short must have
 * these: it could be any word. Takes time and memory by the length of the text, whatever is in it.
 */
final class ShownSecret {

    private static final int SHORTEST_TELLING = 8;
    private static final int LONGEST_ENTITY = 13;
    private static final char NO_BREAK_SPACE = '\u00a0';
    private static final int SOFT_HYPHEN = 0xad;
    private static final Map<String, Integer> NAMED = Map.of(
            "amp", (int) '&',
            "lt", (int) '<',
            "gt", (int) '>',
            "quot", (int) '"',
            "apos", (int) '\'',
            "nbsp", (int) NO_BREAK_SPACE,
            "shy", SOFT_HYPHEN);

    private final Charset charset;
    private final boolean telling;
    private final String secret;
    private final int[] borders;

    ShownSecret(String password, Charset charset) {
        this.charset = charset;
        this.telling = password.length() >= SHORTEST_TELLING;
        Reading reading = new Reading(octets(password), false, false);
        this.secret = new String(reading.glyphs, 0, reading.count);
        this.borders = borders(secret);
    }

    /** @return the text without what shows it; the same object: nothing does */
    String without(String text) {
        BitSet shown = new BitSet();
        mark(shown, new Reading(text, true, true));
        mark(shown, new Reading(text, false, true)); // a < need not begin a tag
        mark(shown, new Reading(text, false, false)); // nor an & an entity
        if (shown.isEmpty()) {
            return text;
        }
        StringBuilder rest = new StringBuilder(text.length());
        for (int at = 0; at < text.length(); ) {
            int next = shown.nextSetBit(at);
            int end = next < 0 ? text.length() : next;
            rest.append(text, at, end);
            at = next < 0 ? end : shown.nextClearBit(end);
        }
        return rest.toString();
    }

    private String octets(String characters) {
        return charset.canEncode() ? new String(characters.getBytes(charset), StandardCharsets.ISO_8859_1) : characters;
    }

    /** By Knuth, Morris and Pratt: no character is looked at again. */
    private void mark(BitSet shown, Reading reading) {
        int matched = 0;
        for (int i = 0; i < reading.count && !secret.isEmpty(); i++) {
            while (matched > 0 && (matched == secret.length() || secret.charAt(matched) != reading.glyphs[i])) {
                matched = borders[matched - 1];
            }
            if (secret.charAt(matched) == reading.glyphs[i]) {
                matched++;
            }
            if (matched == secret.length()) {
                int first = i + 1 - matched;
                int label = reading.label(first);
                if (telling || label < first) {
                    shown.set(reading.from[label], reading.to[i]);
                    matched = 0;
                }
            }
        }
    }

    private static int[] borders(String text) {
        int[] borders = new int[text.length()];
        for (int i = 1, matched = 0; i < text.length(); i++) {
            while (matched > 0 && text.charAt(matched) != text.charAt(i)) {
                matched = borders[matched - 1];
            }
            if (text.charAt(matched) == text.charAt(i)) {
                matched++;
            }
            borders[i] = matched;
        }
        return borders;
    }

    /** The characters that a reader sees, and where in the text each stands. */
    private final class Reading {

        private char[] glyphs;
        private int[] from;
        private int[] to;
        private int count;

        Reading(String text, boolean tags, boolean entities) {
            // An entity is never shorter than the octets it stands for.
            glyphs = new char[text.length()];
            from = new int[text.length()];
            to = new int[text.length()];
            int lastTagEnd = tags ? text.lastIndexOf('>') : -1;
            for (int at = 0; at < text.length(); ) {
                char c = text.charAt(at);
                int end = at + 1;
                if (c == '<' && at < lastTagEnd) {
                    end = text.indexOf('>', at) + 1;
                } else if (c == '&' && entities && entityEnd(text, at) > 0) {
                    end = entityEnd(text, at);
                    entity(text.substring(at + 1, end - 1), text, at, end);
                } else if (c != '\r' && c != '\n') {
                    add(c, at, end);
                }
                at = end;
            }
        }

        private int entityEnd(String text, int at) {
            int most = Math.min(text.length(), at + LONGEST_ENTITY);
            for (int i = at + 1; i < most; i++) {
                if (text.charAt(i) == ';') {
                    return i + 1;
                }
            }
            return -1;
        }

        private void entity(String name, String text, int at, int end) {
            int character = character(name);
            if (character == SOFT_HYPHEN) {
                return;
            }
            String octets = Character.isValidCodePoint(character) ? octets(Character.toString(character)) : "";
            if (octets.isEmpty() || octets.length() > end - at) {
                for (int i = at; i < end; i++) {
                    add(text.charAt(i), i, i + 1);
                }
                return;
            }
            for (int i = 0; i < octets.length(); i++) {
                add(octets.charAt(i), at, end);
            }
        }

        private int character(String name) {
            try {
                if (name.startsWith("#x") || name.startsWith("#X")) {
                    return Integer.parseInt(name.substring(2), 16);
                }
                return name.startsWith("#") ? Integer.parseInt(name.substring(1)) : NAMED.getOrDefault(name, -1);
            } catch (NumberFormatException e) {
                return -1;
            }
        }

        /** A space that does not break is a space, in ISO 8859-1 as in UTF-8. */
        private void add(char c, int start, int end) {
            boolean space = c == NO_BREAK_SPACE;
            if (space && count > 0 && glyphs[count - 1] == '\u00c2') {
                count--;
                glyphs[count] = ' ';
                to[count++] = end;
                return;
            }
            glyphs[count] = space ? ' ' : c;
            from[count] = start;
            to[count++] = end;
        }

        /** @return where the label before this one begins; the same: there is none */
        private int label(int first) {
            int colon = back(first);
            if (colon == 0 || glyphs[colon - 1] != ':') {
                return first;
            }
            int end = back(colon - 1);
            for (String name : ApprovedLine.NAMES_LONGEST_FIRST) {
                int start = end - name.length();
                if (start >= 0 && new String(glyphs, start, name.length()).equalsIgnoreCase(name)) {
                    return start;
                }
            }
            return first;
        }

        private int back(int end) {
            int start = end;
            while (start > 0 && " \t\f".indexOf(glyphs[start - 1]) >= 0) {
                start--;
            }
            return start;
        }
    }
}
