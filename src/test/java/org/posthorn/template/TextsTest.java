package org.posthorn.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextsTest {

    private static final Pattern NAME = Pattern.compile("\\$\\{([a-z_]+)}");

    private static Properties bundle(String suffix) throws IOException {
        try (Reader reader = new InputStreamReader(
                Objects.requireNonNull(TextsTest.class.getResourceAsStream("notices" + suffix + ".properties")),
                StandardCharsets.UTF_8)) {
            Properties properties = new Properties();
            properties.load(reader);
            return properties;
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"_de", "_fr", "_es"})
    void everyLanguageShouldHaveTheSameTextsWithTheSameNames(String suffix) throws IOException {
        Properties english = bundle("");
        Properties other = bundle(suffix);
        assertThat(other.stringPropertyNames()).isEqualTo(english.stringPropertyNames());
        for (String key : english.stringPropertyNames()) {
            assertThat(names(other.getProperty(key))).as(key).isEqualTo(names(english.getProperty(key)));
            assertThat(other.getProperty(key).isBlank())
                    .as(key)
                    .isEqualTo(english.getProperty(key).isBlank());
        }
    }

    private static TreeSet<String> names(String text) {
        TreeSet<String> names = new TreeSet<>();
        NAME.matcher(text).results().forEach(found -> names.add(found.group(1)));
        return names;
    }

    @Test
    void whatIsFilledInShouldNotBeLookedAtAgain() {
        assertThat(Texts.fill("${a} ${b} ${c}", Map.of("a", "${b}", "b", "$1\\")))
                .isEqualTo("${b} $1\\ ${c}");
    }
}
