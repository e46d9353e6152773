package org.posthorn.console.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.posthorn.ingress.room.Shortage;

/** The texts of all rooms, as they lie in their folder. */
class RoomTextsTest {

    private static final Path FOLDER = Path.of("src/main/resources/org/posthorn/console/texts");
    private static final Path PAGES = Path.of("src/main/webapp");
    private static final Pattern PART = Pattern.compile("\\{(\\d+)");
    private static final Pattern USED =
            Pattern.compile("texts(?:\\['([A-Za-z0-9.-]+)']|\\.(?:of|has|orNothing)\\('([A-Za-z0-9.-]+)'\\s*[,)])");

    static Set<String> rooms() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.map(file -> file.getFileName().toString().replaceFirst("_..\\.properties$", ""))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    @ParameterizedTest
    @MethodSource("rooms")
    void everyLanguageShouldHaveEveryTextWithTheSameParts(String room) throws IOException {
        Properties english = read(room, "en");
        for (String language : List.of("de", "fr", "es")) {
            Properties other = read(room, language);
            assertThat(other.keySet()).as(language).isEqualTo(english.keySet());
            english.stringPropertyNames()
                    .forEach(key -> assertThat(parts(other.getProperty(key)))
                            .as(language + " " + key)
                            .isEqualTo(parts(english.getProperty(key))));
        }
    }

    /** The dashboard makes up these keys, so that no page names them. */
    @Test
    void shortageShouldBeSaidInEveryLanguageWithWhereAndHowMuch() throws IOException {
        for (Locale language : RoomTexts.LANGUAGES) {
            Properties texts = read("site", language.getLanguage());
            for (Shortage shortage : Shortage.values()) {
                String pattern = texts.getProperty("site.short." + shortage.label());
                assertThat(pattern).as(language + " " + shortage).isNotNull();
                assertThat(new MessageFormat(pattern, language).format(new Object[] {"n1", 321}))
                        .contains("321", "(452)")
                        .doesNotContain("{")
                        .matches(text -> shortage == Shortage.QUEUE || text.contains("n1"));
            }
        }
    }

    /** A text with parts is a pattern, in which an apostrophe quotes; so all texts write ’ . */
    @ParameterizedTest
    @MethodSource("rooms")
    void textsShouldBeWholePatternsWithoutStraightApostrophes(String room) throws IOException {
        for (Locale language : RoomTexts.LANGUAGES) {
            Properties texts = read(room, language.getLanguage());
            texts.stringPropertyNames().forEach(key -> {
                assertThat(key).startsWith(room + ".");
                assertThat(texts.getProperty(key)).as(key).isNotBlank().doesNotContain("'");
                if (!parts(texts.getProperty(key)).isEmpty()) {
                    String made = new MessageFormat(texts.getProperty(key), language).format(new Object[] {7, 8, 9});
                    assertThat(made).as(key).doesNotContain("{");
                }
            });
        }
    }

    @Test
    void everyTextThatAPageNamesShouldBeThere() throws IOException {
        List<String> missing = new ArrayList<>();
        List<String> found = new ArrayList<>();
        try (Stream<Path> pages = Files.walk(PAGES)) {
            for (Path page :
                    pages.filter(file -> file.toString().endsWith(".xhtml")).toList()) {
                Matcher used = USED.matcher(Files.readString(page));
                while (used.find()) {
                    String key = used.group(1) != null ? used.group(1) : used.group(2);
                    (RoomTexts.find(Locale.ENGLISH, key).isPresent() || key.endsWith(".") ? found : missing)
                            .add(page + ": " + key);
                }
            }
        }

        assertThat(found).isNotEmpty();
        assertThat(missing).isEmpty();
    }

    @Test
    void textThatALanguageLacksShouldBeSaidInEnglish() {
        assertThat(RoomTexts.text(Locale.ITALIAN, "login.title")).isEqualTo("Sign in");
        assertThat(RoomTexts.text(Locale.ENGLISH, "login.no-such-text")).isEqualTo("???login.no-such-text???");
        assertThat(RoomTexts.find(Locale.ENGLISH, "../secret.key")).isEmpty();
    }

    private static Set<String> parts(String text) {
        return PART.matcher(text).results().map(match -> match.group(1)).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Properties read(String room, String language) throws IOException {
        Properties texts = new Properties();
        try (var reader = Files.newBufferedReader(
                FOLDER.resolve(room + "_" + language + ".properties"), StandardCharsets.UTF_8)) {
            texts.load(reader);
        }
        return texts;
    }
}
