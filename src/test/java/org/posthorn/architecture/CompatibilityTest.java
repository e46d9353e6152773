package org.posthorn.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Each test that docs/mailman-compatibility.md names is there. */
class CompatibilityTest {

    private static final Path DOCUMENT = Path.of("docs/mailman-compatibility.md");
    private static final Path TESTS = Path.of("src/test/java");
    private static final Pattern CLASS = Pattern.compile("`([A-Z]\\w+(?:Test|E2E|IT))`");
    private static final Pattern METHOD = Pattern.compile("`([a-z][A-Za-z0-9]+)…`");
    private static final Set<String> WITH_NAMED_METHODS =
            Set.of("RestListsE2E", "RestPeopleE2E", "ManageListE2E", "SiteRoomsE2E");

    private static List<String> named(Pattern name) throws IOException {
        return name.matcher(Files.readString(DOCUMENT))
                .results()
                .map(result -> result.group(1))
                .distinct()
                .toList();
    }

    private static List<Path> sources() throws IOException {
        try (Stream<Path> all = Files.walk(TESTS)) {
            return all.filter(path -> path.toString().endsWith(".java")).toList();
        }
    }

    @Test
    void everyClassOfTestsThatIsNamedShouldBeThere() throws IOException {
        Set<String> there = sources().stream()
                .map(path -> path.getFileName().toString().replace(".java", ""))
                .collect(Collectors.toSet());
        assertThat(named(CLASS))
                .hasSizeGreaterThan(50)
                .allSatisfy(name -> assertThat(there).contains(name));
    }

    @Test
    void everyMethodThatIsNamedShouldBeThere() throws IOException {
        List<String> there = new ArrayList<>();
        for (Path source : sources()) {
            if (WITH_NAMED_METHODS.contains(source.getFileName().toString().replace(".java", ""))) {
                Pattern.compile("\n    void (\\w+)\\(")
                        .matcher(Files.readString(source))
                        .results()
                        .forEach(result -> there.add(result.group(1)));
            }
        }
        Set<String> missing = new LinkedHashSet<>();
        for (String name : named(METHOD)) {
            if (there.stream().noneMatch(method -> method.startsWith(name))) {
                missing.add(name);
            }
        }
        assertThat(named(METHOD)).hasSizeGreaterThan(50);
        assertThat(missing).isEmpty();
    }
}
