package org.posthorn.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.posthorn.testing.ConsoleVisitor;
import org.posthorn.testing.Eventually;
import org.posthorn.testing.FreePort;
import org.posthorn.testing.LmtpClient;
import org.posthorn.testing.PackagedNode;
import org.posthorn.testing.PackagedSite;
import org.posthorn.testing.SmtpSink;

/** The smarthost goes away: mail is taken up to the limit, then turned away; when it comes back all goes out, once. */
class BackpressureE2E {

    private static final String LIST = "test@lists.example.org";
    private static final List<String> MEMBERS = List.of("ann@example.com", "bob@example.net");
    private static final Duration SOON = Duration.ofSeconds(90);
    private static final int FLOOD = 2000;

    @TempDir
    Path folder;

    private final List<String> taken = new ArrayList<>();
    private final List<String> refused = new ArrayList<>();

    /** @return the reply that decided */
    private String post(LmtpClient client) throws IOException {
        String messageId = PackagedNode.newMessageId();
        String mail = client.say("MAIL FROM:<ann@example.com>\r\n");
        if (!mail.startsWith("250")) {
            refused.add(messageId);
            return mail;
        }
        assertThat(client.say("RCPT TO:<" + LIST + ">\r\n")).startsWith("250");
        client.say("DATA\r\n");
        client.send(PackagedNode.message("ann@example.com", LIST, "Flood", messageId));
        String reply = client.say(".\r\n");
        (reply.startsWith("250") ? taken : refused).add(messageId);
        return reply;
    }

    private static String metrics(PackagedNode node) {
        return node.get("/metrics").body();
    }

    @Test
    void queuesAboveTheirLimitShouldTurnMailAwayUntilTheyHaveDrained() throws Exception {
        int port = FreePort.next();
        try (PackagedNode node = new PackagedNode(
                        PackagedNode.Form.COMMAND,
                        folder.resolve("home"),
                        Map.of(
                                "POSTHORN_SMARTHOSTS",
                                "smtp://127.0.0.1:" + port + "?name=sink",
                                "POSTHORN_MAX_QUEUED",
                                "20"))
                .start()) {
            node.makeList(LIST, MEMBERS);
            try (LmtpClient client = LmtpClient.greeted(node.lmtpPort())) {
                String last = "";
                while (!last.startsWith("452") && taken.size() < FLOOD) {
                    last = post(client);
                }

                assertThat(last).isEqualTo("452 4.3.1 Too much mail waits here: please try again later");
                assertThat(client.say("MAIL FROM:<>\r\n")).startsWith("452 4.3.1");
                assertThat(taken).hasSizeGreaterThan(20);
                assertThat(node.get("/health/ready").status()).isEqualTo(200);
                assertThat(metrics(node))
                        .contains("posthorn_ingress_open{reason=\"queue\"} 0")
                        .contains("posthorn_ingress_open{reason=\"disk\"} 1")
                        .containsPattern("posthorn_ingress_refused_total\\{reason=\"queue\"} [1-9]");
                ConsoleVisitor console =
                        new ConsoleVisitor(node.httpPort()).signIn(PackagedNode.USER, PackagedNode.PASSWORD);
                assertThat(console.open("/site").html().select(".findings").text())
                        .contains("Too much waits in the queues, more than 20 entries");

                try (SmtpSink sink = new SmtpSink(port)) {
                    assertThat(Eventually.holds(SOON, () -> post(client).startsWith("250")))
                            .as(metrics(node))
                            .isTrue();
                    for (String messageId : List.copyOf(taken)) {
                        assertThat(node.awaitState(messageId, "delivered", SOON))
                                .isTrue();
                        assertThat(sink.recipientsOf(messageId)).containsExactlyInAnyOrderElementsOf(MEMBERS);
                    }
                    assertThat(refused)
                            .isNotEmpty()
                            .allSatisfy(id -> assertThat(sink.recipientsOf(id)).isEmpty());
                    assertThat(Eventually.holds(
                                    SOON, () -> metrics(node).contains("posthorn_ingress_open{reason=\"queue\"} 1")))
                            .isTrue();
                    assertThat(console.open("/site").html().select(".findings").text())
                            .doesNotContain("Too much waits");
                }
            }
        }
    }

    /** The queues are the site's: what one node let in counts at the other, too. */
    @Test
    void nodesThatShareTheQueuesShouldCloseAndOpenTogether() throws Exception {
        int port = FreePort.next();
        try (PackagedSite site = PackagedSite.of(
                        folder,
                        Map.of(
                                "POSTHORN_SMARTHOSTS",
                                "smtp://127.0.0.1:" + port + "?name=sink",
                                "POSTHORN_MAX_QUEUED",
                                "20"),
                        "one",
                        "two")
                .start()) {
            site.node("one").makeList(LIST, MEMBERS);
            try (LmtpClient one = LmtpClient.greeted(site.node("one").lmtpPort());
                    LmtpClient two = LmtpClient.greeted(site.node("two").lmtpPort())) {
                String last = "";
                while (!last.startsWith("452") && taken.size() < FLOOD) {
                    last = post(one);
                }
                assertThat(last).startsWith("452 4.3.1");
                assertThat(Eventually.holds(SOON, () -> post(two).startsWith("452 4.3.1")))
                        .isTrue();
                assertThat(site.nodes()).allSatisfy(node -> {
                    assertThat(metrics(node)).contains("posthorn_ingress_open{reason=\"queue\"} 0");
                    assertThat(node.get("/health/ready").status()).isEqualTo(200);
                });

                try (SmtpSink sink = new SmtpSink(port)) {
                    assertThat(Eventually.holds(SOON, () -> post(two).startsWith("250")))
                            .isTrue();
                    assertThat(Eventually.holds(SOON, () -> post(one).startsWith("250")))
                            .isTrue();
                    for (String messageId : List.copyOf(taken)) {
                        assertThat(site.node("two").awaitState(messageId, "delivered", SOON))
                                .isTrue();
                        assertThat(sink.recipientsOf(messageId)).containsExactlyInAnyOrderElementsOf(MEMBERS);
                    }
                    assertThat(refused)
                            .isNotEmpty()
                            .allSatisfy(id -> assertThat(sink.recipientsOf(id)).isEmpty());
                    assertThat(site.nodes())
                            .allSatisfy(node -> assertThat(Eventually.holds(
                                            SOON,
                                            () -> metrics(node).contains("posthorn_ingress_open{reason=\"queue\"} 1")))
                                    .isTrue());
                }
            }
        }
    }
}
