package org.posthorn.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.posthorn.platform.DatabaseException;
import org.posthorn.testing.LmtpClient;

class LmtpDialogueTest extends OverLmtp {

    @Test
    void greetingShouldAnnounceWhatIsUnderstood() throws IOException {
        try (LmtpClient client = new LmtpClient(lmtp.server.port())) {
            assertThat(client.greeting()).startsWith("220 mx.example.org ");
            assertThat(client.say("LHLO client.example\r\n"))
                    .isEqualTo(
                            "250-mx.example.org\n250-PIPELINING\n250-8BITMIME\n250-SMTPUTF8\n250-SIZE 200000\n250 ENHANCEDSTATUSCODES");
        }
    }

    @Test
    void messageShouldBeTakenWithATraceFieldBeforeIt() throws IOException {
        try (LmtpClient client = lmtp.inData()) {
            assertThat(client.say("Subject: one\r\nMessage-ID: <1@example.com>\r\n\r\nbody\r\n.\r\n"))
                    .startsWith("250 2.0.0 Taken as ");
            assertThat(client.say("QUIT\r\n")).startsWith("221 2.0.0");
        }
        assertThat(lmtp.taken.messages.get(0))
                .matches(
                        "Received: from client\\.example \\(\\[127\\.0\\.0\\.1]\\)\\r\\n\\tby mx\\.example\\.org \\(Posthorn\\) with LMTP id [0-9a-z.]+;\\r\\n"
                                + "\\tSun, 22 Nov 2026 12:00:00 \\+0000\\r\\nSubject: one\\r\\nMessage-ID: <1@example\\.com>\\r\\n\\r\\nbody\\r\\n");
        Arrival arrival = lmtp.taken.arrivals.get(0);
        assertThat(arrival.sender()).isEqualTo("ann@example.com");
        assertThat(arrival.facts().messageId()).isEqualTo("<1@example.com>");
        assertThat(arrival.facts().subject()).isEqualTo("one");
        assertThat(arrival.message().sizeBytes())
                .isEqualTo(lmtp.taken.messages.get(0).length());
    }

    @Test
    void dataShouldGetOneReplyForEachAcceptedRecipientAndNoneForOthers() throws IOException {
        try (LmtpClient client = lmtp.client()) {
            List<String> replies = client.say(
                    "MAIL FROM:<>\r\nRCPT TO:<test@lists.example.org>\r\nRCPT TO:<nosuch@lists.example.org>\r\nRCPT TO:<other@lists.example.org>\r\nDATA\r\n",
                    5);
            assertThat(replies)
                    .extracting(reply -> reply.substring(0, 3))
                    .containsExactly("250", "250", "550", "250", "354");
            assertThat(client.say("x: y\r\n\r\n.\r\n", 2)).allMatch(reply -> reply.startsWith("250 "));
            assertThat(client.say("NOOP\r\n")).startsWith("250");
        }
        assertThat(lmtp.taken.arrivals.get(0).routes())
                .extracting(Route::listId)
                .containsExactly(1L, 2L);
        assertThat(lmtp.taken.arrivals.get(0).sender()).isEmpty();
    }

    @Test
    void pipelinedMessagesShouldBeAnsweredInOrder() throws IOException {
        try (LmtpClient client = lmtp.client()) {
            String envelope = "MAIL FROM:<ann@example.com>\r\nRCPT TO:<test@lists.example.org>\r\nDATA\r\n";
            List<String> replies =
                    client.say(envelope + "a: 1\r\n\r\n.\r\n" + envelope + "a: 2\r\n\r\n.\r\nQUIT\r\n", 9);
            assertThat(replies)
                    .extracting(reply -> reply.substring(0, 3))
                    .containsExactly("250", "250", "354", "250", "250", "250", "354", "250", "221");
        }
        assertThat(lmtp.taken.messages).hasSize(2);
    }

    @Test
    void whatIsNotStoredShouldBeAnsweredAsTheCommitterSays() throws IOException {
        lmtp.taken.answer = Reply.NO_ROOM;
        try (LmtpClient client = lmtp.inData()) {
            assertThat(client.say("a: b\r\n\r\n.\r\n")).isEqualTo("452 4.3.1 Short of storage: please try again later");
        }
    }

    @Test
    void recipientsThatCannotBeLookedUpShouldBeAskedForAgainLater() throws IOException {
        RecipientRouter away = recipient -> {
            throw new DatabaseException(new SQLException("gone", "08006"));
        };
        try (LmtpFixture broken = new LmtpFixture(folder.resolve("b"), limits -> limits, "127.0.0.0/8", away);
                LmtpClient client = broken.client()) {
            client.say("MAIL FROM:<>\r\n");
            assertThat(client.say("RCPT TO:<test@lists.example.org>\r\n")).startsWith("451 4.3.0");
        }
    }

    @Test
    void commandsOutOfOrderShouldBeRefused() throws IOException {
        try (LmtpClient client = new LmtpClient(lmtp.server.port())) {
            assertThat(client.say("MAIL FROM:<>\r\n")).startsWith("503 5.5.1");
            assertThat(client.say("LHLO\r\n")).startsWith("501");
            client.say("LHLO x\r\n");
            assertThat(client.say("DATA\r\n")).startsWith("503");
            assertThat(client.say("RCPT TO:<test@lists.example.org>\r\n")).startsWith("503");
            assertThat(client.say("MAIL FROM:<>\r\n")).startsWith("250");
            assertThat(client.say("MAIL FROM:<>\r\n")).startsWith("503");
            assertThat(client.say("DATA\r\n")).startsWith("503");
            assertThat(client.say("RSET\r\n")).startsWith("250");
            assertThat(client.say("RCPT TO:<test@lists.example.org>\r\n")).startsWith("503");
        }
    }

    @Test
    void smtpGreetingsAndWhatIsNotOfferedShouldBeRefusedAndTheConnectionStay() throws IOException {
        try (LmtpClient client = lmtp.client()) {
            for (String line : List.of(
                    "HELO x",
                    "EHLO x",
                    "XYZZY",
                    "",
                    "EXPN list",
                    "TURN",
                    "BDAT 6 LAST",
                    "\u00ff\u00fe",
                    "MAIL",
                    "RCPT TO")) {
                assertThat(client.say(line + "\r\n")).as(line).matches("5\\d\\d .*");
            }
            assertThat(client.say("VRFY root\r\n")).startsWith("252");
            assertThat(client.say("HELP\r\n")).startsWith("214");
            assertThat(client.say("NOOP\r\n")).startsWith("250");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "test@lists.example.org>\rDATA\r<",
                "\"test\rDATA\"@lists.example.org",
                "test\0@lists.example.org",
                "test@lists.example.org\0",
                "../../etc/passwd@lists.example.org",
                "test@lists.example.org@x",
                "@a,@b:test@lists.example.org%x",
                "|/bin/sh@lists.example.org",
                "test' OR '1'='1@lists.example.org",
                "test;DROP TABLE lists@lists.example.org",
                "*@lists.example.org",
                "%@lists.example.org",
                "tes_@lists.example.org",
                "-bounces@lists.example.org",
                "@lists.example.org",
                "test@",
                "test",
                "<test@lists.example.org",
                "test@[127.0.0.1]",
                "",
                "t\u00c3\u00a9st@lists.example.org",
                "t\u00e9st@lists.example.org",
                "test@lists.example.org>\nDATA"
            })
    void oddRecipientsShouldBeRefusedWithOneReply(String recipient) throws IOException {
        try (LmtpClient client = lmtp.client()) {
            client.say("MAIL FROM:<ann@example.com>\r\n");
            client.send("RCPT TO:<" + recipient + ">\r\nNOOP\r\n");
            String first = client.reply();
            assertThat(first).matches("5\\d\\d .*");
            if (recipient.contains("\n")) {
                assertThat(client.reply()).startsWith("500"); // a line of its own, and not obeyed
            }
            assertThat(client.reply()).startsWith("250");
        }
    }

    @Test
    void pathsShouldBeReadAsTheirSyntaxAllows() throws IOException {
        try (LmtpClient client = lmtp.client()) {
            assertThat(client.say("mail from: <\"a > b\"@example.com> BODY=8BITMIME SIZE=100\r\n"))
                    .startsWith("250");
            assertThat(client.say("rcpt to:<@relay.example,@b.example:TEST@LISTS.EXAMPLE.ORG>\r\n"))
                    .startsWith("250");
            assertThat(client.say("RCPT TO:<\"test\"@lists.example.org>\r\n")).startsWith("250");
            assertThat(client.say("RCPT TO:<test@lists.example.org> NOTIFY=NEVER\r\n"))
                    .startsWith("555");
        }
    }

    @Test
    void parametersShouldBeChecked() throws IOException {
        try (LmtpClient client = lmtp.client()) {
            assertThat(client.say("MAIL FROM:<a@example.com> SIZE=200001\r\n")).startsWith("552 5.3.4");
            assertThat(client.say("MAIL FROM:<a@example.com> SIZE=99999999999999999999\r\n"))
                    .startsWith("555");
            assertThat(client.say("MAIL FROM:<a@example.com> BODY=BINARYMIME\r\n"))
                    .startsWith("555 5.5.4");
            assertThat(client.say("MAIL FROM:<a@example.com> X=1\r\n")).startsWith("555");
            assertThat(client.say("MAIL FROM:<\u00c3\u00a9@example.com>\r\n")).startsWith("553 5.6.7");
            assertThat(client.say("MAIL FROM:<\u00c3\u00a9@example.com> SMTPUTF8\r\n"))
                    .startsWith("250");
            assertThat(client.say("RCPT TO:<t\u00c3\u00a9st@lists.example.org>\r\n"))
                    .startsWith("550 5.1.1");
        }
    }

    @Test
    void linesThatAreTooLongShouldBeSwallowedAndRefusedOnce() throws IOException {
        try (LmtpClient client = lmtp.client()) {
            assertThat(client.say("MAIL FROM:<" + "a".repeat(100_000) + "@example.com>\r\n"))
                    .startsWith("500");
            assertThat(client.say("x".repeat(100_000) + "\r\n")).startsWith("500");
            assertThat(client.say(" ".repeat(1_000_000) + "\r\n")).startsWith("500");
            assertThat(client.say("\0".repeat(100_000) + "\r\n")).startsWith("500");
            assertThat(client.say("NOOP\r\n")).startsWith("250");
        }
    }

    @Test
    void whoeverSendsOnlyRubbishShouldBeSentAway() throws IOException {
        try (LmtpClient client = lmtp.client()) {
            List<String> replies = client.say("XYZZY\r\n".repeat(51), 51);
            assertThat(replies.subList(0, 50)).allMatch(reply -> reply.startsWith("500"));
            assertThat(replies.get(50)).startsWith("421 4.7.0");
            assertThat(client.reply()).isEmpty();
        }
    }

    @Test
    void moreRecipientsThanThereMayBeShouldBeToldToComeAgain() throws IOException {
        try (LmtpClient client = lmtp.client()) {
            client.say("MAIL FROM:<>\r\n");
            List<String> replies = client.say("RCPT TO:<test@lists.example.org>\r\n".repeat(1001), 1001);
            assertThat(replies.subList(0, 1000)).allMatch(reply -> reply.startsWith("250"));
            assertThat(replies.get(1000)).startsWith("452 4.5.3");
        }
    }
}
