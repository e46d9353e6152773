package org.posthorn.mail;

import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Languages' English names, as Mailman has them. Looking one up takes longer than making a copy. */
final class LanguageNames {

    /** More are not kept: a tag may be anything. */
    private static final int MOST = 500;

    private static final Map<String, String> KNOWN = new ConcurrentHashMap<>();

    private LanguageNames() {}

    /** @return {@code ""} without a tag */
    static String of(String tag) {
        String known = KNOWN.get(tag);
        if (known != null) {
            return known;
        }
        String name = FieldText.withoutControls(
                Locale.forLanguageTag(tag.replace('_', '-')).getDisplayName(Locale.ENGLISH));
        if (KNOWN.size() < MOST) {
            KNOWN.put(tag, name);
        }
        return name;
    }
}
