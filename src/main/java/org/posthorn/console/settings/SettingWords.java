package org.posthorn.console.settings;

import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.model.SelectItem;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.posthorn.console.text.RoomTexts;
import org.posthorn.console.text.Texts;

/** What the settings' pages say: labels, choices, values. */
@Named
@RequestScoped
public class SettingWords {

    private static final int LONGEST = 200;

    @Inject
    private Texts texts;

    public String label(Setting setting) {
        return texts.get("settings." + setting.getName());
    }

    public String help(Setting setting) {
        return texts.orNothing("settings." + setting.getName() + ".help");
    }

    public List<SelectItem> items(Setting setting) {
        List<String> values = new ArrayList<>(
                setting.kind() == Kind.LANGUAGE
                        ? RoomTexts.LANGUAGES.stream().map(Locale::getLanguage).toList()
                        : setting.choices());
        if (!values.contains(setting.getCurrent())) {
            values.add(setting.getCurrent());
        }
        return values.stream()
                .map(value -> new SelectItem(value, word(setting, value)))
                .toList();
    }

    /** @return the value as a person reads it, cut where it is long */
    public String shown(Setting setting, String value) {
        if (setting.kind() == Kind.PASSWORD) {
            return texts.get("settings.hidden");
        }
        if (value.isEmpty()) {
            return texts.get("settings.nothing");
        }
        String said = setting.kind() == Kind.TRUTH
                ? texts.get("settings." + value)
                : word(setting, value).replace("\n", ", ");
        return said.length() <= LONGEST ? said : said.substring(0, LONGEST) + "…";
    }

    public String standard(Setting setting) {
        return texts.of("settings.standard", shown(setting, setting.getStandard()));
    }

    /** @return a time that is written out in an attribute that nobody can change, or null */
    public Instant time(Setting setting) {
        return setting.getName().endsWith("_at") && !setting.getCurrent().isEmpty()
                ? Instant.parse(setting.getCurrent() + "Z")
                : null;
    }

    private String word(Setting setting, String value) {
        if (setting.kind() == Kind.LANGUAGE) {
            Locale language = Locale.forLanguageTag(value.replace('_', '-'));
            String name = language.getDisplayName(language);
            return name.isEmpty() ? value : name;
        }
        if (setting.kind() != Kind.CHOICE) {
            return value;
        }
        String own = texts.orNothing("settings." + setting.getName() + "." + value);
        return own.isEmpty() ? Objects.requireNonNullElse(texts.get("settings.choice." + value), value) : own;
    }
}
