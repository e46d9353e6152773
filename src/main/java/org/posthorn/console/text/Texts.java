package org.posthorn.console.text;

import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Named;
import java.util.AbstractMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The texts in the reader's language, for pages: {@code texts['held.title']}, {@code texts.of('held.count', n)}. */
@Named
@RequestScoped
public class Texts extends AbstractMap<String, String> {

    public Locale language() {
        FacesContext faces = FacesContext.getCurrentInstance();
        return faces == null || faces.getViewRoot() == null
                ? Locale.ENGLISH
                : faces.getViewRoot().getLocale();
    }

    @Override
    public String get(Object key) {
        return RoomTexts.text(language(), String.valueOf(key));
    }

    /** @return the text, or nothing where there is none: for help that not every field has */
    public String orNothing(String key) {
        return RoomTexts.find(language(), key).orElse("");
    }

    public boolean has(String key) {
        return RoomTexts.find(language(), key).isPresent();
    }

    public String of(String key, Object first) {
        return RoomTexts.text(language(), key, first);
    }

    public String of(String key, Object first, Object second) {
        return RoomTexts.text(language(), key, first, second);
    }

    public String of(String key, Object first, Object second, Object third) {
        return RoomTexts.text(language(), key, first, second, third);
    }

    /** Nobody goes through them. */
    @Override
    public Set<Map.Entry<String, String>> entrySet() {
        return Set.of();
    }
}
