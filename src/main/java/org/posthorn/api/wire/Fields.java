package org.posthorn.api.wire;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.posthorn.list.YesOrNo;

/**
 * The fields of a request, from a form, a JSON object or a query; each has one value or several. The texts of what is
 * wrong are Mailman's.
 */
public final class Fields {

    private final Map<String, List<String>> values;
    private final Set<String> nulls;

    public Fields(Map<String, List<String>> values) {
        this(values, Set.of());
    }

    /**
     * @param nulls the names whose value is JSON's null; their text is empty
     * @throws Refusal 400 when a name or value holds U+0000 or half a surrogate pair, which no database takes
     */
    public Fields(Map<String, List<String>> values, Set<String> nulls) {
        Map<String, List<String>> copy = new LinkedHashMap<>();
        values.forEach((name, list) -> {
            list.forEach(value -> check(name, value));
            check("a name", name);
            copy.put(name, List.copyOf(list));
        });
        this.nulls = Set.copyOf(nulls);
        this.values = Collections.unmodifiableMap(copy);
    }

    private static void check(String name, String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            boolean pair = Character.isHighSurrogate(c)
                    && i + 1 < value.length()
                    && Character.isLowSurrogate(value.charAt(i + 1));
            if (c == 0 || Character.isSurrogate(c) && !pair) {
                throw Refusal.badRequest(
                        "Invalid Parameter \"" + shown(name) + "\": it holds a character that is not text");
            }
            i += pair ? 1 : 0;
        }
    }

    /** Text from outside as an error may quote it: short, and without control characters. */
    public static String shown(String text) {
        String clean = text.replaceAll("[\\p{Cntrl}\\p{Cs}]", "?");
        return clean.length() <= 80 ? clean : clean.substring(0, 80) + "…";
    }

    /**
     * @param required must be there
     * @param optional may be there; nothing else may
     * @throws Refusal 400 that names what is missing or unexpected
     */
    public Fields check(Set<String> required, Set<String> optional) {
        Set<String> unexpected = new TreeSet<>(values.keySet());
        unexpected.removeAll(required);
        unexpected.removeAll(optional);
        if (!unexpected.isEmpty()) {
            throw Refusal.badRequest("Unexpected parameters: " + shown(String.join(", ", unexpected)));
        }
        Set<String> missing = new TreeSet<>(required);
        missing.removeAll(values.keySet());
        if (!missing.isEmpty()) {
            throw Refusal.badRequest("Missing Parameter: " + String.join(", ", missing));
        }
        return this;
    }

    public boolean has(String name) {
        return values.containsKey(name);
    }

    public Set<String> names() {
        return values.keySet();
    }

    /** @return every value of the field, in order; empty without it */
    public List<String> all(String name) {
        return values.getOrDefault(name, List.of());
    }

    /** @return each field's text, or null where JSON had null, or a list where there is none or more than one */
    public Map<String, Object> asChanges() {
        Map<String, Object> changes = new LinkedHashMap<>();
        values.forEach(
                (name, list) -> changes.put(name, nulls.contains(name) ? null : list.size() == 1 ? list.get(0) : list));
        return changes;
    }

    /** @throws Refusal 400 when it is missing or there more than once */
    public String text(String name) {
        return optional(name).orElseThrow(() -> Refusal.badRequest("Missing Parameter: " + name));
    }

    /** @throws Refusal 400 when it is there more than once */
    public Optional<String> optional(String name) {
        List<String> all = all(name);
        if (all.size() > 1) {
            throw wrong(name, "one value is expected");
        }
        return all.stream().findFirst();
    }

    /** @throws Refusal 400 when it is no boolean */
    public boolean flag(String name, boolean preset) {
        Optional<String> text = optional(name);
        return text.isEmpty()
                ? preset
                : YesOrNo.of(text.get()).orElseThrow(() -> wrong(name, "Invalid boolean value: " + shown(text.get())));
    }

    /** @throws Refusal 400 when it is no whole number from least to most */
    public int number(String name, int preset, int least, int most) {
        Optional<String> text = optional(name);
        if (text.isEmpty()) {
            return preset;
        }
        if (!text.get().matches("-?[0-9]{1,10}")
                || Long.parseLong(text.get()) < least
                || Long.parseLong(text.get()) > most) {
            throw wrong(name, "a whole number from " + least + " to " + most + " is expected");
        }
        return Integer.parseInt(text.get());
    }

    /**
     * @param type whose constants are accepted, in any case, with - for _
     * @throws Refusal 400 that lists what is accepted
     */
    public <E extends Enum<E>> Optional<E> constant(String name, Class<E> type) {
        return optional(name).map(text -> constant(name, text, type));
    }

    private static <E extends Enum<E>> E constant(String name, String text, Class<E> type) {
        List<String> accepted = new ArrayList<>();
        for (E constant : type.getEnumConstants()) {
            if (constant.name().equalsIgnoreCase(text.replace('-', '_'))) {
                return constant;
            }
            accepted.add(constant.name().toLowerCase(Locale.ROOT));
        }
        throw wrong(name, "Accepted Values are: " + String.join(", ", accepted));
    }

    /** @return what Mailman says of a value that cannot be used */
    public static Refusal wrong(String name, String why) {
        return Refusal.badRequest("Invalid Parameter \"" + shown(name) + "\": " + why + ".");
    }
}
