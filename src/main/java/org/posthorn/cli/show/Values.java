package org.posthorn.cli.show;

import jakarta.json.JsonArray;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.stream.Collectors;

/** JSON values as text, and as JSON that is safe to look at. */
final class Values {

    private Values() {}

    /** @return one line; "-" for nothing */
    static String text(JsonValue value) {
        if (value == null) {
            return "-";
        }
        return switch (value.getValueType()) {
            case NULL -> "-";
            case STRING -> clean(((JsonString) value).getString());
            case TRUE -> "yes";
            case FALSE -> "no";
            case NUMBER -> value.toString();
            case ARRAY -> ((JsonArray) value).stream().map(Values::text).collect(Collectors.joining(", "));
            case OBJECT -> clean(value.toString());
        };
    }

    /** Without what would move the cursor, change colours, end the line or turn its direction. */
    static String clean(String text) {
        return text.replaceAll("[\\p{Cntrl}\\x{80}-\\x{9f}\\x{2028}-\\x{202e}\\x{2066}-\\x{2069}]", " ");
    }

    /** JSON on one line; its own escapes leave DEL and the C1 controls as they are. */
    static String json(JsonValue value) {
        String text = value.toString();
        StringBuilder safe = null;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 0x7f && c <= 0x9f) {
                if (safe == null) {
                    safe = new StringBuilder(text.substring(0, i));
                }
                safe.append("\\u%04x".formatted((int) c));
            } else if (safe != null) {
                safe.append(c);
            }
        }
        return safe == null ? text : safe.toString();
    }

    /** @return how many columns it takes, near enough */
    static int width(String text) {
        return text.codePointCount(0, text.length());
    }

    static String pad(String text, int width) {
        return text + " ".repeat(Math.max(0, width - width(text)));
    }
}
