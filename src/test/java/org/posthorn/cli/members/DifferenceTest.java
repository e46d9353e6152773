package org.posthorn.cli.members;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DifferenceTest {

    private static InputStream of(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> changes(String file, String roster, int held) throws IOException {
        List<String> changes = new ArrayList<>();
        try (Difference difference = Difference.of(of(file), () -> of(roster), held)) {
            difference.added(email -> changes.add("+" + email));
            difference.removed(email -> changes.add("-" + email));
            assertThat(difference.addedCount() + difference.removedCount()).isEqualTo(changes.size());
        }
        return changes;
    }

    @Test
    void sameAddressesShouldMakeNoDifference() throws IOException {
        assertThat(changes("B@example.org\na@EXAMPLE.org\n\n", "email\na@example.org\nb@example.org\n", 10))
                .isEmpty();
    }

    @Test
    void domainInUnicodeShouldBeTheOneInAscii() throws IOException {
        assertThat(changes("a@bücher.example\n", "email\na@xn--bcher-kva.example\n", 10))
                .isEmpty();
    }

    @Test
    void differencesShouldBeFoundWhereOnlyAFewLinesAreHeld() throws IOException {
        List<Integer> shuffled = IntStream.range(0, 1000).boxed().collect(Collectors.toList());
        Collections.shuffle(shuffled, new Random(4));
        String file = shuffled.stream()
                .filter(i -> i % 3 != 0)
                .map(i -> "m" + i + "@example.org\n")
                .collect(Collectors.joining());
        Collections.shuffle(shuffled, new Random(5));
        String roster = "email,display_name\n"
                + shuffled.stream()
                        .filter(i -> i % 5 != 0)
                        .map(i -> "m" + i + "@example.org,\"N, " + i + "\"\n")
                        .collect(Collectors.joining());
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            boolean wanted = i % 3 != 0;
            boolean present = i % 5 != 0;
            if (wanted != present) {
                expected.add((wanted ? "+" : "-") + "m" + i + "@example.org");
            }
        }

        assertThat(changes(file, roster, 7)).containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void addressTwiceInTheFileShouldCountOnce() throws IOException {
        assertThat(changes("a@example.org\nA@example.org\na@example.org\n", "email\n", 2))
                .containsExactly("+a@example.org");
    }

    @Test
    void additionsShouldKeepTheirColumns() throws IOException {
        String file = "\uFEFFname,Email\n\"Doe, \"\"J\"\" \",j@example.org\nAnn,a@example.org\n";

        try (Difference difference = Difference.of(of(file), () -> of("email\na@example.org\n"), 10)) {
            assertThat(Files.readString(difference.additions()))
                    .isEqualTo("name,Email\n\"Doe, \"\"J\"\" \",j@example.org\n");
        }
    }

    @Test
    void lineThatIsNoAddressShouldEndItAndBeNamed() {
        assertThatThrownBy(() -> changes("a@example.org\n\nnonsense\n", "email\n", 10))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("line 3")
                .hasMessageContaining("nonsense");
        assertThatThrownBy(() -> changes("email,x\n\"a@example.org,y\n", "email\n", 10))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("quote");
    }

    @Test
    void emptyFileShouldBeKnownForOne() throws IOException {
        try (Difference difference = Difference.of(of("email\n\n"), () -> of("email\na@example.org\n"), 10)) {
            assertThat(difference.isFileEmpty()).isTrue();
            assertThat(difference.removedCount()).isEqualTo(1);
        }
    }

    @Test
    void nothingShouldBeLeftOnDisk() throws IOException {
        Difference difference = Difference.of(of("a@example.org\n"), () -> of("email\n"), 10);
        difference.close();

        assertThat(difference.additions()).doesNotExist();
        assertThat(difference.additions().getParent()).doesNotExist();
    }
}
