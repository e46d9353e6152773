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

/** Digests from outside: posts by LMTP, settings and sending by REST, mail at the smarthost. */
class DigestE2E {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String LIST = "ant@digest.example.com";
    private static final String PATH = "/lists/ant.digest.example.com";
    private static final String POSTER = "poster@example.net";
    private static final String PLAIN = "plain@example.net";
    private static final String MIME = "mime@example.net";

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
        made(rest.form("POST", "/domains", "mail_host", "digest.example.com"));
        made(rest.form("POST", "/lists", "fqdn_listname", LIST));
        done(rest.form("PATCH", PATH + "/config", "default_member_action", "accept", "digest_size_threshold", "2"));
        aMember(POSTER);
        done(rest.form("PATCH", aMember(PLAIN), "delivery_mode", "plaintext_digests"));
        done(rest.form("PATCH", aMember(MIME), "delivery_mode", "mime_digests"));
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
                "ant.digest.example.com",
                "subscriber",
                address,
                "pre_verified",
                "True",
                "pre_confirmed",
                "True",
                "pre_approved",
                "True",
                "send_welcome_message",
                "False");
        made(made);
        return made.header("Location").orElseThrow().replaceFirst("^.*/3\\.1", "");
    }

    private static void made(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
    }

    private static void done(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(204);
    }

    private static List<String> recipients(String subject) {
        return sink.received().stream()
                .filter(copy -> copy.header("Subject").orElse("").endsWith(subject))
                .flatMap(copy -> copy.recipients().stream())
                .sorted()
                .toList();
    }

    private static void post(String subject, String more) throws IOException {
        String message = PackagedNode.message(POSTER, LIST, subject, PackagedNode.newMessageId()) + more;
        node.deliver(POSTER, List.of(LIST), message);
    }

    @Test
    void aDigestShouldGoOutByItsSizeAndWhenItIsSent() throws IOException {
        post("Long story", "Once upon a time there was a mail.\r\n".repeat(100));
        assertThat(Eventually.holds(
                        SOON, () -> recipients("Ant Digest, Vol 1, Issue 1").equals(List.of(MIME, PLAIN))))
                .as(() -> "received: " + sink.received())
                .isTrue();
        assertThat(recipients("Long story")).containsExactly(POSTER);

        post("Short story", "");
        assertThat(Eventually.holds(
                        SOON, () -> rest.get(PATH + "/digest").json().getInt("collected_posts") == 1))
                .isTrue();
        Answer sent = rest.form("POST", PATH + "/digest", "send", "yes");
        assertThat(sent.status()).as(sent.body()).isEqualTo(202);
        assertThat(rest.get(PATH + "/digest").json().getInt("collected_posts")).isZero();
        assertThat(rest.get(PATH + "/digest").json().getInt("next_digest_number"))
                .isEqualTo(3);
        assertThat(Eventually.holds(
                        SOON, () -> recipients("Ant Digest, Vol 1, Issue 2").equals(List.of(MIME, PLAIN))))
                .as(() -> "received: " + sink.received())
                .isTrue();
        assertThat(recipients("Ant Digest, Vol 1, Issue 1")).as("once").hasSize(2);
    }
}
