package org.posthorn.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.posthorn.pipeline.FlowOnDatabase;
import org.posthorn.simulator.Simulator.Conditions;
import org.posthorn.simulator.Simulator.Message;
import org.posthorn.testing.TestDatabases;

/** Nasty messages of other projects' test suites, tried with the content filter on. */
@Timeout(value = 300, unit = TimeUnit.SECONDS)
class SimulatorCorpusTest {

    private static final Path CORPUS = Path.of("../shared/corpora/mime");

    @TempDir
    Path spool;

    @Test
    void eachMessageShouldBeTriedToItsEndAndLeaveNothing() throws IOException {
        if (!Files.isDirectory(CORPUS)) {
            System.err.println(CORPUS.toAbsolutePath() + " is absent: nothing was tried with it, and nothing is shown");
        }
        assumeTrue(Files.isDirectory(CORPUS), "the corpus is not at " + CORPUS.toAbsolutePath() + ": skipped");
        Conditions filtering = new Conditions(
                Optional.of("ann@example.com"),
                Map.of("filter_content", "true", "convert_html_to_plaintext", "true", "collapse_alternatives", "true"),
                Optional.empty(),
                0);
        try (Stream<Path> found = Files.walk(CORPUS);
                FlowOnDatabase flow = new FlowOnDatabase(TestDatabases.H2.fresh(), spool)) {
            List<Path> files = found.filter(Files::isRegularFile)
                    .filter(file -> !file.endsWith("EXPECT.tsv"))
                    .sorted()
                    .toList();
            assertThat(files).hasSizeGreaterThan(350);
            int changed = 0;
            for (Path file : files) {
                Message message = new Message(() -> Files.newInputStream(file), Files.size(file));
                Simulation tried = flow.inTransaction(() -> flow.simulator.run(flow.list.getId(), message, filtering));
                assertThat(tried.stopped()).as(file.toString()).isFalse();
                assertThat(tried.steps())
                        .as(file.toString())
                        .isNotEmpty()
                        .allSatisfy(step -> assertThat(step.difference().lines())
                                .hasSizeLessThanOrEqualTo(Difference.MOST_LINES)
                                .noneMatch(line -> line.chars().anyMatch(Character::isISOControl)));
                changed += tried.steps().get(0).difference().isNone() ? 0 : 1;
            }
            assertThat(changed).as("that the filter changed").isGreaterThan(20);
            assertThat(spool).isEmptyDirectory();
        }
    }
}
