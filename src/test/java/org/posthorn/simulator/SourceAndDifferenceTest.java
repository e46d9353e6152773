package org.posthorn.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.difflib.UnifiedDiffUtils;
import com.github.difflib.patch.PatchFailedException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SourceAndDifferenceTest {

    private static Source source(String text) throws IOException {
        return Source.of(() -> new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static Source lines(List<String> lines) {
        return new Source(lines, false);
    }

    @Test
    void aChangedLineShouldStandBetweenThoseAroundIt() throws IOException {
        Difference difference = Difference.of(source("a\r\nb\r\nc\r\n"), source("a\r\nB\r\nc\r\n"));

        assertThat(difference.lines()).containsExactly("@@ -1,3 +1,3 @@", " a", "-b", "+B", " c");
        assertThat(difference.cut()).isFalse();
    }

    @Test
    void nothingChangedShouldBeNoDifference() throws IOException {
        assertThat(Difference.of(source("a\n"), source("a\n")).isNone()).isTrue();
    }

    @Test
    void whatIsAddedAndRemovedShouldMakeTheOneOfTheOtherWhateverTheMessage() throws PatchFailedException {
        Random random = new Random(7);
        for (int round = 0; round < 300; round++) {
            List<String> before = some(random);
            List<String> after = some(random);
            List<String> diff = new ArrayList<>(List.of("--- a", "+++ b"));
            diff.addAll(Difference.of(lines(before), lines(after)).lines());
            List<String> rebuilt = UnifiedDiffUtils.parseUnifiedDiff(diff).applyTo(before);
            assertThat(rebuilt).isEqualTo(after);
        }
    }

    private static List<String> some(Random random) {
        List<String> lines = new ArrayList<>();
        int count = random.nextInt(30);
        for (int i = 0; i < count; i++) {
            lines.add("line " + random.nextInt(8));
        }
        return lines;
    }

    @Test
    void aLongDifferenceShouldBeCutAndSaySo() {
        List<String> many = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            many.add("line " + i);
        }
        Difference difference = Difference.of(lines(List.of()), lines(many));

        assertThat(difference.lines()).hasSize(Difference.MOST_LINES);
        assertThat(difference.left()).isEqualTo(1001 - Difference.MOST_LINES);
    }

    @Test
    void aLongMessageShouldBeCutAndSaySo() throws IOException {
        assertThat(source("x\n".repeat(Source.MOST_LINES + 1)).cut()).isTrue();
        assertThat(source("x".repeat(Source.MOST_BYTES + 1)).cut()).isTrue();
        assertThat(source("x\n".repeat(Source.MOST_LINES)).cut()).isFalse();
    }

    @Test
    void whatIsNoUtf8AndControlCharactersShouldBeMadeReadable() throws IOException {
        Source source = Source.of(() -> new ByteArrayInputStream(new byte[] {'a', (byte) 0xe4, 0, 27, '\n'}));

        assertThat(source.lines()).containsExactly("a\u00e4  ");
    }
}
