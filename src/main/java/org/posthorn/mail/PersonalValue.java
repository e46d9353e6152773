package org.posthorn.mail;

import java.util.Locale;
import java.util.function.Function;

/**
 * What is another in each copy's header or footer. In a text it is one character, its mark: a noncharacter of Unicode
 * (section 23.7), which no text that people write has any business to hold.
 */
public enum PersonalValue {
    /** The address in lower case. */
    EMAIL(addressee -> addressee.address().toLowerCase(Locale.ROOT)),
    /** The address as its owner wrote it. */
    DELIVERED_TO(Addressee::address),
    /** The language's English name. */
    LANGUAGE(addressee -> LanguageNames.of(addressee.language())),
    NAME(addressee -> shortened(addressee.name())),
    NAME_OR_ADDRESS(addressee -> addressee.name().isEmpty() ? addressee.address() : shortened(addressee.name())),
    /** The address alone where there is no name. */
    NAME_AND_ADDRESS(addressee -> addressee.name().isEmpty()
            ? addressee.address()
            : shortened(addressee.name()) + " <" + addressee.address() + ">");

    private static final char FIRST = '\uFDD0';

    /** In characters, within a text: whoever can name themselves must not be able to make it as long as they like. */
    private static final int LONGEST_NAME = 200;

    private final Function<Addressee, String> value;

    PersonalValue(Function<Addressee, String> value) {
        this.value = value;
    }

    public String mark() {
        return String.valueOf((char) (FIRST + ordinal()));
    }

    /** @return one line without controls */
    String of(Addressee addressee) {
        return value.apply(addressee);
    }

    /** Whether it is whatever people call themselves, so that only Unicode holds it. */
    boolean isAnyScript() {
        return this == NAME || this == NAME_OR_ADDRESS || this == NAME_AND_ADDRESS;
    }

    /** Whether the address alone does not tell it. */
    boolean isMore() {
        return isAnyScript() || this == LANGUAGE;
    }

    static boolean isMark(char c) {
        return c >= FIRST && c < FIRST + values().length;
    }

    private static String shortened(String name) {
        if (name.length() <= LONGEST_NAME) {
            return name;
        }
        int end = Character.isHighSurrogate(name.charAt(LONGEST_NAME - 1)) ? LONGEST_NAME - 1 : LONGEST_NAME;
        return name.substring(0, end).stripTrailing();
    }

    /** @return the value that this mark stands for */
    static PersonalValue at(char mark) {
        return values()[mark - FIRST];
    }

    static boolean isIn(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (isMark(text.charAt(i))) {
                return true;
            }
        }
        return false;
    }

    /** @return the text without the marks beyond so many */
    static String atMost(int most, String text) {
        StringBuilder kept = new StringBuilder(text.length());
        int marks = 0;
        for (int i = 0; i < text.length(); i++) {
            marks += isMark(text.charAt(i)) ? 1 : 0;
            if (marks <= most || !isMark(text.charAt(i))) {
                kept.append(text.charAt(i));
            }
        }
        return kept.toString();
    }

    /** @return the text with its marks replaced */
    static String replace(String text, Addressee addressee) {
        StringBuilder replaced = new StringBuilder(text.length() + 64);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (isMark(c)) {
                replaced.append(at(c).of(addressee));
            } else {
                replaced.append(c);
            }
        }
        return replaced.toString();
    }

    /** @return text that somebody wrote, without what would pass for a mark */
    public static String withoutMarks(String text) {
        return isIn(text) ? text.replaceAll("[\uFDD0-\uFDEF]", "") : text;
    }
}
