package org.posthorn.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.posthorn.testing.LmtpClient;

class LmtpDataTest extends OverLmtp {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\n.\n",
                "\n.\r\n",
                "\r\n.\n",
                "\r\n.\r",
                "\r.\r",
                "\r.\r\n",
                "\r\n.\0\r\n",
                "\r\n\0.\r\n",
                "\r\n.\r\r\n",
                "\r\r\n.\r\r\n",
                "\n.\r\r\n"
            })
    void nothingButCrLfDotCrLfShouldEndAMessage(String end) throws IOException {
        try (LmtpClient client = lmtp.inData()) {
            client.send(
                    "Subject: outer\r\n\r\nbody" + end
                            + "MAIL FROM:<a@example.com>\r\nRCPT TO:<test@lists.example.org>\r\nDATA\r\nSubject: smuggled\r\n\r\n.\r\nQUIT\r\n");
            assertThat(client.rest())
                    .hasSize(2)
                    .satisfiesExactly(
                            reply -> assertThat(reply).startsWith("550 5.6.0"),
                            reply -> assertThat(reply).startsWith("221"));
        }
        assertThat(lmtp.taken.messages).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\r\n\r\n\r\n",
                "",
                "..\r\n",
                ":\r\n::\r\n: :\r\n\r\n:\r\n",
                " folded from nothing\r\n",
                "X-\u00ff\u00fe: \u0080\r\nSubject: \u00ff\r\n\r\n\u00c3\u0028\r\n"
            })
    void malformedMessagesShouldBeTakenAsTheyAre(String message) throws IOException {
        try (LmtpClient client = lmtp.inData()) {
            assertThat(client.say(message + ".\r\n")).startsWith("250");
        }
        assertThat(lmtp.taken.message()).isEqualTo(message.replace("..", "."));
    }

    @Test
    void dotsShouldBeUnstuffedAtLineStartsOnly() throws IOException {
        try (LmtpClient client = lmtp.inData()) {
            client.say("a: b\r\n\r\n..\r\n...x\r\na..b\r\n.c\r\n.\r\n");
        }
        assertThat(lmtp.taken.message()).isEqualTo("a: b\r\n\r\n.\r\n..x\r\na..b\r\nc\r\n");
    }

    @Test
    void lineOf998OctetsShouldPassAndOneMoreShouldNot() throws IOException {
        try (LmtpClient client = lmtp.inData()) {
            assertThat(client.say("a: b\r\n\r\n." + ".".repeat(998) + "\r\n.\r\n"))
                    .startsWith("250");
        }
        try (LmtpClient client = lmtp.inData()) {
            assertThat(client.say("a: b\r\n\r\n" + "x".repeat(999) + "\r\n.\r\n"))
                    .startsWith("550 5.6.0");
        }
    }

    @Test
    void messageAboveTheLimitShouldBeReadToItsEndAndRefused() throws IOException {
        try (LmtpClient client = lmtp.inData()) {
            assertThat(client.say("a: b\r\n\r\n" + ("z".repeat(98) + "\r\n").repeat(2100) + ".\r\n"))
                    .startsWith("552 5.3.4");
            assertThat(client.say("NOOP\r\n")).startsWith("250");
        }
        assertThat(spooled()).isEmpty();
    }

    @Test
    void whoeverNeverEndsAMessageShouldBeCutOff() throws IOException {
        try (LmtpClient client = lmtp.inData()) {
            String line = "z".repeat(998) + "\r\n";
            for (int i = 0; i < 6; i++) {
                client.send(line.repeat(1000));
            }
            assertThat(client.reply()).startsWith("421");
        }
    }

    @Test
    void largeMessageShouldWaitInAFileThatOnlyTheOwnerCanReadAndThatIsGoneAfterwards() throws Exception {
        String body = ("0123456789".repeat(9) + "\r\n").repeat(1500);
        try (LmtpClient client = lmtp.inData()) {
            client.send("a: b\r\n\r\n" + body);
            client.send("x".repeat(100));
            // The server has read at least what it answers after.
            assertThat(client.say("\r\n.\r\n")).startsWith("250");
        }
        assertThat(lmtp.taken.message()).isEqualTo("a: b\r\n\r\n" + body + "x".repeat(100) + "\r\n");
        byte[] sha256 = MessageDigest.getInstance("SHA-256")
                .digest(lmtp.taken.messages.get(0).getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
        assertThat(lmtp.taken.arrivals.get(0).message().sha256()).isEqualTo(sha256);
        assertThat(spooled()).isEmpty();
    }

    @Test
    void lostConnectionShouldLeaveNothing() throws IOException {
        try (LmtpClient client = lmtp.inData()) {
            client.send("a: b\r\n\r\n" + ("z".repeat(98) + "\r\n").repeat(1000));
        }
        lmtp.close();
        assertThat(lmtp.taken.messages).isEmpty();
        assertThat(spooled()).isEmpty();
    }

    @Test
    void leftoversOfACrashShouldBeRemovedAtStart() throws IOException {
        Path other = folder.resolve("other");
        Files.createDirectories(other);
        Files.writeString(other.resolve("1.spool"), "left over");
        new LmtpFixture(other).close();
        assertThat(other.resolve("1.spool")).doesNotExist();
    }

    @Test
    void mailLoopShouldBeRefusedAtTheFiftyFirstHop() throws IOException {
        try (LmtpClient client = lmtp.inData()) {
            assertThat(client.say("Received: x\r\n".repeat(50) + "a: b\r\n\r\nReceived: no field\r\n.\r\n"))
                    .startsWith("250");
        }
        try (LmtpClient client = lmtp.inData()) {
            assertThat(client.say("Received: x\r\n\ty\r\n".repeat(51) + "a: b\r\n\r\n.\r\n"))
                    .startsWith("554 5.4.6");
        }
    }

    @Test
    void headerThatNobodyWouldReadWholeShouldBeRefused() throws IOException {
        try (LmtpClient client = lmtp.inData()) {
            assertThat(client.say("X: y\r\n".repeat(19_999) + "\r\nX: no field\r\n.\r\n"))
                    .startsWith("250");
        }
        try (LmtpClient client = lmtp.inData()) {
            assertThat(client.say("X: y\r\n".repeat(20_000) + "\r\n.\r\n")).startsWith("552 5.3.4");
        }
    }

    @Test
    void mailboxLineShouldBeTakenOff() throws IOException {
        try (LmtpClient client = lmtp.inData()) {
            client.say("From ann@example.com Sun Nov 22 12:00:00 2026\r\nMessage-ID: <x@y>\r\n\r\n.\r\n");
        }
        assertThat(lmtp.taken.message()).isEqualTo("Message-ID: <x@y>\r\n\r\n");
        assertThat(lmtp.taken.arrivals.get(0).facts().messageId()).isEqualTo("<x@y>");
    }

    private Stream<Path> spooled() throws IOException {
        return Files.list(folder).filter(file -> file.toString().endsWith(".spool"));
    }
}
