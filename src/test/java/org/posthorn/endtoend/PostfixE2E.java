package org.posthorn.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.posthorn.testing.LmtpClient;
import org.posthorn.testing.PackagedNode;
import org.posthorn.testing.Postfix;
import org.posthorn.testing.SmtpSink;

/** The whole chain as a site runs it: Postfix as front MTA, the packaged node, Postfix as smarthost. */
class PostfixE2E {

    private static final String LIST = "test@lists.example.org";
    private static final List<String> MEMBERS = List.of("ann@example.com", "bob@example.net", "carol@example.com");
    private static final Duration WITHIN = Duration.ofSeconds(90);

    @TempDir
    static Path folder;

    private static SmtpSink world;
    private static Postfix smarthost;
    private static PackagedNode node;
    private static Postfix front;

    @BeforeAll
    static void start() throws IOException {
        world = new SmtpSink();
        smarthost = Postfix.smarthost(world.port());
        node = new PackagedNode(
                        PackagedNode.Form.COMMAND,
                        folder.resolve("home"),
                        Map.of("POSTHORN_SMARTHOSTS", "smtp://127.0.0.1:" + smarthost.port() + "?name=postfix"))
                .start();
        node.makeList(LIST, MEMBERS);
        front = Postfix.frontOf(node.lmtpPort(), Path.of("server-config/postfix/main.cf"), "lists.example.org");
    }

    @AfterAll
    static void stop() throws Exception {
        if (front != null) {
            front.close();
        }
        if (node != null) {
            node.close();
        }
        if (smarthost != null) {
            smarthost.close();
        }
        world.close();
    }

    private static LmtpClient outsider() throws IOException {
        LmtpClient client = new LmtpClient(front.port());
        client.say("EHLO outsider.example\r\n");
        assertThat(client.say("MAIL FROM:<ann@example.com>\r\n")).startsWith("250");
        return client;
    }

    private static String send(LmtpClient client) throws IOException {
        String messageId = PackagedNode.newMessageId();
        assertThat(client.say("DATA\r\n")).startsWith("354");
        client.send(PackagedNode.message("ann@example.com", LIST, "By way of Postfix", messageId));
        assertThat(client.say(".\r\n")).startsWith("250");
        return messageId;
    }

    private static void assertDelivered(String messageId) {
        assertThat(world.awaitRecipients(messageId, MEMBERS.size(), WITHIN))
                .as(() -> front.log() + node.log() + smarthost.log())
                .isTrue();
        assertThat(world.recipientsOf(messageId)).containsExactlyInAnyOrderElementsOf(MEMBERS);
        assertThat(world.copiesOf(messageId)).allSatisfy(copy -> {
            assertThat(copy.reversePath()).startsWith("test-bounces").endsWith("@lists.example.org");
            assertThat(copy.header("List-Id").orElse("")).contains("<test.lists.example.org>");
        });
    }

    @Test
    void postShouldGoFromPostfixThroughTheListToPostfix() throws IOException {
        try (LmtpClient client = outsider()) {
            assertThat(client.say("RCPT TO:<" + LIST + ">\r\n")).as(front.log()).startsWith("250");
            assertDelivered(send(client));
        }
    }

    @Test
    void unknownListShouldBeRefusedByPostfixAtRcpt() throws IOException {
        try (LmtpClient client = outsider()) {
            assertThat(client.say("RCPT TO:<nosuch@lists.example.org>\r\n"))
                    .as(front.log())
                    .startsWith("550 5.1.1");
        }
    }

    @Test
    void postShouldWaitInPostfixWhileTheNodeIsKilledAndArriveAfterwards() throws IOException {
        String messageId;
        try (LmtpClient client = outsider()) {
            assertThat(client.say("RCPT TO:<" + LIST + ">\r\n")).as(front.log()).startsWith("250");
            node.kill();
            messageId = send(client);
        }
        node.start();
        front.flush();

        assertDelivered(messageId);
    }
}
