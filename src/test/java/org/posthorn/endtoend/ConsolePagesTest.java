package org.posthorn.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ConsolePagesTest {

    private static final Path WEBAPP = Path.of("src", "main", "webapp");

    /** What is part of a page, or shown only on the way: no picture of its own. */
    private static final Set<String> PARTS = Set.of(
            "/attachments/_token.xhtml",
            "/manage/_list-id/held/_request/raw.xhtml",
            "/manage/_list-id/held/_request/html.xhtml",
            "/manage/_list-id/members/export.xhtml");

    @Test
    void everyPageShouldBeInTheTable() throws IOException {
        Set<String> known = ConsolePages.ALL.stream().map(ConsolePages::view).collect(Collectors.toSet());
        Set<String> missing = new TreeSet<>(pages());
        missing.removeAll(known);
        missing.removeAll(PARTS);

        assertThat(missing).isEmpty();
    }

    @Test
    void namesShouldBeUniqueSinceTheyNameThePictures() {
        List<String> names = ConsolePages.ALL.stream().map(ConsolePages::name).toList();

        assertThat(names).doesNotHaveDuplicates().allMatch(name -> name.matches("[a-z-]+"));
    }

    private static List<String> pages() throws IOException {
        try (Stream<Path> files = Files.walk(WEBAPP)) {
            return files.map(file -> "/" + WEBAPP.relativize(file).toString().replace('\\', '/'))
                    .filter(name -> name.endsWith(".xhtml") && !name.startsWith("/WEB-INF/"))
                    .toList();
        }
    }
}
