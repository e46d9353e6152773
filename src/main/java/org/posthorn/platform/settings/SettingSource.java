package org.posthorn.platform.settings;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/**
 * Where settings come from: a key such as {@code posthorn.http.port} is looked up among the system properties, then the
 * environment ({@code POSTHORN_HTTP_PORT}), then {@code posthorn.properties} in the home folder. The same order as
 * MicroProfile Config's, which the container uses for its own part.
 */
public final class SettingSource {

    private final Properties system;
    private final Map<String, String> environment;
    private final Properties file;
    private final Map<String, String> presets = Collections.synchronizedMap(new LinkedHashMap<>());

    /**
     * A setting as an administrator may see it.
     *
     * @param name the environment variable
     * @param value what counts; *** for a secret
     * @param source {@code environment}, {@code system property}, {@code posthorn.properties} or {@code default}
     */
    public record Shown(String name, String value, String source) {}

    SettingSource(Properties system, Map<String, String> environment, Properties file) {
        this.system = system;
        this.environment = environment;
        this.file = file;
    }

    /**
     * @return this process's settings
     * @throws SettingException when the properties file is there and cannot be read
     */
    public static SettingSource ofProcess() {
        return of(System.getProperties(), System.getenv());
    }

    public static SettingSource of(Properties system, Map<String, String> environment) {
        SettingSource bare = new SettingSource(system, environment, new Properties());
        String home = bare.text("posthorn.home", System.getProperty("user.home") + "/.posthorn");
        return new SettingSource(system, environment, properties(Path.of(home, "posthorn.properties")));
    }

    private static Properties properties(Path path) {
        Properties properties = new Properties();
        if (Files.exists(path)) {
            try (Reader reader = Files.newBufferedReader(path, StandardCharsets.UTF_8)) {
                properties.load(reader);
            } catch (IOException | IllegalArgumentException e) {
                throw new SettingException(
                        "POSTHORN_HOME",
                        path.getParent().toString(),
                        "a folder whose posthorn.properties can be read as a properties file in UTF-8 ("
                                + e.getMessage() + ")");
            }
        }
        return properties;
    }

    /** @return whatever has been asked for so far, in that order: after {@link Settings#read} all settings */
    public List<Shown> shown() {
        synchronized (presets) {
            return presets.entrySet().stream()
                    .filter(entry -> entry.getKey().startsWith("posthorn."))
                    .map(entry -> new Shown(
                            variable(entry.getKey()),
                            withoutSecrets(entry.getKey(), found(entry.getKey()).orElse(entry.getValue())),
                            origin(entry.getKey(), entry.getValue())))
                    .toList();
        }
    }

    private static String withoutSecrets(String key, String value) {
        if (key.contains("password") || key.contains("secret") || key.endsWith("api.users")) {
            return value.isEmpty() ? "" : "***";
        }
        return value.replaceAll("://[^@/?#,]*@", "://***@").replaceAll("(?i)(password=)[^&;,]*", "$1***");
    }

    private String origin(String key, String preset) {
        if (environment.containsKey(variable(key))) {
            return "environment"; // the launcher also hands some on as system properties
        }
        if (found(key).orElse(preset).equals(preset)) {
            return "default";
        }
        return system.getProperty(key) == null ? "posthorn.properties" : "system property";
    }

    /** @return empty when the key is not set, or set to nothing */
    Optional<String> optional(String key) {
        presets.putIfAbsent(key, "");
        return found(key);
    }

    private Optional<String> found(String key) {
        String value = system.getProperty(key);
        if (value == null) {
            value = environment.get(variable(key));
        }
        if (value == null) {
            value = file.getProperty(key, file.getProperty(variable(key)));
        }
        return Optional.ofNullable(value).map(String::strip).filter(text -> !text.isEmpty());
    }

    String text(String key, String preset) {
        presets.put(key, preset);
        return found(key).orElse(preset);
    }

    SettingException wrong(String key, String value, String allowed) {
        return new SettingException(variable(key), value, allowed);
    }

    static String variable(String key) {
        return key.toUpperCase(Locale.ROOT).replace('.', '_');
    }
}
