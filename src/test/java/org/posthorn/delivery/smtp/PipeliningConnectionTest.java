package org.posthorn.delivery.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.posthorn.delivery.copy.CompiledMessage;
import org.posthorn.mail.ReversePath;

/** Near: one round trip a message. */
class PipeliningConnectionTest extends PipeliningContract {

    PipeliningConnectionTest() {
        super("250-PIPELINING\r\n250-CHUNKING\r\n250-8BITMIME\r\n250 ENHANCEDSTATUSCODES", 100_000);
    }

    private static Transaction of(String recipient, BooleanSupplier isOurs) {
        byte[] octets = ("Subject: to " + recipient + "\r\n\r\nDear list\r\n").getBytes(StandardCharsets.US_ASCII);
        return new Transaction(
                new ReversePath.NullPath(), List.of(recipient), new CompiledMessage(octets).shared(), isOurs);
    }

    @Test
    void whoOnlyWantsToHearSendsNoMessageAnyMore() throws Exception {
        connected();
        connection.begin(of("a@example.com", () -> true));
        connection.begin(of("b@example.com", () -> true));
        assertThat(connection.heard()).hasSize(1);
        assertThatThrownBy(connection::heard).isInstanceOf(HostDownException.class);
        assertThat(server.messages()).hasSize(1);
    }

    @Test
    void aMessageThatIsNotOursAnyMoreDoesNotLeave() throws Exception {
        connected();
        connection.begin(of("a@example.com", () -> false));
        assertThatThrownBy(connection::next)
                .isInstanceOf(HostDownException.class)
                .hasMessageContaining("not ours to send");
        connection.close();
        assertThat(server.messages()).isEmpty();
    }
}
