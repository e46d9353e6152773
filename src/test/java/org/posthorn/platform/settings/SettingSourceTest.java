package org.posthorn.platform.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingSourceTest {

    private final Properties system = new Properties();
    private final Properties file = new Properties();

    @Test
    void systemPropertyShouldWinOverEnvironmentAndFile() {
        system.setProperty("posthorn.http.port", "1");
        file.setProperty("posthorn.http.port", "3");

        assertThat(new SettingSource(system, Map.of("POSTHORN_HTTP_PORT", "2"), file).text("posthorn.http.port", "4"))
                .isEqualTo("1");
    }

    @Test
    void environmentShouldWinOverTheFile() {
        file.setProperty("posthorn.http.port", "3");

        assertThat(new SettingSource(system, Map.of("POSTHORN_HTTP_PORT", "2"), file).text("posthorn.http.port", "4"))
                .isEqualTo("2");
    }

    @Test
    void fileShouldTakeBothSpellings() {
        file.setProperty("POSTHORN_HTTP_PORT", "3");
        file.setProperty("posthorn.lmtp.port", "5");
        SettingSource source = new SettingSource(system, Map.of(), file);

        assertThat(source.text("posthorn.http.port", "4")).isEqualTo("3");
        assertThat(source.text("posthorn.lmtp.port", "4")).isEqualTo("5");
    }

    @Test
    void emptyValueShouldCountAsNotSet() {
        assertThat(new SettingSource(system, Map.of("POSTHORN_HTTP_PORT", " "), file).text("posthorn.http.port", "4"))
                .isEqualTo("4");
    }

    @Test
    void propertiesFileShouldBeReadFromTheHome(@TempDir Path home) throws IOException {
        Files.writeString(home.resolve("posthorn.properties"), "posthorn.node=näme\n");

        assertThat(SettingSource.of(new Properties(), Map.of("POSTHORN_HOME", home.toString()))
                        .text("posthorn.node", ""))
                .isEqualTo("näme");
    }

    @Test
    void brokenPropertiesFileShouldBeAWrongSetting(@TempDir Path home) throws IOException {
        Files.writeString(home.resolve("posthorn.properties"), "posthorn.node=\\u00zz\n");

        assertThatThrownBy(() -> SettingSource.of(new Properties(), Map.of("POSTHORN_HOME", home.toString())))
                .isInstanceOf(SettingException.class)
                .hasMessageContainingAll("POSTHORN_HOME=" + home, "posthorn.properties");
    }
}
