package org.posthorn.delivery.smtp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.posthorn.delivery.smtp.ScriptedSmtpServer.BREAK;
import static org.posthorn.delivery.smtp.ScriptedSmtpServer.HANG_UP;

import jakarta.mail.Session;
import java.io.IOException;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.posthorn.delivery.copy.CompiledMessage;
import org.posthorn.mail.EmailAddress;
import org.posthorn.mail.ReversePath;

class AngusConnectionTest {

    private static final ReversePath BOUNCES = new ReversePath.Mailbox(
            EmailAddress.parse("list-bounces@lists.example.org").orElseThrow());
    private static final String MAIL = "Subject: hello\r\n\r\nDear list\r\n";
    private static final List<String> THREE = List.of("a@example.com", "b@example.com", "c@example.com");

    private ScriptedSmtpServer server;
    private AngusConnection connection;

    @BeforeEach
    void listen() throws IOException {
        server = new ScriptedSmtpServer();
    }

    @AfterEach
    void close() throws IOException {
        if (connection != null) {
            connection.close();
        }
        server.close();
    }

    private AngusConnection connected(Session base) throws HostDownException {
        connection = AngusConnection.open(host(Tls.OPPORTUNISTIC, null, null), base);
        return connection;
    }

    private Endpoint host(Tls tls, String username, String password) {
        return new Endpoint("127.0.0.1", server.port(), tls, username, password, "node.example.org");
    }

    private AngusConnection connected() throws HostDownException {
        return connected(null);
    }

    private List<Fate> send(ReversePath reversePath, List<String> recipients, String octets) throws HostDownException {
        if (connection == null) {
            connected();
        }
        connection.begin(
                new Transaction(reversePath, recipients, new CompiledMessage(octets.getBytes(ISO_8859_1)).shared()));
        return connection.next();
    }

    private List<Fate> send() throws HostDownException {
        return send(BOUNCES, THREE, MAIL);
    }

    private static Fate.Delivered delivered() {
        return new Fate.Delivered("250 2.0.0 queued");
    }

    // What goes over the wire
    // ------------------------------------------------------------------------------------------

    @Test
    void theEnvelopeIsAsGivenAndTheServersWordsAreKept() throws Exception {
        assertThat(send()).containsExactly(delivered(), delivered(), delivered());
        assertThat(server.commands())
                .containsExactly(
                        "MAIL FROM:<list-bounces@lists.example.org> BODY=8BITMIME",
                        "RCPT TO:<a@example.com>",
                        "RCPT TO:<b@example.com>",
                        "RCPT TO:<c@example.com>",
                        "DATA");
    }

    @Test
    void theNullPathIsWrittenAsSuch() throws Exception {
        send(new ReversePath.NullPath(), THREE, MAIL);
        assertThat(server.commands().get(0)).startsWith("MAIL FROM:<> ");
    }

    @Test
    void aContainersSessionCannotReplaceTheReversePath() throws Exception {
        Properties properties = new Properties();
        properties.setProperty("mail.smtp.from", "admin@example.org");
        connected(Session.getInstance(properties));
        send();
        assertThat(server.commands().get(0)).startsWith("MAIL FROM:<list-bounces@lists.example.org>");
    }

    @Test
    void withoutEightBitMimeTheServerIsNotToldOfIt() throws Exception {
        server.offers("250 ENHANCEDSTATUSCODES");
        send();
        assertThat(server.commands().get(0)).isEqualTo("MAIL FROM:<list-bounces@lists.example.org>");
    }

    @Test
    void octetsGoAsTheyAreWithLeadingDotsDoubled() throws Exception {
        send(BOUNCES, THREE, "Subject: caf\u00e9\r\n\r\n.\r\n..two\r\n\u00ff\u0080 .x\r\n");
        assertThat(new String(server.messages().get(0), ISO_8859_1))
                .isEqualTo("Subject: caf\u00e9\r\n\r\n..\r\n...two\r\n\u00ff\u0080 .x\r\n");
    }

    @Test
    void aBareLineFeedCannotEndTheMessageEarly() throws Exception {
        send(BOUNCES, THREE, "Subject: x\n\nbefore\n.\nMAIL FROM:<evil@example.com>\n");
        assertThat(new String(server.messages().get(0), US_ASCII))
                .isEqualTo("Subject: x\r\n\r\nbefore\r\n..\r\nMAIL FROM:<evil@example.com>\r\n");
        assertThat(server.commands()).hasSize(5);
    }

    @Test
    void aMessageWithoutAFinalLineEndEndsWithOne() throws Exception {
        send(BOUNCES, THREE, "Subject: x\r\n\r\nlast");
        assertThat(new String(server.messages().get(0), US_ASCII)).endsWith("\r\nlast\r\n");
    }

    @Test
    void oneConnectionCarriesMessageAfterMessage() throws Exception {
        send();
        assertThat(send()).containsExactly(delivered(), delivered(), delivered());
        assertThat(server.messages()).hasSize(2);
    }

    // Replies
    // ----------------------------------------------------------------------------------------------------------

    @Test
    void eachRecipientHasItsOwnFate() throws Exception {
        server.says("RCPT TO:<a@", "450 4.2.0 greylisted");
        server.says("RCPT TO:<b@", "550 5.1.1 no such mailbox");
        assertThat(send())
                .containsExactly(
                        new Fate.Deferred("450 4.2.0 greylisted"),
                        new Fate.Refused("550 5.1.1 no such mailbox"),
                        delivered());
    }

    @Test
    void fatesKeepTheirCodesAndEnhancedStatus() throws Exception {
        server.says("RCPT TO:<b@", "550 5.1.1 no such mailbox");
        Fate fate = send().get(1);
        assertThat(fate.code()).isEqualTo(550);
        assertThat(fate.status().orElseThrow()).hasToString("5.1.1");
    }

    @Test
    void whereAllRecipientsAreRefusedNothingIsSentAndTheConnectionGoesOn() throws Exception {
        for (String recipient : THREE) {
            server.says("RCPT TO:<" + recipient, "550 5.1.1 no such mailbox");
        }
        assertThat(send()).hasSize(3).allMatch(fate -> fate instanceof Fate.Refused);
        assertThat(server.messages()).isEmpty();
        assertThat(send()).containsExactly(delivered(), delivered(), delivered());
    }

    @Test
    void aRefusedMessageIsNoWordAboutItsRecipients() throws Exception {
        server.says(".", "554 5.7.1 we think it is spam");
        assertThat(send()).hasSize(3).containsOnly(new Fate.PostRefused("554 5.7.1 we think it is spam"));
        assertThat(send()).containsExactly(delivered(), delivered(), delivered());
    }

    @Test
    void aRefusedMessageLeavesARefusedRecipientItsOwnFate() throws Exception {
        server.says("RCPT TO:<b@", "550 5.1.1 no such mailbox");
        server.says(".", "554 5.7.1 we think it is spam");
        Fate spam = new Fate.PostRefused("554 5.7.1 we think it is spam");
        assertThat(send()).containsExactly(spam, new Fate.Refused("550 5.1.1 no such mailbox"), spam);
    }

    @Test
    void aMessageThatIsNotTakenNowIsDeferredForAll() throws Exception {
        server.says(".", "451 4.3.0 try again");
        assertThat(send()).hasSize(3).containsOnly(new Fate.Deferred("451 4.3.0 try again"));
    }

    @Test
    void aRefusedSenderIsNoWordAboutTheRecipients() throws Exception {
        server.says("MAIL", "550 5.7.1 not from you");
        assertThat(send()).hasSize(3).containsOnly(new Fate.PostRefused("550 5.7.1 not from you"));
    }

    @Test
    void aSmarthostThatWantsUsToAuthenticateIsOfNoUseToAnyMessage() throws Exception {
        server.says("MAIL", "530 5.7.0 authentication required");
        assertThatThrownBy(this::send)
                .isInstanceOf(HostDownException.class)
                .hasMessageContaining("530 5.7.0 authentication required");
    }

    @Test
    void aRefusalOfDataDoesNotSpoilTheNextMessage() throws Exception {
        server.says("DATA", "554 5.7.1 not today");
        assertThat(send()).hasSize(3).containsOnly(new Fate.PostRefused("554 5.7.1 not today"));
        assertThat(send()).containsExactly(delivered(), delivered(), delivered());
    }

    // Connections that end
    // ---------------------------------------------------------------------------------------------

    private void assertThatTheHostIsGone() {
        assertThatThrownBy(this::send).isInstanceOf(HostDownException.class);
    }

    @Test
    void aServerThatHangsUpAtMailIsGone() {
        server.says("MAIL", HANG_UP);
        assertThatTheHostIsGone();
    }

    @Test
    void aServerThatClosesWith421AtMailIsGone() {
        server.says("MAIL", "421 4.3.2 shutting down");
        assertThatTheHostIsGone();
    }

    @Test
    void aServerThatClosesWith421AmongTheRecipientsIsGone() {
        server.says("RCPT TO:<b@", "421 4.3.2 shutting down");
        assertThatTheHostIsGone();
    }

    @Test
    void aServerThatClosesWith421AtTheLastRecipientIsGone() {
        server.says("RCPT TO:<c@", "421 4.3.2 shutting down");
        assertThatTheHostIsGone();
    }

    @Test
    void aServerThatClosesWith421AtTheOnlyRecipientIsGone() {
        server.says("RCPT TO:<a@", "421 4.3.2 shutting down");
        assertThatThrownBy(() -> send(BOUNCES, List.of("a@example.com"), MAIL)).isInstanceOf(HostDownException.class);
    }

    @Test
    void aServerThatClosesWith421AtDataIsGone() {
        server.says("DATA", "421 4.3.2 shutting down");
        assertThatTheHostIsGone();
    }

    @Test
    void aReplyThatIsLostAfterTheFinalDotIsNoReply() {
        server.says(".", HANG_UP);
        assertThatTheHostIsGone();
        assertThat(server.messages()).hasSize(1);
    }

    @Test
    void aReplyThatIsLostAfterTheFinalDotIsNoReplyThoughARecipientWasRefusedBefore() {
        server.says("RCPT TO:<a@", "450 4.2.0 greylisted");
        server.says(".", HANG_UP);
        assertThatTheHostIsGone();
    }

    // Connecting
    // -------------------------------------------------------------------------------------------------------

    @Test
    void aServerThatGreetsWithARefusalIsDown() {
        server.says("GREETING", "554 5.7.1 go away");
        assertThatThrownBy(this::connected)
                .isInstanceOf(HostDownException.class)
                .hasMessageContaining("554");
    }

    @Test
    void aPortThatNobodyListensOnIsDown() throws Exception {
        server.close();
        assertThatThrownBy(this::connected)
                .isInstanceOf(HostDownException.class)
                .hasMessageStartingWith("connecting: ");
    }

    @ParameterizedTest
    @EnumSource(
            value = Tls.class,
            names = {"OFF", "OPPORTUNISTIC", "REQUIRED"})
    void credentialsAreNeverSentInTheClear(Tls tls) {
        server.offers("250-AUTH PLAIN LOGIN\r\n250 ENHANCEDSTATUSCODES");
        assertThatThrownBy(() -> AngusConnection.open(host(tls, "user", "secret"), null))
                .isInstanceOf(HostDownException.class)
                .hasMessageContaining("STARTTLS");
        assertThat(server.commands()).noneMatch(command -> command.startsWith("AUTH"));
    }

    @Test
    void aLineThatWasLostAfterTheRefusalsIsNoFaultOfTheNextMessage() throws Exception {
        server.says("RCPT TO:<a@example.com>", "450 4.2.1 later");
        server.says("RSET", BREAK);
        assertThat(send(BOUNCES, List.of("a@example.com"), MAIL)).containsExactly(new Fate.Deferred("450 4.2.1 later"));

        assertThatThrownBy(this::send).isInstanceOf(HostDownException.class);
    }
}
