package org.posthorn.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.text.MessageFormat;
import java.util.Arrays;
import java.util.Locale;
import java.util.Properties;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessagesTest {

    @ParameterizedTest
    @ValueSource(strings = {"de", "fr", "es"})
    void everyLanguageShouldHaveEveryTextWithTheSameParts(String language) throws IOException {
        Properties english = read("");
        Properties other = read("_" + language);

        assertThat(other.keySet()).isEqualTo(english.keySet());
        english.stringPropertyNames()
                .forEach(key ->
                        assertThat(parts(other.getProperty(key))).as(key).isEqualTo(parts(english.getProperty(key))));
    }

    private static long parts(String text) {
        return Arrays.stream(new MessageFormat(text, Locale.ROOT).getFormatsByArgumentIndex())
                .count();
    }

    private static Properties read(String suffix) throws IOException {
        Properties texts = new Properties();
        try (Reader reader = new InputStreamReader(
                MessagesTest.class.getResourceAsStream("messages" + suffix + ".properties"), StandardCharsets.UTF_8)) {
            texts.load(reader);
        }
        return texts;
    }
}
