package org.posthorn.list;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;

/** One attribute of a list under the name that Mailman's REST API has for it. */
public final class ConfigAttribute {

    private final String name;
    private final BiFunction<MailingList, Counters, Object> getter;
    private final ValueParser<?> parser;
    private final BiConsumer<MailingList, Object> setter;

    ConfigAttribute(
            String name,
            BiFunction<MailingList, Counters, Object> getter,
            ValueParser<?> parser,
            BiConsumer<MailingList, Object> setter) {
        this.name = name;
        this.getter = getter;
        this.parser = parser;
        this.setter = setter;
    }

    public String name() {
        return name;
    }

    public boolean isWritable() {
        return setter != null;
    }

    /** @return as the list holds it, before {@link #shown} writes it out; a new list's tells the kind of the attribute */
    public Object value(MailingList list, Counters counters) {
        return getter.apply(list, counters);
    }

    /** @throws InvalidValueException when the attribute cannot have the value */
    public void check(Object value) {
        parse(value);
    }

    /**
     * @return as JSON has it: null, a String, Boolean, Integer, Long, Double or a List of Strings; durations as {@code
     *     1d3.5s}, enums in lower case, times in UTC without a zone
     */
    public Object shown(MailingList list, Counters counters) {
        Object value = getter.apply(list, counters);
        if (value instanceof Enum<?> constant) {
            return constant.name().toLowerCase(Locale.ROOT);
        }
        if (value instanceof Duration duration) {
            return DurationText.format(duration);
        }
        if (value instanceof Instant at) {
            return at.toString().replace("Z", "");
        }
        return value instanceof List<?> lines ? List.copyOf(lines) : value;
    }

    Object parse(Object value) {
        return parser.parse(name, value);
    }

    void set(MailingList list, Object parsed) {
        setter.accept(list, parsed);
    }
}
