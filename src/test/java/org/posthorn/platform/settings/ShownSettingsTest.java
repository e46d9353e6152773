package org.posthorn.platform.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.posthorn.platform.settings.SettingSource.Shown;

/** What an administrator sees of a node's settings. */
class ShownSettingsTest {

    @TempDir
    private Path home;

    private List<Shown> shown(Map<String, String> environment, String file) throws Exception {
        Files.writeString(home.resolve("posthorn.properties"), file);
        Properties system = new Properties();
        system.setProperty("posthorn.home", home.toString());
        SettingSource source = SettingSource.of(system, environment);
        Settings.read(source);
        return source.shown();
    }

    @Test
    void everySettingShouldBeShown() throws Exception {
        String code = Files.readString(Path.of("src/main/java/org/posthorn/platform/settings/Settings.java"));
        List<String> keys = Pattern.compile("\"(posthorn\\.[a-z0-9.]+)\"")
                .matcher(code)
                .results()
                .map(match -> SettingSource.variable(match.group(1)))
                .distinct()
                .toList();

        assertThat(keys).hasSizeGreaterThan(15);
        assertThat(shown(Map.of(), "").stream().map(Shown::name)).containsAll(keys);
    }

    @Test
    void sourceShouldBeSaid() throws Exception {
        assertThat(shown(Map.of("POSTHORN_HTTP_PORT", "8081"), "posthorn.lmtp.port=8025\n"))
                .contains(
                        new Shown("POSTHORN_HTTP_PORT", "8081", "environment"),
                        new Shown("POSTHORN_LMTP_PORT", "8025", "posthorn.properties"),
                        new Shown("POSTHORN_CLUSTER", "off", "default"),
                        new Shown("POSTHORN_HOME", home.toString(), "system property"));
    }

    @Test
    void secretsShouldNotBeShown() throws Exception {
        List<Shown> shown = shown(
                Map.of(
                        "POSTHORN_ADMIN_PASSWORD", "hidden-one",
                        "POSTHORN_DB_URL", "jdbc:postgresql://db/x?user=u&password=hidden-two",
                        "POSTHORN_DB_PASSWORD", "hidden-three",
                        "POSTHORN_SMARTHOSTS", "smtp://u:hidden-four@relay:25,smtps://v:hidden-five@other:465"),
                "");

        assertThat(shown).noneMatch(setting -> setting.toString().contains("hidden"));
        assertThat(shown)
                .contains(new Shown("POSTHORN_SMARTHOSTS", "smtp://***@relay:25,smtps://***@other:465", "environment"));
    }
}
