package org.posthorn.list;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * The wishes by Mailman's names: how each is read from a text and shown. An empty text, or null, leaves a wish open. REST
 * and console both change preferences by this one table.
 */
public final class PreferenceFields {

    static final String DELIVERY_MODE = "delivery_mode";

    private static final Map<String, Field<?>> ALL = new LinkedHashMap<>();

    static {
        add("acknowledge_posts", ListValues::truth, Preferences::getAcknowledgePosts, Preferences::setAcknowledgePosts);
        add(
                DELIVERY_MODE,
                ListValues.oneOf(DeliveryMode.class),
                Preferences::getDeliveryMode,
                Preferences::setDeliveryMode);
        add(
                "delivery_status",
                ListValues.oneOf(DeliveryStatus.class),
                Preferences::getDeliveryStatus,
                Preferences::setDeliveryStatus);
        add("hide_address", ListValues::truth, Preferences::getHideAddress, Preferences::setHideAddress);
        add(
                "preferred_language",
                ListValues::language,
                Preferences::getPreferredLanguage,
                Preferences::setPreferredLanguage);
        add("receive_list_copy", ListValues::truth, Preferences::getReceiveListCopy, Preferences::setReceiveListCopy);
        add(
                "receive_own_postings",
                ListValues::truth,
                Preferences::getReceiveOwnPostings,
                Preferences::setReceiveOwnPostings);
    }

    private PreferenceFields() {}

    private record Field<T>(ValueParser<T> parser, Function<Preferences, T> getter, BiConsumer<Preferences, T> setter) {

        private Runnable change(Preferences preferences, String name, Object value) {
            T parsed = value == null || value.toString().isEmpty() ? null : parser.parse(name, value);
            return () -> setter.accept(preferences, parsed);
        }
    }

    private static <T> void add(
            String name, ValueParser<T> parser, Function<Preferences, T> getter, BiConsumer<Preferences, T> setter) {
        ALL.put(name, new Field<>(parser, getter, setter));
    }

    public static Set<String> names() {
        return new LinkedHashSet<>(ALL.keySet());
    }

    /**
     * Changes what is named: all of it, or nothing.
     *
     * @param changes wishes by their names; empty or null leaves one open
     * @throws UnknownException when there is no such wish
     * @throws InvalidValueException when a value cannot be
     */
    public static void apply(Preferences preferences, Map<String, ?> changes) {
        List<Runnable> accepted = new ArrayList<>();
        changes.forEach((name, value) -> {
            Field<?> field = ALL.get(name);
            if (field == null) {
                throw new UnknownException("preference", name);
            }
            accepted.add(field.change(preferences, name, value));
        });
        accepted.forEach(Runnable::run);
    }

    /** @return the wishes that are not left open: booleans, and texts in lower case as Mailman has them */
    public static Map<String, Object> shown(Preferences preferences) {
        Map<String, Object> shown = new LinkedHashMap<>();
        ALL.forEach((name, field) -> {
            Object value = field.getter().apply(preferences);
            if (value != null) {
                shown.put(
                        name,
                        value instanceof Enum<?> constant ? constant.name().toLowerCase(Locale.ROOT) : value);
            }
        });
        return shown;
    }
}
