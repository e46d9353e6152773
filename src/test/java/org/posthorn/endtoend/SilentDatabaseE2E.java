package org.posthorn.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.posthorn.testing.Eventually;
import org.posthorn.testing.FreePort;
import org.posthorn.testing.PackagedNode;
import org.posthorn.testing.SmtpSink;
import org.posthorn.testing.TcpRelay;
import org.posthorn.testing.TestDatabase;
import org.posthorn.testing.TestDatabases;

/**
 * The database's host loses its power in the midst of posts, and its address moves to another: nobody says goodbye to the
 * connections that there were. The node finds out by itself and works on, in the same process.
 */
class SilentDatabaseE2E {

    private static final String LIST = "test@lists.example.org";
    private static final List<String> MEMBERS = List.of("ann@example.com", "bob@example.net");
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final int SOCKET_SECONDS = 6;

    @TempDir
    Path folder;

    private final Queue<String> taken = new ConcurrentLinkedQueue<>();

    @Test
    void connectionsThatFellSilentShouldNotBeWaitedForForEver() throws Exception {
        try (TestDatabase database = TestDatabases.POSTGRESQL.fresh();
                TcpRelay relay = new TcpRelay(port(database.url()));
                SmtpSink sink = new SmtpSink(FreePort.next());
                PackagedNode node = new PackagedNode(
                        PackagedNode.Form.COMMAND,
                        folder.resolve("home"),
                        Map.of(
                                "POSTHORN_DB_URL",
                                database.url().replace(":" + port(database.url()) + "/", ":" + relay.port() + "/")
                                        + "?socketTimeout=" + SOCKET_SECONDS,
                                "POSTHORN_DB_USER",
                                database.user(),
                                "POSTHORN_SMARTHOSTS",
                                "smtp://127.0.0.1:" + sink.port() + "?name=sink"))) {
            node.start();
            node.makeList(LIST, MEMBERS);
            long pid = node.pid();
            post(node, sink);

            AtomicBoolean over = new AtomicBoolean();
            CompletableFuture<Void> load = CompletableFuture.runAsync(() -> load(node, over));
            assertThat(Eventually.holds(SOON, () -> sink.received().size() > 20))
                    .isTrue();
            relay.silence();
            assertThat(Eventually.holds(SOON, () -> isTaken(node)))
                    .as("LMTP takes mail again")
                    .isTrue();
            over.set(true);
            load.get(SOON.toSeconds(), TimeUnit.SECONDS);

            for (int i = 0; i < 20; i++) { // in each slice's part of the hash space, most likely
                post(node, sink);
            }
            assertThat(node.pid()).isEqualTo(pid);
            for (String messageId : taken) {
                assertThat(node.awaitState(messageId, "delivered", SOON))
                        .as(() -> node.trace(messageId).toString())
                        .isTrue();
                assertThat(sink.recipientsOf(messageId)).containsAll(MEMBERS);
            }
        }
    }

    private static int port(String url) {
        return Integer.parseInt(url.replaceAll(".*:(\\d+)/.*", "$1"));
    }

    /** One that is taken, in the end, and delivered to each: a connection that was idle when all fell silent costs a 451 yet. */
    private static void post(PackagedNode node, SmtpSink sink) throws Exception {
        String messageId = PackagedNode.newMessageId();
        String message = PackagedNode.message("ann@example.com", LIST, "Here", messageId);
        assertThat(Eventually.holds(SOON, () -> accepted(node, message)))
                .as("it is taken")
                .isTrue();
        assertThat(node.awaitState(messageId, "delivered", SOON))
                .as(() -> node.trace(messageId).toString())
                .isTrue();
        assertThat(sink.recipientsOf(messageId)).containsExactlyInAnyOrderElementsOf(MEMBERS);
    }

    private boolean isTaken(PackagedNode node) {
        String messageId = PackagedNode.newMessageId();
        String message = PackagedNode.message("ann@example.com", LIST, "Load", messageId);
        boolean accepted = accepted(node, message);
        if (accepted) {
            taken.add(messageId);
        }
        return accepted;
    }

    private static boolean accepted(PackagedNode node, String message) {
        try {
            return node.deliver("ann@example.com", List.of(LIST), message).stream()
                    .allMatch(reply -> reply.startsWith("250"));
        } catch (IOException e) {
            return false;
        }
    }

    private void load(PackagedNode node, AtomicBoolean over) {
        while (!over.get()) {
            isTaken(node);
        }
    }
}
