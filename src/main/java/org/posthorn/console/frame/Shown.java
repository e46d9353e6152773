package org.posthorn.console.frame;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.text.NumberFormat;
import java.util.Map;
import org.posthorn.console.text.Texts;

/** How values are written: numbers with the language's separators, sizes with their unit, long identifiers cut in the middle. */
@Named
@RequestScoped
public class Shown {

    private static final int LONGEST = 36;

    /** Which look a state has; the word itself is the text {@code state.<state>}. */
    private static final Map<String, String> LOOKS = Map.ofEntries(
            Map.entry("held", "amber"),
            Map.entry("moderated", "amber"),
            Map.entry("failing", "amber"),
            Map.entry("deferred", "amber"),
            Map.entry("draining", "amber"),
            Map.entry("probing", "amber"),
            Map.entry("waiting", "grey"),
            Map.entry("queued", "grey"),
            Map.entry("disabled", "grey"),
            Map.entry("discarded", "grey"),
            Map.entry("delivering", "blue"),
            Map.entry("running", "blue"),
            Map.entry("delivered", "green"),
            Map.entry("up", "green"),
            Map.entry("enabled", "green"),
            Map.entry("failed", "red"),
            Map.entry("rejected", "red"),
            Map.entry("expired", "red"),
            Map.entry("shunted", "red"),
            Map.entry("bad", "red"),
            Map.entry("down", "red"));

    private static final Map<String, String> ICONS =
            Map.of("amber", "◆", "grey", "◌", "blue", "▶", "green", "✓", "red", "✕");

    @Inject
    private Texts texts;

    /** @return a field's value as a person reads it */
    public String edited(Edit edit, String value) {
        if (!edit.words().isEmpty()) {
            return texts.get(edit.words() + "." + (value.isEmpty() ? "none" : value));
        }
        return edit.isCheck()
                ? texts.get("settings." + value)
                : value.isEmpty() ? texts.get("settings.nothing") : value;
    }

    public String number(Number value) {
        return value == null ? "–" : NumberFormat.getInstance(texts.language()).format(value);
    }

    /** @return octets in the unit that reads best, powers of 1000 */
    public String bytes(long octets) {
        NumberFormat format = NumberFormat.getInstance(texts.language());
        format.setMaximumFractionDigits(1);
        if (octets < 1000) {
            return texts.of("size.b", format.format(octets));
        }
        if (octets < 1_000_000) {
            return texts.of("size.kb", format.format(octets / 1e3));
        }
        return octets < 1_000_000_000
                ? texts.of("size.mb", format.format(octets / 1e6))
                : texts.of("size.gb", format.format(octets / 1e9));
    }

    /** @param text may be null; @return its beginning and its end, where it is long */
    public String middle(String text) {
        if (text == null || text.length() <= LONGEST) {
            return text == null ? "" : text;
        }
        return text.substring(0, 20) + "…" + text.substring(text.length() - 14);
    }

    public String look(String state) {
        return LOOKS.getOrDefault(state, "grey");
    }

    public String icon(String state) {
        return ICONS.get(look(state));
    }

    /** @return the state's word, or the state itself where it has none */
    public String word(String state) {
        String word = texts.orNothing("state." + state);
        return word.isEmpty() ? state : word;
    }
}
