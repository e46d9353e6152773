package org.posthorn.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.posthorn.testing.Eventually;
import org.posthorn.testing.PackagedNode;
import org.posthorn.testing.Rest;
import org.posthorn.testing.SmtpSink;

/** A held post's notice, the reply to it, and what comes of it: all by mail, through LMTP and the sink. */
class ModerateByMailE2E {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String LIST = "test@lists.example.org";
    private static final String MEMBER = "ann@example.com";
    private static final String STRANGER = "stranger@example.net";
    private static final String FIRST = "first@example.com";
    private static final String SECOND = "second@example.com";
    private static final Pattern REPLY_TO =
            Pattern.compile("(?m)^Reply-To: (test-confirm\\+\\S+@lists\\.example\\.org)");

    @TempDir
    static Path folder;

    private static SmtpSink sink;
    private static PackagedNode node;

    @BeforeAll
    static void start() throws IOException {
        sink = new SmtpSink();
        node = new PackagedNode(
                        PackagedNode.Form.COMMAND, folder.resolve("home"), Map.of("POSTHORN_SMARTHOSTS", sink.url()))
                .start();
        node.makeList(LIST, List.of(MEMBER));
        for (String moderator : List.of(FIRST, SECOND)) {
            assertThat(rest().form(
                                    "POST",
                                    "/members",
                                    "list_id",
                                    "test.lists.example.org",
                                    "subscriber",
                                    moderator,
                                    "role",
                                    "moderator",
                                    "pre_verified",
                                    "true",
                                    "pre_confirmed",
                                    "true",
                                    "pre_approved",
                                    "true")
                            .status())
                    .isEqualTo(201);
        }
    }

    @AfterAll
    static void stop() throws Exception {
        node.close();
        sink.close();
    }

    private static Rest rest() {
        return new Rest("http://localhost:" + node.httpPort() + "/3.1", PackagedNode.USER, PackagedNode.PASSWORD);
    }

    private static SmtpSink.Received mailTo(String recipient, String words) {
        assertThat(Eventually.holds(SOON, () -> find(sink.received(), recipient, words) != null))
                .as("a mail to " + recipient + " with: " + words)
                .isTrue();
        return find(sink.received(), recipient, words);
    }

    private static SmtpSink.Received find(List<SmtpSink.Received> copies, String recipient, String words) {
        return copies.stream()
                .filter(copy -> copy.recipients().contains(recipient))
                .filter(copy -> copy.text().replaceAll("=\r?\n", "").contains(words))
                .findFirst()
                .orElse(null);
    }

    private static void reply(String from, String to, String body) throws IOException {
        String message = "From: " + from + "\r\nTo: " + to + "\r\nSubject: Re: awaits moderation\r\nMessage-ID: "
                + PackagedNode.newMessageId() + "\r\n\r\n" + body;
        assertThat(node.deliver(from, List.of(to), message))
                .singleElement()
                .asString()
                .startsWith("250");
    }

    private static void deliver(String subject, String messageId) {
        try {
            node.deliver(
                    STRANGER,
                    List.of(LIST),
                    "From: " + STRANGER + "\r\nTo: " + LIST + "\r\nSubject: " + subject + "\r\nMessage-ID: " + messageId
                            + "\r\n\r\nLook up.\r\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void replyToTheNoticeShouldPostAndTheSecondModeratorBeToldWhoWasFirst() throws Exception {
        String messageId = PackagedNode.newMessageId();
        deliver("A new comet", messageId);
        String notice = mailTo(FIRST, "A new comet").text();
        Matcher address = REPLY_TO.matcher(notice);
        assertThat(address.find()).as(notice).isTrue();
        assertThat(mailTo(SECOND, "A new comet").text()).contains(address.group(1));

        reply(FIRST, address.group(1), "accept\r\n\r\n> A message waits\r\n");

        assertThat(sink.awaitRecipients(messageId, 1, SOON)).isTrue();
        mailTo(FIRST, "You have accepted the message");
        assertThat(node.awaitState(messageId, "delivered", SOON)).isTrue();

        reply(SECOND, address.group(1), "discard\r\n");

        assertThat(mailTo(SECOND, "decided about already").text().replaceAll("=\r?\n", ""))
                .contains("What: accepted", "By: " + FIRST);
    }
}
