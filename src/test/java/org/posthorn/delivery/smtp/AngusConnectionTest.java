package org.posthorn.delivery.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.posthorn.delivery.smtp.ScriptedSmtpServer.BREAK;

import jakarta.mail.Session;
import java.util.List;
import org.junit.jupiter.api.Test;

class AngusConnectionTest extends HostConnectionContract {

    @Override
    HostConnection open(Endpoint endpoint, Session base) throws HostDownException {
        return AngusConnection.open(endpoint, base);
    }

    @Test
    void itSaysThatAnyOctetMayCome() throws Exception {
        send();
        assertThat(server.commands().get(0)).isEqualTo("MAIL FROM:<list-bounces@lists.example.org> BODY=8BITMIME");
    }

    @Test
    void aLineThatWasLostAfterTheRefusalsIsNoFaultOfTheNextMessage() throws Exception {
        server.says("RCPT TO:<a@example.com>", "450 4.2.1 later");
        server.says("RSET", BREAK);
        assertThat(send(BOUNCES, List.of("a@example.com"), MAIL)).containsExactly(new Fate.Deferred("450 4.2.1 later"));

        assertThatThrownBy(this::send).isInstanceOf(HostDownException.class);
    }
}
