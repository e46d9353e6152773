package org.posthorn.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.posthorn.testing.Eventually;
import org.posthorn.testing.FreePort;
import org.posthorn.testing.PackagedNode;
import org.posthorn.testing.SmtpSink;
import org.posthorn.testing.TestDatabase;
import org.posthorn.testing.TestDatabases;

/** A site's later days, by the packaged commands: backup under mail, restore elsewhere, move to PostgreSQL. */
class DayTwoE2E {

    private static final String LIST = "test@lists.example.org";
    private static final List<String> MEMBERS = List.of("ann@example.com", "poster@example.com");
    private static final Duration SOON = Duration.ofSeconds(180);

    @TempDir
    Path folder;

    private record Ended(int status, String said) {}

    private static Ended posthorn(PackagedNode node, Path home, Map<String, String> more, String... words)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("bin/posthorn"));
        command.addAll(List.of(words));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().keySet().removeIf(variable -> variable.startsWith("POSTHORN_"));
        builder.environment().put("POSTHORN_HOME", home.toString());
        builder.environment().put("POSTHORN_BUILD", "off");
        builder.environment().put("POSTHORN_HTTP_PORT", Integer.toString(node == null ? 1 : node.httpPort()));
        builder.environment().put("POSTHORN_ADMIN_USER", PackagedNode.USER);
        builder.environment().put("POSTHORN_ADMIN_PASSWORD", PackagedNode.PASSWORD);
        builder.environment().putAll(more);
        Process process = builder.start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(180, TimeUnit.SECONDS)).isTrue();
        return new Ended(process.exitValue(), said);
    }

    private static String post(PackagedNode node, String from) throws IOException {
        String messageId = PackagedNode.newMessageId();
        assertThat(node.deliver(from, List.of(LIST), PackagedNode.message(from, LIST, "First light", messageId)))
                .singleElement()
                .asString()
                .startsWith("250");
        return messageId;
    }

    private static int held(PackagedNode node) {
        return node.get("/3.1/lists/test.lists.example.org/held/count").json().getInt("count");
    }

    private Map<String, String> smarthost(SmtpSink sink) {
        return new HashMap<>(Map.of("POSTHORN_SMARTHOSTS", sink.url()));
    }

    @Test
    void aSiteShouldComeBackFromABackupMadeUnderMailAndMoveToPostgreSql() throws Exception {
        Path backup = folder.resolve("backup.zip");
        Path first = folder.resolve("first");
        Path second = folder.resolve("second");
        String waiting;
        int port = FreePort.next();
        SmtpSink sink = new SmtpSink(port);
        try (PackagedNode node = new PackagedNode(PackagedNode.Form.COMMAND, first, smarthost(sink)).start()) {
            node.makeList(LIST, MEMBERS);
            String delivered = post(node, "poster@example.com");
            assertThat(node.awaitState(delivered, "delivered", SOON)).isTrue();
            post(node, "stranger@example.org");
            assertThat(Eventually.holds(SOON, () -> held(node) == 1)).isTrue();
            sink.close();
            waiting = post(node, "poster@example.com");
            assertThat(node.awaitState(waiting, "delivering", SOON)).isTrue();

            backUpWhilePosting(node, first, backup);
            Ended move = posthorn(node, first, Map.of(), "move", "--to", "jdbc:postgresql://127.0.0.1:1/x");
            assertThat(move.status()).as(move.said()).isEqualTo(1);
            assertThat(move.said()).contains("is a node running?");
        }

        Ended over = posthorn(null, first, Map.of(), "restore", backup.toString());
        assertThat(over.status()).as(over.said()).isEqualTo(1);
        Ended restored = posthorn(null, second, Map.of(), "restore", backup.toString());
        assertThat(restored.status()).as(restored.said()).isZero();
        assertThat(restored.said()).contains("1 lists, 2 memberships", "1 held posts");

        try (SmtpSink again = new SmtpSink(port)) {
            try (PackagedNode node = new PackagedNode(PackagedNode.Form.COMMAND, second, smarthost(again)).start()) {
                assertThat(again.awaitRecipients(waiting, 2, SOON))
                        .as("what waited goes out")
                        .isTrue();
                assertThat(held(node)).isEqualTo(1);
                node.terminate();
            }
            movesToPostgreSql(second, again);
        }
    }

    private static void backUpWhilePosting(PackagedNode node, Path home, Path backup) throws Exception {
        AtomicBoolean done = new AtomicBoolean();
        List<Throwable> problems = new ArrayList<>();
        Thread poster = new Thread(() -> {
            try {
                while (!done.get()) {
                    post(node, "poster@example.com");
                }
            } catch (IOException | AssertionError e) {
                problems.add(e);
            }
        });
        poster.start();
        Ended made = posthorn(node, home, Map.of(), "backup", backup.toString());
        done.set(true);
        poster.join();
        assertThat(made.status()).as(made.said()).isZero();
        assertThat(problems).as("mail is taken during the backup").isEmpty();
        assertThat(Files.size(backup)).isPositive();
        try (var files = Files.list(home)) {
            assertThat(files.map(file -> file.getFileName().toString())).noneMatch(name -> name.startsWith("backup-"));
        }
    }

    private void movesToPostgreSql(Path home, SmtpSink sink) throws Exception {
        try (TestDatabase target = TestDatabases.POSTGRESQL.fresh()) {
            Ended moved = posthorn(
                    null,
                    home,
                    Map.of("POSTHORN_MOVE_PASSWORD", target.password()),
                    "move",
                    "--to",
                    target.url(),
                    "--user",
                    target.user());
            assertThat(moved.status()).as(moved.said()).isZero();
            assertThat(moved.said()).contains("copied member: 2 rows", "moved ");
            Map<String, String> settings = smarthost(sink);
            settings.put("POSTHORN_DB_URL", target.url());
            settings.put("POSTHORN_DB_USER", target.user());
            settings.put("POSTHORN_DB_PASSWORD", target.password());
            try (PackagedNode node = new PackagedNode(PackagedNode.Form.COMMAND, home, settings).start()) {
                assertThat(held(node)).isEqualTo(1);
                String messageId = post(node, "poster@example.com");
                assertThat(node.awaitState(messageId, "delivered", SOON)).isTrue();
                Ended refused = posthorn(
                        node, home, Map.of(), "backup", home.resolve("x.zip").toString());
                assertThat(refused.status()).isEqualTo(1);
                assertThat(refused.said()).contains("pg_dump");
            }
        }
    }
}
