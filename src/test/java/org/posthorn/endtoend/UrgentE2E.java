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
import org.posthorn.testing.Eventually;
import org.posthorn.testing.PackagedNode;
import org.posthorn.testing.Rest;
import org.posthorn.testing.Rest.Answer;
import org.posthorn.testing.SmtpSink;

/** Urgent posts from outside: by LMTP, with the list's password and with another. */
class UrgentE2E {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String LIST = "ant@urgent.example.com";
    private static final String SECRET = "s3same-open";
    private static final String POSTER = "poster@example.net";
    private static final String DIGESTS = "digests@example.net";

    @TempDir
    static Path folder;

    private static SmtpSink sink;
    private static PackagedNode node;
    private static Rest rest;

    @BeforeAll
    static void startNode() throws IOException {
        sink = new SmtpSink();
        node = new PackagedNode(
                        PackagedNode.Form.COMMAND, folder.resolve("home"), Map.of("POSTHORN_SMARTHOSTS", sink.url()))
                .start();
        rest = new Rest("http://127.0.0.1:" + node.httpPort() + "/3.1", PackagedNode.USER, PackagedNode.PASSWORD);
        made(rest.form("POST", "/domains", "mail_host", "urgent.example.com"));
        made(rest.form("POST", "/lists", "fqdn_listname", LIST));
        done(rest.form(
                "PATCH",
                "/lists/ant.urgent.example.com/config",
                "default_member_action",
                "accept",
                "moderator_password",
                SECRET));
        aMember(POSTER);
        done(rest.form("PATCH", aMember(DIGESTS), "delivery_mode", "plaintext_digests"));
    }

    @AfterAll
    static void stopNode() throws Exception {
        node.close();
        sink.close();
    }

    private static String aMember(String address) {
        Answer made = rest.form(
                "POST",
                "/members",
                "list_id",
                "ant.urgent.example.com",
                "subscriber",
                address,
                "pre_verified",
                "True",
                "pre_confirmed",
                "True",
                "pre_approved",
                "True");
        made(made);
        return made.header("Location").orElseThrow().replaceFirst("^.*/3\\.1", "");
    }

    private static void made(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
    }

    private static void done(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(204);
    }

    /** @return the post's Message-ID */
    private static String post(String subject, String fields) throws IOException {
        String messageId = PackagedNode.newMessageId();
        node.deliver(POSTER, List.of(LIST), fields + PackagedNode.message(POSTER, LIST, subject, messageId));
        return messageId;
    }

    private static List<SmtpSink.Received> copies(String subject) {
        return sink.received().stream()
                .filter(copy -> copy.header("Subject").orElse("").endsWith(subject))
                .toList();
    }

    private static List<String> recipients(List<SmtpSink.Received> copies) {
        return copies.stream().flatMap(copy -> copy.recipients().stream()).toList();
    }

    @Test
    void anUrgentPostShouldGoToThoseWithDigestsOnlyWithThePassword() throws IOException {
        assertThat(node.awaitState(post("Water rises", "Urgent: " + SECRET + "\r\n"), "delivered", SOON))
                .isTrue();
        assertThat(recipients(copies("Water rises"))).containsExactlyInAnyOrder(POSTER, DIGESTS);
        assertThat(copies("Water rises"))
                .allSatisfy(copy -> assertThat(copy.header("Urgent")).isEmpty());

        assertThat(node.awaitState(post("Water falls", ""), "delivered", SOON)).isTrue();
        assertThat(recipients(copies("Water falls"))).containsExactly(POSTER);

        String refused = post("Water boils", "Urgent: s3same-opem\r\n");
        assertThat(node.awaitState(refused, "rejected", SOON)).isTrue();
        assertThat(Eventually.holds(
                        SOON,
                        () -> sink.received().stream()
                                .map(copy ->
                                        copy.text().replaceAll("=?\\r?\\n", " ").replaceAll("\\s+", " "))
                                .anyMatch(text ->
                                        text.contains("not authorized for delivery") && !text.contains("s3same"))))
                .isTrue();
        assertThat(copies("Water boils")).isEmpty();
    }
}
