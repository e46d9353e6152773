package org.posthorn.delivery.smtp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Properties;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.posthorn.delivery.copy.CompiledMessage;
import org.posthorn.mail.ReversePath;
import org.posthorn.testing.CapturedLog;

/** STARTTLS, implicit TLS and AUTH of the pipelining transport. */
class ClientTlsTest {

    private static final String PASSWORD = "correct horse battery staple";
    private static final String OFFERS = "250-PIPELINING\r\n250-STARTTLS\r\n250-AUTH PLAIN LOGIN\r\n250 8BITMIME";
    private static final String LARGE = "Subject: large\r\n\r\n" + "a line of a large message\r\n".repeat(8_000);

    @TempDir
    static Path keys;

    private static TestKeys right;
    private static TestKeys wrongName;

    private ScriptedSmtpServer server;
    private PipeliningConnection connection;

    @BeforeAll
    static void makeKeys() throws Exception {
        right = TestKeys.of(keys, "ip:127.0.0.1");
        wrongName = TestKeys.of(keys, "dns:other.example");
    }

    @AfterEach
    void close() throws Exception {
        if (connection != null) {
            connection.close();
        }
        server.close();
    }

    private void serve(SSLContext tls, String offers) throws Exception {
        server = new ScriptedSmtpServer(tls);
        server.offers(offers);
    }

    private void connect(Tls tls, String user, SSLContext trusted, String... mechanisms) throws HostDownException {
        Endpoint endpoint =
                new Endpoint("127.0.0.1", server.port(), tls, user, user == null ? null : PASSWORD, "node.example.org");
        Patience patience = Patience.USUAL.withReplies(Duration.ofSeconds(5));
        connection = PipeliningConnection.open(
                endpoint,
                new Manner(
                        patience,
                        trusted == null ? ClientTls.USUAL : new ClientTls(trusted),
                        mechanisms.length == 0 ? Manner.USUAL.mechanisms() : List.of(mechanisms),
                        null));
    }

    private List<Fate> send(String octets) throws HostDownException {
        connection.begin(new Transaction(
                new ReversePath.NullPath(),
                List.of("a@example.com"),
                new CompiledMessage(octets.getBytes(UTF_8)).shared()));
        return connection.next();
    }

    private void assertThatMailGoes() throws HostDownException {
        for (int i = 0; i < 3; i++) {
            assertThat(send(LARGE)).containsExactly(new Fate.Delivered("250 2.0.0 queued"));
        }
        assertThat(server.taken())
                .hasSize(3)
                .allMatch(message -> message.octets().equals(LARGE));
    }

    // TLS
    // --------------------------------------------------------------------------------------------------------------

    @ParameterizedTest
    @EnumSource(
            value = Tls.class,
            names = {"OPPORTUNISTIC", "REQUIRED"})
    void mailGoesUnderTlsWhereItIsOffered(Tls tls) throws Exception {
        serve(right.server(), OFFERS);
        connect(tls, null, right.trusting());
        assertThatMailGoes();
        assertThat(connection.offer().encrypted()).isTrue();
        assertThat(server.inTheClear()).containsExactly("EHLO node.example.org", "STARTTLS");
        assertThat(server.hellos()).as("what was said before does not count").hasSize(2);
    }

    @Test
    void implicitTlsIsSpokenFromTheFirstOctet() throws Exception {
        serve(right.server(), OFFERS);
        server.speaksTlsAtOnce();
        connect(Tls.IMPLICIT, null, right.trusting());
        assertThatMailGoes();
        assertThat(server.inTheClear()).isEmpty();
        assertThat(server.commands()).doesNotContain("STARTTLS");
    }

    @Test
    void whereTlsIsOffNobodyIsAskedForIt() throws Exception {
        serve(right.server(), OFFERS);
        connect(Tls.OFF, null, right.trusting());
        assertThatMailGoes();
        assertThat(server.commands()).doesNotContain("STARTTLS");
    }

    @Test
    void whereTlsIsRequiredNothingGoesWithoutIt() throws Exception {
        serve(null, "250 PIPELINING");
        assertThatThrownBy(() -> connect(Tls.REQUIRED, null, null))
                .isInstanceOf(HostDownException.class)
                .hasMessageContaining("STARTTLS is required");
        assertThat(server.commands()).isEmpty();
    }

    @Test
    void whereTlsIsRequiredARefusalOfItIsTheEnd() throws Exception {
        serve(null, OFFERS);
        server.says("STARTTLS", "454 4.7.0 not now");
        assertThatThrownBy(() -> connect(Tls.REQUIRED, null, null))
                .isInstanceOf(HostDownException.class)
                .hasMessageContaining("454 4.7.0 not now");
        assertThat(server.commands()).containsExactly("STARTTLS");
    }

    @ParameterizedTest
    @EnumSource(
            value = Tls.class,
            names = {"REQUIRED", "IMPLICIT"})
    void aCertificateOfAnotherHostIsRefused(Tls tls) throws Exception {
        serve(wrongName.server(), OFFERS);
        if (tls == Tls.IMPLICIT) {
            server.speaksTlsAtOnce();
        }
        assertThatThrownBy(() -> connect(tls, null, wrongName.trusting()))
                .isInstanceOf(HostDownException.class)
                .hasMessageContaining("127.0.0.1");
        assertThat(server.commands()).noneMatch(command -> command.startsWith("MAIL"));
    }

    @ParameterizedTest
    @EnumSource(
            value = Tls.class,
            names = {"REQUIRED", "IMPLICIT"})
    void aCertificateOfSomebodyWhomWeDoNotTrustIsRefused(Tls tls) throws Exception {
        serve(right.server(), OFFERS);
        if (tls == Tls.IMPLICIT) {
            server.speaksTlsAtOnce();
        }
        assertThatThrownBy(() -> connect(tls, null, null)).isInstanceOf(HostDownException.class);
        assertThatThrownBy(() -> connect(tls, null, wrongName.trusting())).isInstanceOf(HostDownException.class);
    }

    @Test
    void opportunisticTlsTakesAnybodysCertificate() throws Exception {
        serve(wrongName.server(), OFFERS);
        connect(Tls.OPPORTUNISTIC, null, right.trusting());
        assertThatMailGoes();
        assertThat(server.inTheClear()).containsExactly("EHLO node.example.org", "STARTTLS");
    }

    @Test
    void aHostThatTheSessionTrustsIsTaken() throws Exception {
        serve(wrongName.server(), OFFERS);
        Properties properties = new Properties();
        properties.setProperty("mail.smtp.ssl.trust", "mail.example 127.0.0.1");
        Endpoint endpoint = new Endpoint("127.0.0.1", server.port(), Tls.REQUIRED, null, null, "node.example.org");
        connection = PipeliningConnection.open(endpoint, Manner.of(properties, "smtp"));
        assertThatMailGoes();
    }

    @Test
    void opportunisticTlsThatFailsIsDoneWithoutOnANewConnection() throws Exception {
        serve(null, OFFERS);
        server.says("STARTTLS", "220 2.0.0 go ahead, says who cannot");
        connect(Tls.OPPORTUNISTIC, null, null);
        assertThatMailGoes();
        assertThat(connection.offer().encrypted()).isFalse();
        assertThat(server.connections()).isEqualTo(2);
        assertThat(server.commands()).filteredOn("STARTTLS"::equals).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(
            value = Tls.class,
            names = {"OFF", "OPPORTUNISTIC", "REQUIRED"})
    void whereCredentialsGoTlsThatFailsIsTheEnd(Tls tls) throws Exception {
        serve(null, OFFERS);
        server.says("STARTTLS", "220 2.0.0 go ahead, says who cannot");
        assertThatThrownBy(() -> connect(tls, "user", null)).isInstanceOf(HostDownException.class);
        assertThat(server.connections()).isEqualTo(1);
        assertThat(server.commands()).noneMatch(command -> command.startsWith("AUTH"));
    }

    @Test
    void whatSomebodyPutsInBeforeTheHandshakeIsThrownAway() throws Exception {
        serve(right.server(), "250-STARTTLS\r\n250 PIPELINING");
        String injected = "250-injected.example\r\n250-STARTTLS\r\n250 AUTH PLAIN";
        server.says("STARTTLS", "220 2.0.0 go ahead\r\n" + injected + "\r\n250 2.1.0 ok");
        assertThatInjectionIsOfNoUse();
    }

    /** Either it was read with the reply and is thrown away, or TLS finds it where records should be and ends. */
    private void assertThatInjectionIsOfNoUse() throws Exception {
        try {
            connect(Tls.REQUIRED, null, right.trusting());
        } catch (HostDownException e) {
            return;
        }
        assertThat(connection.offer().encrypted()).isTrue();
        assertThat(server.hellos()).hasSize(2);
        assertThatMailGoes();
    }

    // AUTH
    // -------------------------------------------------------------------------------------------------------------

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
    }

    @Test
    void plainSaysWhoWeAreAtOnce() throws Exception {
        serve(right.server(), OFFERS);
        connect(Tls.REQUIRED, "user", right.trusting());
        assertThat(server.commands()).contains("AUTH PLAIN " + base64("\0user\0" + PASSWORD));
        assertThat(server.inTheClear()).containsExactly("EHLO node.example.org", "STARTTLS");
        assertThatMailGoes();
    }

    @Test
    void loginSaysWhoWeAreWhenAsked() throws Exception {
        serve(right.server(), "250-STARTTLS\r\n250 AUTH LOGIN");
        connect(Tls.REQUIRED, "user", right.trusting());
        assertThat(server.commands()).containsSubsequence("AUTH LOGIN", base64("user"), base64(PASSWORD));
        assertThatMailGoes();
    }

    @Test
    void xoauth2ShowsTheToken() throws Exception {
        serve(right.server(), "250-STARTTLS\r\n250 AUTH XOAUTH2");
        connect(Tls.REQUIRED, "user", right.trusting());
        assertThat(server.commands()).contains("AUTH XOAUTH2 " + base64("user=user\1auth=Bearer " + PASSWORD + "\1\1"));
        assertThatMailGoes();
    }

    @Test
    void aTokenThatIsRefusedIsRefusedAfterAnEmptyAnswer() throws Exception {
        serve(right.server(), "250-STARTTLS\r\n250 AUTH XOAUTH2");
        server.says("AUTH", "334 eyJzdGF0dXMiOiI0MDEifQ==");
        assertThatThrownBy(() -> connect(Tls.REQUIRED, "user", right.trusting()))
                .isInstanceOf(HostDownException.class)
                .hasMessage("connecting: AUTH: 535 5.7.8 no");
        assertThat(server.commands()).endsWith("");
    }

    @Test
    void theMechanismThatIsWantedIsTaken() throws Exception {
        serve(right.server(), "250-STARTTLS\r\n250 AUTH LOGIN PLAIN XOAUTH2");
        connect(Tls.REQUIRED, "user", right.trusting(), "XOAUTH2", "PLAIN");
        assertThat(server.commands()).anyMatch(command -> command.startsWith("AUTH XOAUTH2 "));
    }

    @Test
    void implicitTlsIsEnoughForCredentials() throws Exception {
        serve(right.server(), "250 AUTH PLAIN");
        server.speaksTlsAtOnce();
        connect(Tls.IMPLICIT, "user", right.trusting());
        assertThat(server.commands()).contains("AUTH PLAIN " + base64("\0user\0" + PASSWORD));
    }

    @ParameterizedTest
    @EnumSource(Tls.class)
    void credentialsGoToTheRightHostOnly(Tls tls) throws Exception {
        serve(wrongName.server(), OFFERS);
        if (tls == Tls.IMPLICIT) {
            server.speaksTlsAtOnce();
        }
        assertThatThrownBy(() -> connect(tls, "user", wrongName.trusting())).isInstanceOf(HostDownException.class);
        assertThat(server.commands()).noneMatch(command -> command.startsWith("AUTH"));
    }

    @ParameterizedTest
    @EnumSource(
            value = Tls.class,
            names = {"OFF", "OPPORTUNISTIC", "REQUIRED"})
    void credentialsNeverGoInTheClear(Tls tls) throws Exception {
        serve(null, "250-AUTH PLAIN LOGIN XOAUTH2\r\n250 PIPELINING");
        assertThatThrownBy(() -> connect(tls, "user", null))
                .isInstanceOf(HostDownException.class)
                .hasMessageContaining("STARTTLS");
        assertThat(server.commands()).isEmpty();
    }

    @Test
    void aServerWithoutAWayThatWeKnowIsDown() throws Exception {
        serve(right.server(), "250-STARTTLS\r\n250 AUTH CRAM-MD5");
        assertThatThrownBy(() -> connect(Tls.REQUIRED, "user", right.trusting()))
                .isInstanceOf(HostDownException.class)
                .hasMessageContaining("CRAM-MD5");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PLAIN", "LOGIN", "XOAUTH2"})
    void thePasswordIsInNoExceptionAndNoLog(String mechanism) throws Exception {
        List<String> secrets = List.of(
                PASSWORD,
                base64(PASSWORD),
                base64("\0user\0" + PASSWORD),
                base64("user=user\1auth=Bearer " + PASSWORD + "\1\1"));
        serve(right.server(), "250-STARTTLS\r\n250 AUTH " + mechanism);
        try (CapturedLog log = new CapturedLog()) {
            for (String secret : secrets) {
                for (String reply :
                        List.of("535 5.7.8 no such: " + secret, "what is " + secret, "501-" + secret + "\r\n501 x")) {
                    server.says("AUTH", reply);
                    assertThatThrownBy(() -> connect(Tls.REQUIRED, "user", right.trusting()))
                            .isInstanceOf(HostDownException.class)
                            .satisfies(e -> {
                                StringWriter trace = new StringWriter();
                                e.printStackTrace(new PrintWriter(trace));
                                assertThat(trace.toString()).doesNotContain(secrets);
                            });
                }
            }
            assertThat(log.lines()).noneMatch(line -> secrets.stream().anyMatch(line::contains));
        }
        assertThat(new Endpoint("h", 25, Tls.REQUIRED, "user", PASSWORD, "n"))
                .asString()
                .doesNotContain(PASSWORD);
    }

    @Test
    void aRefusalIsToldInTheServersWords() throws Exception {
        serve(right.server(), OFFERS);
        server.says("AUTH", "535 5.7.8 wrong, or expired");
        assertThatThrownBy(() -> connect(Tls.REQUIRED, "user", right.trusting()))
                .hasMessage("connecting: AUTH: 535 5.7.8 wrong, or expired");
    }
}
