package org.posthorn.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.posthorn.testing.Eventually;
import org.posthorn.testing.OwnPostgreSql;
import org.posthorn.testing.PackagedNode;
import org.posthorn.testing.SmtpSink;

/** How a node starts, in both forms. */
class StartE2E {

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(PackagedNode.Form.class)
    void wrongSettingShouldEndTheStartWithOneLineAndStatus2(PackagedNode.Form form) throws InterruptedException {
        try (PackagedNode node =
                new PackagedNode(form, folder.resolve("home"), Map.of("POSTHORN_MAX_MESSAGE", "huge"))) {
            node.launch();

            assertThat(node.awaitEnd(Duration.ofSeconds(120))).isEqualTo(2);
            assertThat(node.log().lines().filter(line -> line.startsWith("posthorn: POSTHORN_MAX_MESSAGE")))
                    .containsExactly(
                            "posthorn: POSTHORN_MAX_MESSAGE=huge is not allowed: a number of bytes, or one with K, M or G, such as 50M");
            assertThat(node.log()).doesNotContain("Exception");
        }
    }

    @Test
    void headerCheckThatCannotBeMatchedShouldEndTheStartWithOneLineAndStatus2() throws InterruptedException {
        try (PackagedNode node = new PackagedNode(
                PackagedNode.Form.COMMAND,
                folder.resolve("home"),
                Map.of("POSTHORN_HEADER_CHECKS", "X-Spam-Flag: ^yes\nX-Long: a{2000}"))) {
            node.launch();

            assertThat(node.awaitEnd(Duration.ofSeconds(120))).isEqualTo(2);
            assertThat(node.log().lines().filter(line -> line.startsWith("posthorn: POSTHORN_HEADER_CHECKS")))
                    .singleElement()
                    .asString()
                    .startsWith(
                            "posthorn: POSTHORN_HEADER_CHECKS=X-Long: a{2000} is not allowed: a regular expression");
            assertThat(node.log()).doesNotContain("Exception");
        }
    }

    @Test
    void homeThatIsAFileShouldEndTheStartWithOneLineAndStatus2() throws IOException, InterruptedException {
        Path home = Files.createFile(folder.resolve("file"));
        try (PackagedNode node = new PackagedNode(
                PackagedNode.Form.COMMAND, folder.resolve("home"), Map.of("POSTHORN_HOME", home.toString()))) {
            node.launch();

            assertThat(node.awaitEnd(Duration.ofSeconds(120))).isEqualTo(2);
            assertThat(node.log()).contains("posthorn: POSTHORN_HOME=" + home + " is not allowed");
        }
    }

    @Test
    void runnableJarShouldDeliverAPost() throws IOException, InterruptedException {
        try (SmtpSink sink = new SmtpSink();
                PackagedNode node = new PackagedNode(
                        PackagedNode.Form.JAR, folder.resolve("home"), Map.of("POSTHORN_SMARTHOSTS", sink.url()))) {
            node.start();
            node.makeList("jar@lists.example.org", List.of("ann@example.com"));
            String messageId = PackagedNode.newMessageId();
            node.deliver(
                    "ann@example.com",
                    List.of("jar@lists.example.org"),
                    PackagedNode.message("ann@example.com", "jar@lists.example.org", "From a jar", messageId));

            assertThat(sink.awaitRecipients(messageId, 1, Duration.ofSeconds(60)))
                    .as(node.log())
                    .isTrue();
        }
    }

    @Test
    void nodeShouldWaitForADatabaseThatIsAwayAtItsStart() throws InterruptedException {
        try (OwnPostgreSql database = OwnPostgreSql.started();
                PackagedNode node = new PackagedNode(
                        PackagedNode.Form.COMMAND,
                        folder.resolve("home"),
                        Map.of("POSTHORN_DB_URL", database.url(), "POSTHORN_DB_USER", database.user()))) {
            database.stop(OwnPostgreSql.Stop.FAST);
            node.launch();
            assertThat(Eventually.holds(
                            Duration.ofSeconds(60), () -> node.log().contains("posthorn: waiting for the database")))
                    .as(node.log())
                    .isTrue();

            database.start();

            node.awaitReady();
        }
    }

    @Test
    void nodeWhoseApplicationCannotBeDeployedShouldEndWithStatus1() throws InterruptedException, IOException {
        try (ServerSocket hangsUp = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                PackagedNode node = new PackagedNode(
                        PackagedNode.Form.COMMAND,
                        folder.resolve("home"),
                        Map.of("POSTHORN_DB_URL", "jdbc:postgresql://127.0.0.1:" + hangsUp.getLocalPort() + "/none"))) {
            Thread answering = new Thread(() -> hangUp(hangsUp));
            answering.setDaemon(true);
            answering.start();
            node.launch();

            assertThat(node.awaitEnd(Duration.ofSeconds(120))).isEqualTo(1);
            assertThat(node.log()).contains("posthorn: the application was not deployed");
        }
    }

    private static void hangUp(ServerSocket server) {
        try {
            while (true) {
                server.accept().close();
            }
        } catch (IOException e) {
            // The test is over.
        }
    }

    @Test
    void launcherShouldOpenWhatPayaraOpens() throws IOException {
        assertThat(opened("target/server/posthorn-launcher.jar")).isEqualTo(opened("target/server/launch-micro.jar"));
    }

    private static List<String> opened(String jar) throws IOException {
        try (JarFile file = new JarFile(jar)) {
            Attributes attributes = file.getManifest().getMainAttributes();
            return List.of(attributes.getValue("Add-Opens"), attributes.getValue("Add-Exports"));
        }
    }
}
