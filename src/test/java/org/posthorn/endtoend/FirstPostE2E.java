package org.posthorn.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.posthorn.testing.Eventually;
import org.posthorn.testing.PackagedNode;
import org.posthorn.testing.SmtpSink;

/** The main job, from outside: a post by LMTP reaches every member through the smarthost, also after a crash. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class FirstPostE2E {

    private static final String LIST = "test@lists.example.org";
    private static final List<String> MEMBERS = List.of("ann@example.com", "bob@example.net", "poster@example.com");
    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir
    static Path folder;

    private static SmtpSink sink;
    private static PackagedNode node;
    private static String listId;

    @BeforeAll
    static void startNode() throws IOException {
        sink = new SmtpSink();
        node = new PackagedNode(
                        PackagedNode.Form.COMMAND, folder.resolve("home"), Map.of("POSTHORN_SMARTHOSTS", sink.url()))
                .start();
        listId = node.makeList(LIST, MEMBERS);
    }

    @AfterAll
    static void stopNode() throws Exception {
        node.close();
        sink.close();
    }

    private static String post(String from) throws IOException {
        String messageId = PackagedNode.newMessageId();
        assertThat(node.deliver(from, List.of(LIST), PackagedNode.message(from, LIST, "First light", messageId)))
                .singleElement()
                .asString()
                .startsWith("250");
        return messageId;
    }

    @Test
    @Order(1)
    void postShouldReachEachMemberOnceWithTheListsHeaders() throws IOException {
        String messageId = post("poster@example.com");

        assertThat(node.awaitState(messageId, "delivered", SOON))
                .as("trace: " + node.trace(messageId))
                .isTrue();
        assertThat(sink.recipientsOf(messageId)).containsExactlyInAnyOrderElementsOf(MEMBERS);
        assertThat(sink.copiesOf(messageId)).allSatisfy(copy -> {
            assertThat(copy.reversePath()).startsWith("test-bounces").endsWith("@lists.example.org");
            assertThat(copy.header("Subject")).contains("[Test] First light");
            assertThat(copy.header("List-Id").orElse("")).contains("<test.lists.example.org>");
            assertThat(copy.header("List-Post")).contains("<mailto:test@lists.example.org>");
            assertThat(copy.header("List-Unsubscribe")).isPresent();
            assertThat(copy.header("Precedence")).contains("list");
            assertThat(copy.body()).startsWith("Dear list,");
        });
        assertThat(node.trace(messageId).getInt("delivered")).isEqualTo(3);
        assertThat(node.trace(messageId).getInt("waiting")).isZero();
        assertThat(node.trace(messageId).getJsonArray("events")).hasSizeGreaterThanOrEqualTo(3);
    }

    @Test
    @Order(2)
    void unknownListShouldBeRefusedAndTheKnownOneServed() throws IOException {
        String messageId = PackagedNode.newMessageId();

        List<String> replies = node.deliver(
                "poster@example.com",
                List.of("nosuch@lists.example.org", LIST),
                PackagedNode.message("poster@example.com", LIST, "To two", messageId));

        assertThat(replies.get(0)).startsWith("550 5.1.1");
        assertThat(replies.get(1)).startsWith("250");
        assertThat(sink.awaitRecipients(messageId, 3, SOON)).isTrue();
    }

    @Test
    @Order(3)
    void strangersPostShouldWaitForAModerator() throws IOException {
        String messageId = post("stranger@example.org");

        assertThat(node.awaitState(messageId, "held", SOON)).isTrue();
        assertThat(sink.copiesOf(messageId)).isEmpty();

        int request = node.get("/3.1/lists/" + listId + "/held")
                .json()
                .getJsonArray("entries")
                .getJsonObject(0)
                .getInt("request_id");
        assertThat(node.post("/3.1/lists/" + listId + "/held/" + request, "{\"action\": \"accept\"}")
                        .status())
                .isEqualTo(204);

        assertThat(node.awaitState(messageId, "delivered", SOON)).isTrue();
        assertThat(sink.recipientsOf(messageId)).containsExactlyInAnyOrderElementsOf(MEMBERS);
    }

    @Test
    @Order(4)
    void restShouldAskForCredentialsAndHealthShouldNot() {
        assertThat(node.getAnonymously("/3.1/lists").status()).isEqualTo(401);
        assertThat(node.getAnonymously("/health/ready").status()).isEqualTo(200);
    }

    @Test
    @Order(5)
    void queuesShouldBeEmptyWhenAllIsDelivered() {
        assertThat(Eventually.holds(
                        SOON, () -> !node.get("/api/queues").body().matches("(?s).*\"entries\"\\s*:\\s*[1-9].*")))
                .isTrue();
        assertThat(node.get("/api/queues").body()).contains("\"out\"");
    }

    @Test
    @Order(6)
    void killedNodeShouldComeBackAndDeliverWhatItHadAccepted() throws IOException {
        String messageId = post("poster@example.com");
        node.kill();
        node.start();

        assertThat(node.awaitState(messageId, "delivered", SOON))
                .as("trace: " + node.trace(messageId))
                .isTrue();
        assertThat(sink.recipientsOf(messageId)).containsAll(MEMBERS);
    }

    @Test
    @Order(7)
    void terminatedNodeShouldEndByItselfAndKeepListsAndMembers() throws IOException, InterruptedException {
        node.terminate();
        node.start();

        assertThat(node.get("/3.1/lists/" + listId + "/roster/member").json().getInt("total_size"))
                .isEqualTo(3);
        String messageId = post("ann@example.com");
        assertThat(sink.awaitRecipients(messageId, 3, SOON)).isTrue();
    }

    @Test
    @Order(8)
    void personalCopiesShouldNameTheirRecipientsAndReturnToThem() throws IOException {
        assertThat(node.post("/3.1/members", """
                        {"list_id": "%s", "subscriber": "joerg@example.com", "display_name": "J\u00f6rg, der Erste",
                         "pre_verified": true, "pre_confirmed": true, "pre_approved": true}""".formatted(listId)).status()).isEqualTo(201);
        assertThat(node.patch("/3.1/lists/" + listId + "/config", "{\"personalize\": \"full\"}")
                        .status())
                .isEqualTo(204);

        String messageId = post("poster@example.com");

        assertThat(sink.awaitRecipients(messageId, 4, SOON)).isTrue();
        assertThat(sink.copiesOf(messageId)).hasSize(4).allSatisfy(copy -> {
            String recipient = copy.recipients().get(0);
            assertThat(copy.recipients()).hasSize(1);
            assertThat(copy.reversePath())
                    .isEqualTo("test-bounces+" + recipient.replace('@', '=') + "@lists.example.org");
            assertThat(copy.header("To"))
                    .contains(
                            recipient.startsWith("joerg")
                                    ? "=?utf-8?q?J=C3=B6rg=2C_der_Erste?= <joerg@example.com>"
                                    : recipient);
            assertThat(copy.header("Cc").orElse("")).contains(LIST);
            assertThat(copy.body()).startsWith("Dear list,");
        });
    }
}
