package org.posthorn.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.posthorn.testing.ConsoleVisitor;
import org.posthorn.testing.Eventually;
import org.posthorn.testing.HaProxy;
import org.posthorn.testing.LmtpClient;
import org.posthorn.testing.PackagedNode;
import org.posthorn.testing.PackagedSite;
import org.posthorn.testing.Postfix;
import org.posthorn.testing.SmtpSink;

/** Two nodes behind HAProxy and Postfix, as the fragments have them: whoever uses them goes on when a node dies. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class FrontEndsE2E {

    private static final String LIST = "test@lists.example.org";
    private static final List<String> MEMBERS = List.of("ann@example.com", "bob@example.net", "carol@example.com");
    private static final Duration WITHIN = Duration.ofSeconds(90);
    private static final String PAGE = "/site/nodes";

    @TempDir
    static Path folder;

    private static SmtpSink world;
    private static PackagedSite site;
    private static HaProxy proxy;
    private static Postfix front;

    @BeforeAll
    static void start() throws IOException {
        world = new SmtpSink();
        site = PackagedSite.withGrid(
                        folder,
                        Map.of(
                                "POSTHORN_SMARTHOSTS", world.url(),
                                "POSTHORN_TRUSTED_PROXIES", "127.0.0.1/32",
                                "POSTHORN_REST_ALLOW", "127.0.0.0/8"),
                        "n1",
                        "n2")
                .start();
        PackagedNode first = site.node("n1");
        PackagedNode second = site.node("n2");
        first.makeList(LIST, MEMBERS);
        proxy = HaProxy.before(first.httpPort(), second.httpPort(), Path.of("server-config/haproxy/haproxy.cfg"));
        front = Postfix.frontOfTwo(
                first.lmtpPort(), second.lmtpPort(), Path.of("server-config/postfix"), "lists.example.org");
    }

    @AfterAll
    static void stop() throws Exception {
        if (front != null) {
            front.close();
        }
        if (proxy != null) {
            proxy.close();
        }
        if (site != null) {
            site.close();
        }
        world.close();
    }

    private static ConsoleVisitor visitor() {
        return new ConsoleVisitor(proxy.port()).signIn(PackagedNode.USER, PackagedNode.PASSWORD);
    }

    private static String post() throws IOException {
        try (LmtpClient client = new LmtpClient(front.port())) {
            client.say("EHLO outsider.example\r\n");
            assertThat(client.say("MAIL FROM:<ann@example.com>\r\n")).startsWith("250");
            assertThat(client.say("RCPT TO:<" + LIST + ">\r\n")).as(front.log()).startsWith("250");
            String messageId = PackagedNode.newMessageId();
            assertThat(client.say("DATA\r\n")).startsWith("354");
            client.send(PackagedNode.message("ann@example.com", LIST, "By way of Postfix", messageId));
            assertThat(client.say(".\r\n")).startsWith("250");
            return messageId;
        }
    }

    private static void assertDeliveredOnce(String messageId) {
        assertThat(world.awaitRecipients(messageId, MEMBERS.size(), WITHIN))
                .as(() -> front.log()
                        + site.nodes().stream().map(PackagedNode::log).toList())
                .isTrue();
        assertThat(site.nodes().stream()
                        .filter(PackagedNode::isAlive)
                        .findFirst()
                        .orElseThrow()
                        .awaitState(messageId, "delivered", WITHIN))
                .isTrue();
        assertThat(world.recipientsOf(messageId)).containsExactlyInAnyOrderElementsOf(MEMBERS);
    }

    @Test
    @Order(1)
    void oneWhoSignedInShouldBeKnownToBothNodes() {
        ConsoleVisitor visitor = visitor();

        assertThat(visitor.open(PAGE).status()).isEqualTo(200);
        assertThat(visitor.cookie("posthorn-node")).isIn("n1", "n2");
        for (int round = 0; round < 3; round++) {
            site.nodes().forEach(node -> assertThat(status(node, visitor)).isEqualTo(200));
        }
    }

    @Test
    @Order(2)
    void oneWhoSignedOutShouldBeKnownToNone() {
        ConsoleVisitor visitor = visitor();
        ConsoleVisitor thief = visitor.twinAt(proxy.port());
        site.nodes().forEach(node -> assertThat(status(node, thief)).isEqualTo(200));

        visitor.post("/logout", "application/x-www-form-urlencoded", HttpRequest.BodyPublishers.noBody());

        site.nodes()
                .forEach(node -> assertThat(Eventually.holds(WITHIN, () -> status(node, thief) == 303))
                        .isTrue());
    }

    @Test
    @Order(3)
    void sessionThatWasPlantedShouldBeWorthlessOnBothNodes() {
        ConsoleVisitor visitor = new ConsoleVisitor(proxy.port());
        visitor.open("/login");
        ConsoleVisitor planter = visitor.twinAt(proxy.port());

        visitor.signIn(PackagedNode.USER, PackagedNode.PASSWORD);

        assertThat(planter.cookie("posthorn")).isNotEmpty().isNotEqualTo(visitor.cookie("posthorn"));
        site.nodes().forEach(node -> assertThat(status(node, planter)).isEqualTo(303));
    }

    /** With the same cookies at the node itself. */
    private static int status(PackagedNode node, ConsoleVisitor visitor) {
        return visitor.twinAt(node.httpPort()).open(PAGE).status();
    }

    @Test
    @Order(4)
    void cookiesShouldBeOutOfReachOfScriptsAndOtherSites() {
        ConsoleVisitor.Answer answer = new ConsoleVisitor(proxy.port()).open("/login");

        assertThat(answer.headers().allValues("Set-Cookie"))
                .isNotEmpty()
                .allMatch(cookie -> cookie.contains("HttpOnly"))
                .allMatch(cookie -> cookie.toLowerCase(Locale.ROOT).contains("samesite=lax"));
    }

    @Test
    @Order(5)
    void figuresShouldNotBeForTheWorld() {
        assertThat(new ConsoleVisitor(proxy.port()).open("/metrics").status()).isEqualTo(404);
    }

    @Test
    @Order(6)
    void sessionShouldGoOnAtTheOtherNodeWhenItsNodeIsKilled() throws IOException {
        ConsoleVisitor visitor = visitor();
        assertThat(visitor.open(PAGE).status()).isEqualTo(200);
        String session = visitor.cookie("posthorn");
        String served = visitor.cookie("posthorn-node");

        site.node(served).kill();

        // The node's death is noticed at the next request or check; what was on its way there is answered 502 or 503.
        assertThat(Eventually.holds(
                        Duration.ofSeconds(20), () -> visitor.open(PAGE).status() == 200))
                .as(proxy::log)
                .isTrue();
        assertThat(visitor.cookie("posthorn")).isEqualTo(session);
        assertThat(visitor.cookie("posthorn-node")).isNotEqualTo(served);
        assertThat(visitor.open(PAGE).status()).isEqualTo(200);

        assertDeliveredOnce(post());
        site.node(served).start();
        assertThat(status(site.node(served), visitor)).isEqualTo(200);
    }

    @Test
    @Order(7)
    void mailShouldGoToTheSecondNodeWhileTheFirstIsDown() throws IOException {
        assertDeliveredOnce(post());
        site.node("n1").kill();

        String messageId = post();

        assertDeliveredOnce(messageId);
        assertThat(front.log()).contains(":" + site.node("n2").lmtpPort());
    }
}
