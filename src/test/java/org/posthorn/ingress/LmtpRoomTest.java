package org.posthorn.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.posthorn.ingress.room.Measured;
import org.posthorn.ingress.room.Shortage;
import org.posthorn.platform.metrics.Metric;
import org.posthorn.testing.LmtpClient;

/** What a client hears while there is no room for more mail. */
class LmtpRoomTest extends OverLmtp {

    @ParameterizedTest
    @EnumSource
    void mailShouldBeTurnedAwayWithAReasonAndTakenAgainOnTheSameConnection(Shortage shortage) throws IOException {
        long before = Metric.INGRESS_REFUSED.sum("reason", shortage.label());
        try (LmtpClient client = lmtp.client()) {
            Measured.closed(lmtp.room, shortage);

            assertThat(client.say("MAIL FROM:<ann@example.com>\r\n")).isEqualTo("452 4.3.1 " + shortage.text());
            assertThat(client.say("RCPT TO:<test@lists.example.org>\r\n")).startsWith("503");
            assertThat(client.say("MAIL FROM:<>\r\n")).startsWith("452 4.3.1 ");
            assertThat(Metric.INGRESS_REFUSED.sum("reason", shortage.label())).isEqualTo(before + 2);

            Measured.open(lmtp.room, shortage);
            assertThat(client.say("MAIL FROM:<ann@example.com>\r\n")).startsWith("250");
        }
    }

    @Test
    void pipelinedMailShouldBeTurnedAwayAsAWhole() throws IOException {
        Measured.closed(lmtp.room, Shortage.QUEUE);
        try (LmtpClient client = lmtp.client()) {
            assertThat(client.say(
                            "MAIL FROM:<ann@example.com>\r\nRCPT TO:<test@lists.example.org>\r\nDATA\r\nNOOP\r\n", 4))
                    .extracting(reply -> reply.substring(0, 3))
                    .containsExactly("452", "503", "503", "250");
        }
        assertThat(lmtp.taken.arrivals).isEmpty();
    }

    @Test
    void whatBecameTooMuchDuringDataShouldNotBeStored() throws IOException {
        try (LmtpClient client = lmtp.client()) {
            client.say(
                    "MAIL FROM:<ann@example.com>\r\nRCPT TO:<test@lists.example.org>\r\nRCPT TO:<other@lists.example.org>\r\nDATA\r\n",
                    4);
            client.send("Subject: x\r\n\r\nbody\r\n");
            Measured.closed(lmtp.room, Shortage.DISK);

            assertThat(client.say(".\r\n", 2)).allMatch(reply -> reply.startsWith("452 4.3.1 "));
            assertThat(lmtp.taken.arrivals).isEmpty();

            Measured.open(lmtp.room, Shortage.DISK);
            client.say("MAIL FROM:<ann@example.com>\r\nRCPT TO:<test@lists.example.org>\r\nDATA\r\n", 3);
            assertThat(client.say("Subject: x\r\n\r\nbody\r\n.\r\n")).startsWith("250");
        }
        assertThat(lmtp.taken.arrivals).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"MAIL FROM:<not an address>", "MAIL FROM:<ann@example.com> SIZE=99999999"})
    void whatCanNeverBeTakenShouldBeToldSoAtOnce(String command) throws IOException {
        Measured.closed(lmtp.room, Shortage.QUEUE);
        try (LmtpClient client = lmtp.client()) {
            assertThat(client.say(command + "\r\n")).startsWith("5");
        }
    }
}
