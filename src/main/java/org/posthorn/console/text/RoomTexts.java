package org.posthorn.console.text;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.MessageFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The texts of all rooms. The part of a key before its first dot is the room: {@code held.title} stands in {@code
 * texts/held_<language>.properties}, so that a new room brings its files and changes nothing. What a language lacks is
 * said in English; what English lacks is shown as its key between question marks.
 */
public final class RoomTexts {

    /** English first: it is said where no other fits. */
    public static final List<Locale> LANGUAGES =
            List.of(Locale.ENGLISH, Locale.GERMAN, Locale.FRENCH, Locale.forLanguageTag("es"));

    private static final String FOLDER = "/org/posthorn/console/texts/";
    private static final Map<String, Properties> FILES = new ConcurrentHashMap<>();

    private RoomTexts() {}

    public static Optional<String> find(Locale language, String key) {
        int dot = key.indexOf('.');
        if (dot < 1) {
            return Optional.empty();
        }
        String room = key.substring(0, dot);
        String own = file(room, language.getLanguage()).getProperty(key);
        return Optional.ofNullable(own != null ? own : file(room, "en").getProperty(key));
    }

    public static String text(Locale language, String key) {
        return find(language, key).orElse("???" + key + "???");
    }

    /** @param parts put in as {@link MessageFormat} says, numbers as the language writes them */
    public static String text(Locale language, String key, Object... parts) {
        return new MessageFormat(text(language, key), language).format(parts);
    }

    private static Properties file(String room, String language) {
        return FILES.computeIfAbsent(room + "_" + language, RoomTexts::read);
    }

    private static Properties read(String name) {
        Properties texts = new Properties();
        if (!name.matches("[A-Za-z0-9-]+_[a-z]{2,3}")) {
            return texts;
        }
        try (InputStream in = RoomTexts.class.getResourceAsStream(FOLDER + name + ".properties")) {
            if (in != null) {
                texts.load(new InputStreamReader(in, StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return texts;
    }
}
