package org.posthorn.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Function;

/**
 * What a command finds when it starts.
 *
 * @param environment the process's variables
 * @param in standard input
 * @param out standard output, UTF-8
 * @param err standard error, UTF-8
 * @param terminal whether a person reads: then columns are aligned, and questions can be asked
 * @param question asks without echo, given the prompt; null: there is nobody to ask
 */
public record Surroundings(
        Map<String, String> environment,
        InputStream in,
        PrintWriter out,
        PrintWriter err,
        boolean terminal,
        Function<String, char[]> question) {

    /** @return a node's setting: from the environment, else from {@code posthorn.properties} in the home folder */
    Optional<String> setting(String variable) {
        String value = environment.get(variable);
        if (value == null) {
            Properties file = properties();
            value = file.getProperty(
                    variable,
                    file.getProperty(variable.toLowerCase(java.util.Locale.ROOT).replace('_', '.')));
        }
        return Optional.ofNullable(value).map(String::strip).filter(text -> !text.isEmpty());
    }

    /** @return the node's home folder */
    Path home() {
        String home = environment.getOrDefault("POSTHORN_HOME", "").strip();
        return home.isEmpty() ? Path.of(System.getProperty("user.home"), ".posthorn") : Path.of(home);
    }

    /** What cannot be read is another user's: then the environment alone counts. */
    private Properties properties() {
        Properties properties = new Properties();
        Path file = home().resolve("posthorn.properties");
        if (Files.isReadable(file)) {
            try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
                properties.load(reader);
            } catch (IOException | IllegalArgumentException e) {
                throw new CommandException(Exit.USAGE, file + " cannot be read: " + e.getMessage());
            }
        }
        return properties;
    }
}
