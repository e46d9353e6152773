package org.posthorn.delivery.smtp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;
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
import org.junit.jupiter.params.provider.ValueSource;
import org.posthorn.delivery.copy.CompiledMessage;
import org.posthorn.mail.EmailAddress;
import org.posthorn.mail.ReversePath;

/** What every way to speak to a smarthost holds to. */
abstract class HostConnectionContract {

    static final ReversePath BOUNCES = new ReversePath.Mailbox(
            EmailAddress.parse("list-bounces@lists.example.org").orElseThrow());
    static final String MAIL = "Subject: hello\r\n\r\nDear list\r\n";
    static final List<String> THREE = List.of("a@example.com", "b@example.com", "c@example.com");

    ScriptedSmtpServer server;
    HostConnection connection;

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

    /** @param base the container's session, or null */
    abstract HostConnection open(Endpoint endpoint, Session base) throws HostDownException;

    /** Whether messages go by DATA, so that dots are doubled. */
    boolean speaksData() {
        return true;
    }

    final HostConnection connected(Session base) throws HostDownException {
        connection = open(host(Tls.OPPORTUNISTIC, null, null), base);
        return connection;
    }

    final HostConnection connected() throws HostDownException {
        return connected(null);
    }

    final Endpoint host(Tls tls, String username, String password) {
        return new Endpoint("127.0.0.1", server.port(), tls, username, password, "node.example.org");
    }

    final List<Fate> send(ReversePath reversePath, List<String> recipients, String octets) throws HostDownException {
        if (connection == null) {
            connected();
        }
        connection.begin(
                new Transaction(reversePath, recipients, new CompiledMessage(octets.getBytes(ISO_8859_1)).shared()));
        return connection.next();
    }

    final List<Fate> send() throws HostDownException {
        return send(BOUNCES, THREE, MAIL);
    }

    static Fate.Delivered delivered() {
        return new Fate.Delivered("250 2.0.0 queued");
    }

    // What goes over the wire
    // ------------------------------------------------------------------------------------------

    @Test
    void theEnvelopeIsAsGivenAndTheServersWordsAreKept() throws Exception {
        assertThat(send()).containsExactly(delivered(), delivered(), delivered());
        assertThat(server.commands())
                .satisfies(commands ->
                        assertThat(commands.get(0)).startsWith("MAIL FROM:<list-bounces@lists.example.org>"))
                .containsSubsequence("RCPT TO:<a@example.com>", "RCPT TO:<b@example.com>", "RCPT TO:<c@example.com>");
    }

    @Test
    void theNullPathIsWrittenAsSuch() throws Exception {
        send(new ReversePath.NullPath(), THREE, MAIL);
        assertThat(server.commands().get(0)).startsWith("MAIL FROM:<>");
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
    void aMessageLargerThanTheServerTakesIsNotSent() throws Exception {
        server.offers("250-8BITMIME\r\n250 SIZE 1000");
        String large = MAIL + "x".repeat(1000) + "\r\n";
        assertThat(send(BOUNCES, THREE, large))
                .hasSize(3)
                .allMatch(
                        fate -> fate instanceof Fate.PostRefused && fate.reply().startsWith("552 5.3.4 "));
        assertThat(server.commands()).isEmpty();
        assertThat(send()).containsExactly(delivered(), delivered(), delivered());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a@example.com>\r\nDATA",
                "a@example.com\r\nRCPT TO:<b@example.com",
                "a@example.com\n",
                "a\u0000@example.com",
                "<a@example.com",
                "a@example.com> NOTIFY=NEVER",
                ""
            })
    void anAddressCannotEndItsCommand(String hostile) throws Exception {
        assertThat(send(BOUNCES, List.of("a@example.com", hostile, "c@example.com"), MAIL))
                .containsExactly(
                        delivered(),
                        new Fate.Refused("501 5.1.3 not an address that can be written to RCPT"),
                        delivered());
        assertThat(server.commands())
                .filteredOn(command -> command.startsWith("RCPT"))
                .containsExactly("RCPT TO:<a@example.com>", "RCPT TO:<c@example.com>");
    }

    @Test
    void anEndlessAddressIsNotWritten() throws Exception {
        assertThat(send(BOUNCES, List.of("a".repeat(100_000) + "@example.com"), MAIL))
                .containsExactly(new Fate.Refused("501 5.1.3 not an address that can be written to RCPT"));
    }

    @Test
    void aDomainInAnotherScriptGoesAsALabels() throws Exception {
        assertThat(send(BOUNCES, List.of("a@b\u00fccher.example"), MAIL)).containsExactly(delivered());
        assertThat(server.commands().get(0)).doesNotContain("SMTPUTF8");
        assertThat(server.commands()).contains("RCPT TO:<a@xn--bcher-kva.example>");
    }

    @Test
    void withoutSmtpUtf8WhoNeedsItIsNotServedHereAndTheOthersAre() throws Exception {
        assertThat(send(BOUNCES, List.of("a@example.com", "j\u00fcrgen@example.com", "c@example.com"), MAIL))
                .containsExactly(
                        delivered(),
                        new Fate.PostRefused(
                                "550 5.6.7 the address needs SMTPUTF8, which the smarthost does not offer"),
                        delivered());
    }

    @Test
    void octetsGoAsTheyAreWithLeadingDotsDoubled() throws Exception {
        send(BOUNCES, THREE, "Subject: caf\u00e9\r\n\r\n.\r\n..two\r\n\u00ff\u0080 .x\r\n");
        assertThat(new String(server.messages().get(0), ISO_8859_1))
                .isEqualTo(
                        speaksData()
                                ? "Subject: caf\u00e9\r\n\r\n..\r\n...two\r\n\u00ff\u0080 .x\r\n"
                                : "Subject: caf\u00e9\r\n\r\n.\r\n..two\r\n\u00ff\u0080 .x\r\n");
    }

    @Test
    void aBareLineFeedCannotEndTheMessageEarly() throws Exception {
        send(BOUNCES, THREE, "Subject: x\n\nbefore\n.\nMAIL FROM:<evil@example.com>\n");
        assertThat(new String(server.messages().get(0), US_ASCII))
                .isEqualTo("Subject: x\r\n\r\nbefore\r\n" + (speaksData() ? ".." : ".")
                        + "\r\nMAIL FROM:<evil@example.com>\r\n");
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
        assertThat(send()).hasSize(3).containsOnly(new Fate.PostDeferred("451 4.3.0 try again"));
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
        assumeThat(speaksData()).isTrue();
        server.says("DATA", "554 5.7.1 not today");
        assertThat(send()).hasSize(3).containsOnly(new Fate.PostRefused("554 5.7.1 not today"));
        assertThat(send()).containsExactly(delivered(), delivered(), delivered());
    }

    // Connections that end
    // ---------------------------------------------------------------------------------------------

    final void assertThatTheHostIsGone() {
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
        assumeThat(speaksData()).isTrue();
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
        assertThatThrownBy(() -> open(host(tls, "user", "secret"), null))
                .isInstanceOf(HostDownException.class)
                .hasMessageContaining("STARTTLS");
        assertThat(server.commands()).noneMatch(command -> command.startsWith("AUTH"));
    }

    @Test
    void withoutEightBitMimeOctetsGoInSevenBitsWhereTheyMay() throws Exception {
        server.offers(server.offered().replace("250-8BITMIME\r\n", ""));
        String head = "Subject: x\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=iso-8859-1\r\n"
                + "Content-Transfer-Encoding: ";
        assertThat(send(BOUNCES, THREE, head + "8bit\r\n\r\ncaf\u00e9\r\n"))
                .containsExactly(delivered(), delivered(), delivered());
        assertThat(new String(server.messages().get(0), ISO_8859_1))
                .isEqualTo(head + "quoted-printable\r\n\r\ncaf=E9\r\n");
        assertThat(server.commands().get(0)).doesNotContain("8BITMIME");
    }

    @Test
    void withoutEightBitMimeWhatIsSignedIsNotTouchedAndGoesByAnother() throws Exception {
        server.offers(server.offered().replace("250-8BITMIME\r\n", ""));
        String signed = "MIME-Version: 1.0\r\nContent-Type: multipart/signed; boundary=s\r\n\r\n--s\r\n"
                + "Content-Transfer-Encoding: 8bit\r\n\r\ncaf\u00e9\r\n--s--\r\n";
        assertThat(send(BOUNCES, THREE, signed))
                .hasSize(3)
                .allMatch(
                        fate -> fate instanceof Fate.PostRefused && fate.reply().startsWith("554 5.6.3 "));
        assertThat(server.messages()).isEmpty();
        assertThat(send()).containsExactly(delivered(), delivered(), delivered());
    }
}
