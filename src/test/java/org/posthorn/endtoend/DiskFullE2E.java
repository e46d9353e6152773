package org.posthorn.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.posthorn.testing.Eventually;
import org.posthorn.testing.LmtpClient;
import org.posthorn.testing.PackagedNode;
import org.posthorn.testing.SmtpSink;

/**
 * A node with the embedded database whose disk fills up, to the last octet, and is made room on again. The disk is a file
 * system in memory, which only root may make; others skip this.
 */
class DiskFullE2E {

    private static final String LIST = "test@lists.example.org";
    private static final Duration SOON = Duration.ofSeconds(90);
    private static final int MEGABYTE = 1 << 20;

    @TempDir
    Path folder;

    private Path disk;

    @BeforeEach
    void mount() throws Exception {
        disk = Files.createDirectory(folder.resolve("disk"));
        assumeTrue(
                ran("mount", "-t", "tmpfs", "-o", "size=400m", "tmpfs", disk.toString()),
                "no file system can be mounted here: a full disk is not tried");
    }

    @AfterEach
    void unmount() throws Exception {
        ran("umount", "-l", disk.toString());
    }

    private static boolean ran(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getInputStream().readAllBytes();
        return process.waitFor() == 0;
    }

    /** Leaves so many octets free. */
    private void fill(long free) throws IOException {
        byte[] block = new byte[MEGABYTE];
        try (OutputStream out = Files.newOutputStream(disk.resolve("ballast"))) {
            while (disk.toFile().getUsableSpace() > free) {
                out.write(block, 0, (int) Math.min(block.length, disk.toFile().getUsableSpace() - free));
            }
        } catch (IOException e) {
            assertThat(free).as("it should be full", e).isZero();
        }
    }

    private void makeRoom() throws IOException {
        Files.delete(disk.resolve("ballast"));
    }

    private static String messageTo(String messageId) {
        return PackagedNode.message("ann@example.com", LIST, "Full", messageId);
    }

    private static String post(PackagedNode node, String messageId) throws IOException {
        return node.deliver("ann@example.com", List.of(LIST), messageTo(messageId))
                .get(0);
    }

    @Test
    void fullDiskShouldCostNothingButTime() throws Exception {
        List<String> taken = new ArrayList<>();
        try (SmtpSink sink = new SmtpSink();
                PackagedNode node = new PackagedNode(
                                PackagedNode.Form.COMMAND,
                                disk.resolve("home"),
                                Map.of("POSTHORN_SMARTHOSTS", sink.url(), "POSTHORN_MIN_FREE", "100M"))
                        .start()) {
            node.makeList(LIST, List.of("ann@example.com", "bob@example.net"));
            taken.add(PackagedNode.newMessageId());
            assertThat(post(node, taken.get(0))).startsWith("250");

            fill(99L * MEGABYTE);
            try (LmtpClient client = LmtpClient.greeted(node.lmtpPort())) {
                assertThat(Eventually.holds(SOON, () -> {
                            String reply = client.say("MAIL FROM:<ann@example.com>\r\n");
                            client.say("RSET\r\n");
                            return reply.equals("452 4.3.1 Short of disk space: please try again later");
                        }))
                        .isTrue();
                makeRoom();
                assertThat(Eventually.holds(
                                SOON,
                                () -> client.say("MAIL FROM:<ann@example.com>\r\n")
                                        .startsWith("250")))
                        .isTrue();

                // Under way when the last octet is taken: the commit itself finds no room, or the measurement does.
                client.say("RCPT TO:<" + LIST + ">\r\n");
                client.say("DATA\r\n");
                client.send(messageTo(PackagedNode.newMessageId()).replace("Dear list", "x".repeat(900)));
                fill(0);
                assertThat(client.say(".\r\n")).startsWith("45");
            }
            String refused = PackagedNode.newMessageId();
            assertThat(Eventually.holds(Duration.ofSeconds(25), () -> !node.isAlive()))
                    .as("the node should live on with a full disk")
                    .isFalse();
            assertThat(node.deliver("ann@example.com", List.of(LIST), messageTo(refused)))
                    .noneMatch(reply -> reply.startsWith("250"));

            makeRoom();
            String after = PackagedNode.newMessageId();
            assertThat(Eventually.holds(SOON, () -> post(node, after).startsWith("250")))
                    .as(node.log())
                    .isTrue();
            taken.add(after);
            for (String messageId : taken) {
                assertThat(node.awaitState(messageId, "delivered", SOON))
                        .as(node.log())
                        .isTrue();
                assertThat(sink.recipientsOf(messageId)).hasSize(2);
            }
            assertThat(sink.recipientsOf(refused)).isEmpty();
            assertThat(node.get("/health/ready").status()).isEqualTo(200);
            assertThat(node.get("/api/queues/shunt/entries").body()).doesNotContain("\"id\"");
        }
    }
}
