package org.posthorn.list;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.posthorn.mail.EmailAddress;

/** How a list's settings are read from text or JSON, by Mailman's conventions. */
final class ListValues {

    private static final Pattern LANGUAGE = Pattern.compile("[A-Za-z]{2,8}([-_][A-Za-z0-9]{1,8}){0,3}");
    private static final Pattern NEWSGROUP = Pattern.compile("([A-Za-z0-9+_-]+(\\.[A-Za-z0-9+_-]+)*)?");
    private static final int MOST_DAYS = 36_500;
    private static final int LONGEST_TEXT = 100_000;
    private static final int LONGEST_LINE = 1000;
    private static final int LONGEST_LINES = 500_000;
    private static final int MOST_LINES = 50_000;

    private ListValues() {}

    static Boolean truth(String field, Object value) {
        String text =
                value instanceof Boolean || value instanceof Number || value instanceof String ? value.toString() : "";
        return YesOrNo.of(text).orElseThrow(() -> new InvalidValueException(field, value, "true or false"));
    }

    /** A whole number from 0. */
    static Integer count(String field, Object value) {
        return count(field, value, Integer.MAX_VALUE);
    }

    /** A number of days that dates can be counted by. */
    static Integer days(String field, Object value) {
        return count(field, value, MOST_DAYS);
    }

    /** Seconds, a day at the most. */
    static Integer secondsOfADay(String field, Object value) {
        return count(field, value, 86_400);
    }

    private static Integer count(String field, Object value, int most) {
        try {
            int number = number(value).intValueExact();
            if (number >= 0 && number <= most) {
                return number;
            }
        } catch (ArithmeticException e) {
            // said below
        }
        throw new InvalidValueException(field, value, "a whole number from 0 to " + most);
    }

    /** A number from 0, with or without a fraction. */
    static Double measure(String field, Object value) {
        try {
            double number = number(value).doubleValue();
            if (number >= 0 && number <= 1e9) {
                return number;
            }
        } catch (ArithmeticException e) {
            // said below
        }
        throw new InvalidValueException(field, value, "a number from 0 to 1000000000");
    }

    private static BigDecimal number(Object value) {
        String text = value instanceof Number || value instanceof String
                ? value.toString().strip()
                : "";
        if (!text.matches("[-+]?[0-9]{1,18}(\\.[0-9]{1,18})?([eE][-+]?[0-9]{1,2})?")) {
            throw new ArithmeticException("no number");
        }
        return new BigDecimal(text);
    }

    static Duration duration(String field, Object value) {
        return DurationText.parse(value instanceof String text ? text.strip().toLowerCase(Locale.ROOT) : "")
                .orElseThrow(() -> new InvalidValueException(
                        field, value, "a duration such as 7d or 1d12h30m3.5s, at most 36500d"));
    }

    static <E extends Enum<E>> ValueParser<E> oneOf(Class<E> type) {
        return (field, value) -> Arrays.stream(type.getEnumConstants())
                .filter(constant -> value instanceof String text
                        && constant.name().equals(text.strip().toUpperCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new InvalidValueException(
                        field,
                        value,
                        "one of "
                                + Arrays.stream(type.getEnumConstants())
                                        .map(constant -> constant.name().toLowerCase(Locale.ROOT))
                                        .collect(Collectors.joining(", "))));
    }

    /** For what may come to stand in a header field. Space at the ends stays. */
    static ValueParser<String> oneLine(int longest) {
        return (field, value) -> OneLine.required(field, string(field, value), longest);
    }

    /** Text of any number of lines; their ends become LF. */
    static String text(String field, Object value) {
        String text = string(field, value).replace("\r\n", "\n").replace('\r', '\n');
        if (text.length() > LONGEST_TEXT) {
            throw new InvalidValueException(field, text, "at most " + LONGEST_TEXT + " characters");
        }
        if (!OneLine.isOneLine(text.replace('\n', ' '))) {
            throw new InvalidValueException(field, text, "a text without control characters");
        }
        return text;
    }

    static String language(String field, Object value) {
        return matching(field, value, LANGUAGE, "a language tag such as en or pt-BR");
    }

    /** One of the names, as they are written. */
    static ValueParser<String> oneOf(List<String> names) {
        return (field, value) -> names.stream()
                .filter(name -> value instanceof String text && name.equals(text.strip()))
                .findFirst()
                .orElseThrow(() -> new InvalidValueException(field, value, "one of " + String.join(", ", names)));
    }

    static String newsgroup(String field, Object value) {
        return matching(field, value, NEWSGROUP, "the name of a newsgroup, or nothing");
    }

    private static String matching(String field, Object value, Pattern pattern, String allowed) {
        String text =
                OneLine.required(field, string(field, value), LONGEST_LINE).strip();
        if (!pattern.matcher(text).matches()) {
            throw new InvalidValueException(field, text, allowed);
        }
        return text;
    }

    static String addressOrNothing(String field, Object value) {
        String text =
                OneLine.required(field, string(field, value), LONGEST_LINE).strip();
        if (!text.isEmpty() && EmailAddress.parse(text).isEmpty()) {
            throw new InvalidValueException(field, text, "an e-mail address, or nothing");
        }
        return text;
    }

    /** A password in clear becomes its hash; nothing takes it away; null leaves it, since nobody can read it to send it back. */
    static String password(String field, Object value) {
        if (value == null) {
            return null;
        }
        String text = OneLine.required(field, string(field, value), LONGEST_LINE);
        return text.isEmpty() ? "" : new PasswordHash().of(text);
    }

    private static String string(String field, Object value) {
        if (value instanceof String text) {
            return text;
        }
        throw new InvalidValueException(field, value, "a text");
    }

    /** Texts of one line each, without empty ones. */
    static List<String> lines(String field, Object value) {
        List<String> lines = new ArrayList<>();
        if (value instanceof Collection<?> items) {
            for (Object item : items) {
                add(lines, field, item);
            }
        } else {
            add(lines, field, value);
        }
        if (lines.size() > MOST_LINES
                || lines.stream().mapToInt(line -> line.length() + 1).sum() > LONGEST_LINES) {
            throw new InvalidValueException(
                    field,
                    lines.size() + " lines",
                    "at most " + MOST_LINES + " lines and " + LONGEST_LINES + " characters");
        }
        return List.copyOf(lines);
    }

    private static void add(List<String> lines, String field, Object item) {
        String line = OneLine.required(field, string(field, item), LONGEST_LINE).strip();
        if (!line.isEmpty()) {
            lines.add(line);
        }
    }

    /** Each an address, or a pattern that begins with ^. */
    static List<String> patterns(String field, Object value) {
        List<String> lines = lines(field, value);
        lines.forEach(line -> AddressPattern.parse(field, line));
        return lines;
    }

    /** As {@link #patterns}, or @ with a list's address: that list's members. */
    static List<String> nonmembers(String field, Object value) {
        List<String> lines = lines(field, value);
        lines.forEach(line -> AddressPattern.parse(field, line.startsWith("@") ? line.substring(1) : line));
        return lines;
    }

    /** Lines of {@link SuspiciousHeader}, and comments. */
    static List<String> suspiciousHeaders(String field, Object value) {
        List<String> lines = lines(field, value);
        for (String line : lines) {
            if (!line.startsWith("#") && SuspiciousHeader.parse(line).isEmpty()) {
                throw new InvalidValueException(
                        field, line, "the name of a header field, a colon and a regular expression of the kind RE2");
            }
        }
        return lines;
    }

    /** Lines of {@link Topic}, and comments; each goes over every post, so no more than a hundred. */
    static List<String> topics(String field, Object value) {
        List<String> lines = lines(field, value);
        if (lines.size() > 100) {
            throw new InvalidValueException(field, lines.size(), "at most 100 lines");
        }
        for (String line : lines) {
            if (!line.startsWith("#") && Topic.parse(line).isEmpty()) {
                throw new InvalidValueException(
                        field, line, "a name, a colon and a regular expression of the kind RE2");
            }
        }
        return lines;
    }

    /** Addresses of lists, each once, in lower case; each is asked at every post, so no more than twenty. */
    static List<String> siblings(String field, Object value) {
        List<String> addresses = lines(field, value).stream()
                .map(line -> EmailAddress.parse(line)
                        .orElseThrow(() -> new InvalidValueException(field, line, "the address of a list"))
                        .key())
                .distinct()
                .toList();
        if (addresses.size() > 20) {
            throw new InvalidValueException(field, addresses.size() + " lists", "at most 20 lists");
        }
        return addresses;
    }

    /** As many lines of a text as are looked at for topics. */
    static Integer bodyLines(String field, Object value) {
        return count(field, value, 100);
    }

    /** A setter that lets null leave the value as it is. */
    static <G, T> BiConsumer<G, T> unlessNull(BiConsumer<G, T> setter) {
        return (group, value) -> {
            if (value != null) {
                setter.accept(group, value);
            }
        };
    }
}
