package org.posthorn.template;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.MissingResourceException;
import java.util.ResourceBundle;
import java.util.ResourceBundle.Control;

/** Texts in a language, with their {@link Variables} replaced. There is no logic in them, so what is filled in can do nothing. */
public final class Texts {

    /** What there is a bundle for, as tags. */
    public static final List<String> LANGUAGES = List.of("en", "de", "fr", "es");

    /** English where there is no such language, whatever the machine's own is. */
    private static final Control CONTROL = Control.getNoFallbackControl(Control.FORMAT_PROPERTIES);

    private Texts() {}

    /**
     * @param language a tag such as {@code de}
     * @throws MissingResourceException when there is no such text in English either
     */
    public static String fill(String language, String key, Map<String, String> values) {
        return fill(of(language, key), values);
    }

    /**
     * @param language a tag such as {@code de}, or as Mailman writes it, {@code pt_BR}
     * @return the text as it is written, with its variables
     * @throws MissingResourceException when there is no such text in English either
     */
    static String of(String language, String key) {
        ResourceBundle bundle = ResourceBundle.getBundle(
                "org.posthorn.template.notices",
                Locale.forLanguageTag(language.replace('_', '-')),
                Texts.class.getClassLoader(),
                CONTROL);
        return bundle.getString(key);
    }

    /** @return the text with the known names replaced, once: what is filled in is not looked at again */
    public static String fill(String text, Map<String, String> values) {
        return Variables.replace(text, values);
    }
}
