package org.posthorn.queue.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.posthorn.testing.Eventually;
import org.posthorn.testing.FreePort;
import org.posthorn.testing.PackagedNode;
import org.posthorn.testing.SmtpSink;

/** A real process over an embedded database is killed after a note in its {@link BegunFile}. */
class KilledAtWorkE2E {

    private static final String LIST = "test@lists.example.org";
    private static final List<String> MEMBERS = List.of("ann@example.com", "bob@example.net");
    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private Path home;

    @Test
    void entryUnderWayShouldBeSuspectOnceAtTheNextStartAndDeliveredOnce() throws Exception {
        home = folder.resolve("home");
        int port = FreePort.next();
        try (PackagedNode node = new PackagedNode(
                PackagedNode.Form.COMMAND,
                home,
                Map.of("POSTHORN_SMARTHOSTS", "smtp://127.0.0.1:" + port + "?name=sink"))) {
            String messageId = PackagedNode.newMessageId();
            try (ServerSocket silent = new ServerSocket(port, 50, InetAddress.getLoopbackAddress())) {
                node.start();
                node.makeList(LIST, MEMBERS);
                assertThat(node.deliver(
                                "ann@example.com",
                                List.of(LIST),
                                PackagedNode.message("ann@example.com", LIST, "Killed", messageId)))
                        .allMatch(reply -> reply.startsWith("250"));
                silent.setSoTimeout((int) SOON.toMillis());
                silent.accept(); // the turn waits for a greeting that never comes
                assertThat(Eventually.holds(SOON, () -> noted().size() == 1)).isTrue();
                node.kill();
            }
            List<Long> left = noted();
            assertThat(left).hasSize(1);

            try (SmtpSink sink = new SmtpSink(port)) {
                node.start();
                assertThat(suspects()).containsExactly("Suspects entries=1");
                assertThat(noted()).doesNotContainAnyElementsOf(left);
                assertThat(node.awaitState(messageId, "delivered", SOON))
                        .as(() -> node.trace(messageId).toString())
                        .isTrue();
                node.kill();
                node.start();

                assertThat(suspects()).as("counted once").hasSize(1);
                assertThat(sink.recipientsOf(messageId)).containsExactlyInAnyOrderElementsOf(MEMBERS);
            }
        }
    }

    /** What the file says, of a node that lives or does not. */
    private List<Long> noted() throws IOException {
        try (Stream<Path> files = Files.walk(home)) {
            Path file = files.filter(path -> path.toString().endsWith(".begun"))
                    .findFirst()
                    .orElseThrow();
            return BegunFile.open(file).left();
        }
    }

    /** All starts' lines about them. */
    private List<String> suspects() throws IOException {
        return Files.readAllLines(folder.resolve("home.log"), StandardCharsets.ISO_8859_1).stream()
                .filter(line -> line.contains("Suspects entries="))
                .map(line -> line.replaceAll(".*(Suspects entries=\\d+).*", "$1"))
                .toList();
    }
}
