package org.posthorn.template;

import java.util.Locale;
import java.util.Map;
import java.util.MissingResourceException;
import java.util.ResourceBundle;
import java.util.ResourceBundle.Control;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Texts in a language, with {@code ${name}} replaced. There is no logic in them, so what is filled in can do nothing. */
public final class Texts {

    private static final Pattern NAME = Pattern.compile("\\$\\{([a-z_]{1,40})}");
    /** English where there is no such language, whatever the machine's own is. */
    private static final Control CONTROL = Control.getNoFallbackControl(Control.FORMAT_PROPERTIES);

    private Texts() {}

    /**
     * @param language a tag such as {@code de}
     * @throws MissingResourceException when there is no such text in English either
     */
    public static String fill(String language, String key, Map<String, String> values) {
        ResourceBundle bundle = ResourceBundle.getBundle(
                "org.posthorn.template.notices",
                Locale.forLanguageTag(language),
                Texts.class.getClassLoader(),
                CONTROL);
        return fill(bundle.getString(key), values);
    }

    /** @return the text with the known names replaced, once: what is filled in is not looked at again */
    public static String fill(String text, Map<String, String> values) {
        return NAME.matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(values.getOrDefault(found.group(1), found.group())));
    }
}
