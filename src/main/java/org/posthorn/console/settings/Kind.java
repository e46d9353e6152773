package org.posthorn.console.settings;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What kind of value an attribute takes: by it, it gets its input, and is read from and written into that. */
enum Kind {
    TRUTH("check"),
    CHOICE("select"),
    LANGUAGE("select"),
    /** Many values of a line each. */
    LINES("area"),
    TEXT("area"),
    LINE("text"),
    NUMBER("number"),
    DURATION("text"),
    /** Is never shown; nothing typed leaves it. */
    PASSWORD("password");

    private static final Set<String> TEXTS = Set.of(
            "info",
            "dmarc_moderation_notice",
            "dmarc_wrapped_message_text",
            "autoresponse_owner_text",
            "autoresponse_postings_text",
            "autoresponse_request_text");

    private final String input;

    Kind(String input) {
        this.input = input;
    }

    /** The type that the tag ph:field takes. */
    String input() {
        return input;
    }

    /** @param value a new list's */
    static Kind of(String attribute, Object value) {
        if (attribute.equals("moderator_password")) {
            return PASSWORD;
        }
        if (attribute.equals("preferred_language")) {
            return LANGUAGE;
        }
        if (value instanceof Boolean) {
            return TRUTH;
        }
        if (value instanceof Enum<?>) {
            return CHOICE;
        }
        if (value instanceof List<?>) {
            return LINES;
        }
        if (value instanceof Duration) {
            return DURATION;
        }
        if (value instanceof Number) {
            return NUMBER;
        }
        return TEXTS.contains(attribute) ? TEXT : LINE;
    }

    /** @param shown as ConfigAttribute shows it, may be null; @return as it stands in the input */
    String typed(Object shown) {
        if (shown == null || this == PASSWORD) {
            return "";
        }
        if (shown instanceof List<?> lines) {
            return lines.stream().map(String::valueOf).collect(Collectors.joining("\n"));
        }
        return shown instanceof Double number
                ? BigDecimal.valueOf(number).stripTrailingZeros().toPlainString()
                : shown.toString();
    }

    /** @param text from an input; @return the same where it means the same */
    String cleaned(String text) {
        String unix = text == null ? "" : text.replace("\r\n", "\n").replace('\r', '\n');
        return switch (this) {
            case LINES ->
                unix.lines().map(String::strip).filter(line -> !line.isEmpty()).collect(Collectors.joining("\n"));
            case NUMBER, DURATION -> unix.strip();
            case TRUTH, CHOICE, LANGUAGE, TEXT, LINE, PASSWORD -> unix;
        };
    }

    /** @param text cleaned; @return as ConfigAttributes reads it */
    Object read(String text) {
        return this == LINES ? text.lines().toList() : text;
    }
}
