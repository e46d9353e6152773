package org.posthorn.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds what the style says of log lines, by reading the sources. */
class LogLinesTest {

    private static final Path SOURCES = Path.of("src/main/java/org/posthorn");
    private static final Pattern STATEMENT = Pattern.compile(
            "\\b(LOG|log|LOGGER|logger)\\.(log|info|warning|severe|fine|finer|config)\\((.*?)\\);", Pattern.DOTALL);
    private static final Pattern TEXT = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"");

    /** @param text its string literals, one after the other */
    private record Statement(Path file, String code, String text) {}

    private static List<Statement> statements() throws IOException {
        List<Statement> found = new ArrayList<>();
        try (Stream<Path> files = Files.walk(SOURCES)) {
            files.filter(file -> file.toString().endsWith(".java")).forEach(file -> {
                Matcher matcher = STATEMENT.matcher(read(file));
                while (matcher.find()) {
                    StringBuilder text = new StringBuilder();
                    Matcher literal = TEXT.matcher(matcher.group(3));
                    while (literal.find()) {
                        text.append(literal.group(1));
                    }
                    found.add(new Statement(file, matcher.group(3), text.toString()));
                }
            });
        }
        assertThat(found).hasSizeGreaterThan(20);
        return found;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void fatesShouldBeSaidByOneClassOnly() throws IOException {
        assertThat(statements())
                .filteredOn(statement -> !statement.file().toString().contains("platform/log/"))
                .allSatisfy(
                        statement -> assertThat(statement.text())
                                .as(statement.file().toString())
                                .doesNotMatch(
                                        "(?s)(Received|Held|Rejected|Discarded|Posted|Delivered|Deferred|Bounced|Shunted)\\b.*"));
    }

    @Test
    void messagesWithParametersShouldHaveNoApostrophe() throws IOException {
        assertThat(statements())
                .filteredOn(statement -> statement.text().contains("{0}"))
                .allSatisfy(statement -> assertThat(statement.text())
                        .as(statement.file().toString())
                        .doesNotContain("'"));
    }

    @Test
    void noSecretAndNoBodyShouldBeLogged() throws IOException {
        assertThat(statements())
                .allSatisfy(statement -> assertThat(statement.code().replaceAll(TEXT.pattern(), ""))
                        .as(statement.file().toString())
                        .doesNotContainPattern(
                                "(?i)password|secret|token|credential|authorization|\\bbody\\b|octets\\(|bytes\\("));
    }

    @Test
    void nobodyShouldPrintBesideTheLog() throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            assertThat(files.filter(file -> file.toString().endsWith(".java"))
                            .filter(file -> !file.toString().matches(".*/(launch|cli)/.*"))
                            .filter(file -> Pattern.compile("System\\.out\\.|printStackTrace\\(\\)")
                                    .matcher(read(file))
                                    .find()))
                    .isEmpty();
        }
    }
}
