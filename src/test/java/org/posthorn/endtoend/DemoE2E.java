package org.posthorn.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.posthorn.testing.Eventually;

/** What a newcomer sees first. */
class DemoE2E {

    @TempDir
    Path folder;

    @Test
    void demoShouldShowAPostArriveAndLeaveNothingBehind() throws IOException, InterruptedException {
        Path output = folder.resolve("output");
        ProcessBuilder builder = new ProcessBuilder("bin/posthorn", "demo");
        builder.environment().put("POSTHORN_BUILD", "off");
        Process demo = builder.redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            boolean shown = Eventually.holds(
                    Duration.ofMinutes(4),
                    () -> !demo.isAlive() || Files.readString(output).contains("All stays up until Ctrl-C."));
            String text = Files.readString(output);

            assertThat(shown && demo.isAlive()).as(text).isTrue();
            assertThat(text)
                    .containsPattern("the node answers: 250 ")
                    .contains("ann@example.com\n    | ", "bob@example.net\n    | ", "carol@example.org\n    | ")
                    .contains("| Subject: [Demo] First light")
                    .containsPattern("delivered: .*accepted.*delivered")
                    .containsPattern("The console: http://localhost:[0-9]+/ ");

            List<ProcessHandle> node = demo.descendants().toList();
            Matcher home = Pattern.compile("embedded database in (\\S+)").matcher(text);
            assertThat(home.find()).isTrue();
            demo.destroy();

            assertThat(demo.waitFor(180, TimeUnit.SECONDS)).isTrue();
            assertThat(node).isNotEmpty().noneMatch(ProcessHandle::isAlive);
            assertThat(Path.of(home.group(1))).doesNotExist();
            assertThat(Path.of(home.group(1)).getParent()).doesNotExist();
        } finally {
            demo.descendants().forEach(ProcessHandle::destroyForcibly);
            demo.destroyForcibly();
        }
    }
}
