package org.posthorn.delivery.smtp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import jakarta.mail.Address;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.Authenticator;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.PasswordAuthentication;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.URLName;
import jakarta.mail.event.TransportAdapter;
import jakarta.mail.event.TransportEvent;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.posthorn.testing.Eventually;

class PipeliningTransportTest {

    @TempDir
    Path keys;

    private final Properties properties = new Properties();
    private ScriptedSmtpServer server;

    @BeforeEach
    void listen() throws Exception {
        serve(new ScriptedSmtpServer());
    }

    private void serve(ScriptedSmtpServer wanted) {
        server = wanted;
        server.offers("250-PIPELINING\r\n250 8BITMIME");
        properties.setProperty("mail.posthorn.host", "127.0.0.1");
        properties.setProperty("mail.posthorn.port", Integer.toString(server.port()));
        properties.setProperty("mail.posthorn.localhost", "client.example.org");
        properties.setProperty("mail.transport.protocol", "posthorn");
        properties.setProperty("mail.transport.protocol.rfc822", "posthorn");
    }

    @AfterEach
    void close() throws Exception {
        server.close();
    }

    private MimeMessage message(Session session, String... to) throws MessagingException {
        MimeMessage message = new MimeMessage(session);
        message.setFrom(new InternetAddress("ann@example.org"));
        for (String each : to) {
            message.addRecipient(Message.RecipientType.TO, new InternetAddress(each));
        }
        message.addRecipient(Message.RecipientType.BCC, new InternetAddress("hidden@example.com"));
        message.setSubject("Gr\u00fc\u00dfe", "UTF-8");
        message.setText(".\r\ncaf\u00e9\r\n", "UTF-8");
        message.saveChanges();
        return message;
    }

    private static Address[] addresses(String... addresses) throws MessagingException {
        Address[] all = new Address[addresses.length];
        for (int i = 0; i < all.length; i++) {
            all[i] = new InternetAddress(addresses[i]);
        }
        return all;
    }

    @Test
    void aSessionFindsItByItsProtocolAndSends() throws Exception {
        Session session = Session.getInstance(properties);
        assertThat(session.getTransport()).isInstanceOf(PipeliningTransport.class);
        Transport.send(message(session, "bob@example.com"));
        assertThat(server.hellos()).containsExactly("EHLO client.example.org");
        ScriptedSmtpServer.Taken taken = server.taken().get(0);
        assertThat(taken.reversePath()).isEqualTo("ann@example.org");
        assertThat(taken.recipients()).containsExactly("bob@example.com", "hidden@example.com");
        assertThat(taken.octets())
                .contains("Subject: =?UTF-8?Q?")
                .contains("\r\n\r\n..\r\n")
                .doesNotContain("hidden");
    }

    @Test
    void itIsMadeDirectlyForASessionThatKnowsNothingOfIt() throws Exception {
        properties.setProperty("mail.smtp.from", "bounces@example.org");
        Session session = Session.getInstance(properties);
        URLName smtp = new URLName("smtp", "127.0.0.1", server.port(), null, null, null);
        try (Transport transport = new PipeliningTransport(session, smtp)) {
            transport.connect();
            assertThat(transport.isConnected()).isTrue();
            for (int i = 0; i < 3; i++) {
                transport.sendMessage(message(session), addresses("bob@example.com"));
            }
        }
        assertThat(server.taken())
                .hasSize(3)
                .allMatch(taken -> taken.reversePath().equals("bounces@example.org"));
        assertThat(server.connections()).isEqualTo(1);
    }

    @Test
    void whoWasSentToAndWhoWasNotIsTold() throws Exception {
        server.says("RCPT TO:<b@", "550 5.1.1 no such mailbox");
        server.says("RCPT TO:<c@", "450 4.2.0 greylisted");
        Session session = Session.getInstance(properties);
        BlockingQueue<TransportEvent> events = new LinkedBlockingQueue<>();
        try (Transport transport = session.getTransport()) {
            transport.addTransportListener(new TransportAdapter() {
                @Override
                public void messagePartiallyDelivered(TransportEvent event) {
                    events.add(event);
                }
            });
            transport.connect();
            SendFailedException failed = catchThrowableOfType(
                    SendFailedException.class,
                    () -> transport.sendMessage(
                            message(session), addresses("a@example.com", "b@example.com", "c@example.com")));
            assertThat(failed.getValidSentAddresses()).containsExactly(addresses("a@example.com"));
            assertThat(failed.getInvalidAddresses()).containsExactly(addresses("b@example.com"));
            assertThat(failed.getValidUnsentAddresses()).containsExactly(addresses("c@example.com"));
            assertThat(failed.getNextException()).hasMessage("b@example.com: 550 5.1.1 no such mailbox");
            assertThat(((MessagingException) failed.getNextException()).getNextException())
                    .hasMessage("c@example.com: 450 4.2.0 greylisted");
            assertThat(transport.isConnected()).isTrue();
            // Within, since a transport that is gone may take the thread that tells of events with it.
            TransportEvent event = events.poll(60, TimeUnit.SECONDS);
            assertThat(event.getValidSentAddresses()).containsExactly(addresses("a@example.com"));
        }
    }

    @Test
    void anAddressCannotEndItsCommand() throws Exception {
        Session session = Session.getInstance(properties);
        InternetAddress hostile = new InternetAddress();
        hostile.setAddress("a@example.com>\r\nRCPT TO:<b@example.com");
        try (Transport transport = session.getTransport()) {
            transport.connect();
            SendFailedException failed = catchThrowableOfType(
                    SendFailedException.class, () -> transport.sendMessage(message(session), new Address[] {hostile}));
            assertThat(failed.getInvalidAddresses()).containsExactly(hostile);
        }
        assertThat(server.commands()).noneMatch(command -> command.startsWith("RCPT"));
    }

    @Test
    void aLineThatIsLostLeavesItUnconnected() throws Exception {
        server.says(".", ScriptedSmtpServer.HANG_UP);
        Session session = Session.getInstance(properties);
        Transport transport = session.getTransport();
        transport.connect();
        SendFailedException failed = catchThrowableOfType(
                SendFailedException.class, () -> transport.sendMessage(message(session), addresses("a@example.com")));
        assertThat(failed.getValidUnsentAddresses()).containsExactly(addresses("a@example.com"));
        assertThat(transport.isConnected()).isFalse();
        assertThatThrownBy(() -> transport.sendMessage(message(session), addresses("a@example.com")))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aServerThatHangsUpWhileIdleIsSeen() throws Exception {
        Transport transport = Session.getInstance(properties).getTransport();
        transport.connect();
        assertThat(transport.isConnected()).isTrue();
        server.close();
        assertThat(Eventually.holds(Duration.ofSeconds(5), () -> !transport.isConnected()))
                .isTrue();
    }

    @Test
    void theSessionsTimeOutsCount() throws Exception {
        properties.setProperty("mail.posthorn.timeout", "200");
        server.says("MAIL", ScriptedSmtpServer.STALL);
        Session session = Session.getInstance(properties);
        Transport transport = session.getTransport();
        transport.connect();
        assertThatThrownBy(() -> transport.sendMessage(message(session), addresses("a@example.com")))
                .isInstanceOf(SendFailedException.class)
                .hasMessageContaining("did not answer in time");
    }

    @Test
    void nobodyThereIsAMessagingException() throws Exception {
        server.close();
        Transport transport = Session.getInstance(properties).getTransport();
        assertThatThrownBy(transport::connect)
                .isInstanceOf(MessagingException.class)
                .hasMessageStartingWith("connecting: ");
        assertThat(transport.isConnected()).isFalse();
    }

    @Test
    void credentialsGoUnderTlsToAHostThatTheSessionTrusts() throws Exception {
        server.close();
        serve(new ScriptedSmtpServer(TestKeys.of(keys, "dns:mail.example").server()));
        server.offers("250-STARTTLS\r\n250 AUTH PLAIN");
        properties.setProperty("mail.posthorn.auth", "true");
        properties.setProperty("mail.posthorn.ssl.trust", "127.0.0.1");
        Session session = Session.getInstance(properties, new Authenticator() {
            @Override
            protected PasswordAuthentication getPasswordAuthentication() {
                return new PasswordAuthentication("user", "secret");
            }
        });
        server.says("AUTH", "535 5.7.8 no");
        assertThatThrownBy(() -> session.getTransport().connect())
                .isInstanceOf(AuthenticationFailedException.class)
                .hasMessageContaining("535 5.7.8 no");
        try (Transport transport = session.getTransport()) {
            transport.connect();
            transport.sendMessage(message(session), addresses("a@example.com"));
        }
        assertThat(server.taken()).hasSize(1);
        assertThat(server.inTheClear()).isSubsetOf(List.of("EHLO client.example.org", "STARTTLS"));
    }

    @Test
    void whereTheServerTakesSevenBitsOnlyThatIsWhatItGets() throws Exception {
        server.offers("250 PIPELINING");
        Session session = Session.getInstance(properties);
        String eight = "From: ann@example.org\r\nSubject: x\r\nMIME-Version: 1.0\r\n"
                + "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\ncaf\u00e9";
        MimeMessage message = new MimeMessage(session, new ByteArrayInputStream(eight.getBytes(UTF_8)));
        try (Transport transport = session.getTransport()) {
            transport.connect();
            transport.sendMessage(message, addresses("a@example.com"));
        }
        assertThat(server.taken().get(0).octets()).endsWith("Encoding: quoted-printable\r\n\r\ncaf=C3=A9\r\n");
    }
}
