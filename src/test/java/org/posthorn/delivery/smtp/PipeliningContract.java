package org.posthorn.delivery.smtp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.posthorn.delivery.smtp.ScriptedSmtpServer.BABBLE;
import static org.posthorn.delivery.smtp.ScriptedSmtpServer.BREAK;
import static org.posthorn.delivery.smtp.ScriptedSmtpServer.HANG_UP;
import static org.posthorn.delivery.smtp.ScriptedSmtpServer.STALL;

import jakarta.mail.Session;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.posthorn.delivery.copy.CompiledMessage;
import org.posthorn.testing.Eventually;

/** Of each way in which it speaks: what all hold to, and what goes over the line while nobody waits. */
abstract class PipeliningContract extends HostConnectionContract {

    private static final Manner HASTY = new Manner(
            new Patience(
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(5),
                    Duration.ofMillis(300),
                    Duration.ofMillis(300),
                    Duration.ofMillis(300),
                    Duration.ofMillis(300),
                    Duration.ofMillis(300),
                    Duration.ofMillis(300)),
            ClientTls.USUAL,
            List.of("PLAIN"),
            null);

    private final String extensions;
    private final long roundTripNanos;

    PipeliningContract(String extensions, long roundTripNanos) {
        this.extensions = extensions;
        this.roundTripNanos = roundTripNanos;
    }

    @BeforeEach
    void offer() {
        server.offers(extensions);
    }

    private boolean isFar() {
        return roundTripNanos > 1_000_000;
    }

    @Override
    boolean speaksData() {
        return !isFar();
    }

    private boolean isLockStep() {
        return !extensions.contains("PIPELINING");
    }

    @Override
    HostConnection open(Endpoint endpoint, Session base) throws HostDownException {
        return open(endpoint, base == null ? Manner.USUAL : Manner.of(base.getProperties(), "smtp"));
    }

    private HostConnection open(Endpoint endpoint, Manner manner) throws HostDownException {
        Greeting.Ready ready = Greeting.exchange(endpoint, manner);
        return new PipeliningConnection(
                new Greeting.Ready(ready.wire(), ready.extensions(), roundTripNanos), manner.patience());
    }

    /** Hasty only once connected, lest a busy machine counts as a server that says nothing. */
    private void connectHastily() throws HostDownException {
        Patience first = HASTY.patience().withReplies(Duration.ofSeconds(20));
        Greeting.Ready ready = Greeting.exchange(
                host(Tls.OPPORTUNISTIC, null, null), new Manner(first, HASTY.tls(), HASTY.mechanisms(), null));
        connection = new PipeliningConnection(
                new Greeting.Ready(ready.wire(), ready.extensions(), roundTripNanos), HASTY.patience());
    }

    private static Transaction to(List<String> recipients, String octets) {
        return new Transaction(BOUNCES, recipients, new CompiledMessage(octets.getBytes(ISO_8859_1)).shared());
    }

    private static Transaction to(String recipient) {
        return to(List.of(recipient), "Subject: to " + recipient + "\r\n\r\nDear list\r\n");
    }

    /** As many as the window takes, and all their fates; ends at the first that nobody knows. */
    private List<Fate> sendAll(List<Transaction> transactions) throws HostDownException {
        if (connection == null) {
            connected();
        }
        List<Fate> fates = new ArrayList<>();
        for (Transaction transaction : transactions) {
            if (connection.underWay() == connection.window()) {
                fates.addAll(connection.next());
            }
            connection.begin(transaction);
        }
        while (connection.underWay() > 0) {
            fates.addAll(connection.next());
        }
        return fates;
    }

    private static List<Transaction> ten() {
        List<Transaction> transactions = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            transactions.add(to("r" + i + "@example.com"));
        }
        return transactions;
    }

    // Windows
    // ----------------------------------------------------------------------------------------------------------

    @Test
    void theWindowIsAsTheServerAndTheDistanceWantIt() throws Exception {
        connected();
        assertThat(connection.window()).isEqualTo(isLockStep() ? 1 : isFar() ? 100 : 2);
    }

    @Test
    void eachOfManyTransactionsHasItsOwnFate() throws Exception {
        server.says("RCPT TO:<r3@", "450 4.2.0 greylisted");
        server.says("RCPT TO:<r5@", "550 5.1.1 no such mailbox");
        List<Fate> fates = sendAll(ten());
        for (int i = 0; i < 10; i++) {
            Fate expected = i == 3
                    ? new Fate.Deferred("450 4.2.0 greylisted")
                    : i == 5 ? new Fate.Refused("550 5.1.1 no such mailbox") : delivered();
            assertThat(fates.get(i)).isEqualTo(expected);
        }
        assertThat(server.taken())
                .hasSize(8)
                .allMatch(message -> message.octets()
                        .startsWith("Subject: to " + message.recipients().get(0)));
    }

    @Test
    void aRefusalOfAMessageIsNoneOfTheNext() throws Exception {
        server.answers((command, usual) ->
                command.equals(".") && server.messages().size() == 2 ? "554 5.7.1 we think it is spam" : usual);
        List<Fate> fates = sendAll(ten());
        assertThat(fates.get(1)).isEqualTo(new Fate.PostRefused("554 5.7.1 we think it is spam"));
        assertThat(fates).filteredOn(delivered()::equals).hasSize(9);
    }

    @Test
    void aRefusedReversePathIsNoneOfTheNext() throws Exception {
        server.says("MAIL", "451 4.3.0 not now");
        List<Fate> fates = sendAll(ten());
        assertThat(fates.get(0)).isEqualTo(new Fate.PostDeferred("451 4.3.0 not now"));
        assertThat(fates).filteredOn(delivered()::equals).hasSize(9);
        assertThat(server.taken()).hasSize(9);
    }

    @Test
    void aPutOffDataIsNoneOfTheNext() throws Exception {
        assumeThat(isFar()).isFalse();
        server.says("DATA", "451 4.3.0 not now");
        List<Fate> fates = sendAll(ten());
        assertThat(fates.get(0)).isEqualTo(new Fate.PostDeferred("451 4.3.0 not now"));
        assertThat(fates).filteredOn(delivered()::equals).hasSize(9);
    }

    @Test
    void whereNobodyIsTakenNothingIsSentThoughTheServerAsksForIt() throws Exception {
        server.says("RCPT TO:<a@", "550 5.1.1 no such mailbox");
        server.says("DATA", "354 go ahead anyway");
        assertThat(send(BOUNCES, List.of("a@example.com"), MAIL))
                .containsExactly(new Fate.Refused("550 5.1.1 no such mailbox"));
        assertThat(server.messages()).allMatch(octets -> octets.length == 0);
        assertThat(server.commands()).noneMatch(command -> command.startsWith("Subject"));
        server.answers((command, usual) -> usual);
        assertThat(send()).containsExactly(delivered(), delivered(), delivered());
    }

    // How replies come
    // -------------------------------------------------------------------------------------------------

    @Test
    void repliesMayComeInPieces() throws Exception {
        server.saysInPieces();
        eachOfManyTransactionsHasItsOwnFate();
    }

    @Test
    void repliesMayComeLateAndAllAtOnce() throws Exception {
        server.saysLate();
        eachOfManyTransactionsHasItsOwnFate();
    }

    @Test
    void repliesMayHaveManyLines() throws Exception {
        server.says("GREETING", "220-scripted.example ESMTP\r\n220 and welcome");
        server.says("MAIL", "250-2.1.0 I\r\n250-2.1.0 see\r\n250 2.1.0 ok");
        server.says("RCPT TO:<b@", "550-5.1.1 no\r\n550 5.1.1 such mailbox");
        server.says(".", "250-2.0.0 taken\r\n250 2.0.0 as 42");
        assertThat(send())
                .containsExactly(
                        new Fate.Delivered("250 2.0.0 taken 2.0.0 as 42"),
                        new Fate.Refused("550 5.1.1 no 5.1.1 such mailbox"),
                        new Fate.Delivered("250 2.0.0 taken 2.0.0 as 42"));
        assertThat(send()).containsExactly(delivered(), delivered(), delivered());
    }

    @Test
    void aRefusalInTheMidstOfAMessageIsItsEnds() throws Exception {
        assumeThat(isFar()).isFalse();
        connected();
        server.saysInTheBody("552 5.3.4 that is enough");
        String large = MAIL + "a line of a large message\r\n".repeat(300_000);
        assertThat(send(BOUNCES, List.of("a@example.com"), large))
                .containsExactly(new Fate.PostRefused("552 5.3.4 that is enough"));
        assertThat(send()).containsExactly(delivered(), delivered(), delivered());
    }

    @Test
    void aFarewellInTheMidstOfAMessageEndsTheConnection() throws Exception {
        assumeThat(isFar()).isFalse();
        connected();
        server.saysInTheBody("421 4.3.2 shutting down");
        String large = MAIL + "a line of a large message\r\n".repeat(300_000);
        assertThatThrownBy(() -> send(BOUNCES, List.of("a@example.com"), large))
                .isInstanceOf(HostDownException.class)
                .hasMessageContaining("421 4.3.2 shutting down");
        assertThat(connection.isAlive()).isFalse();
    }

    @Test
    void whatWasSaidBeforeTheLineEndedCounts() throws Exception {
        connected();
        server.answers(
                (command, usual) -> command.equals(".") && server.messages().size() == 3 ? HANG_UP : usual);
        List<Fate> fates = new ArrayList<>();
        List<Transaction> transactions = ten();
        assertThatThrownBy(() -> {
                    for (Transaction transaction : transactions) {
                        if (connection.underWay() == connection.window()) {
                            fates.addAll(connection.next());
                        }
                        connection.begin(transaction);
                    }
                    while (true) {
                        fates.addAll(connection.next());
                    }
                })
                .isInstanceOf(HostDownException.class);
        assertThatThrownBy(() -> {
                    while (true) {
                        fates.addAll(connection.next());
                    }
                })
                .isInstanceOf(HostDownException.class);
        assertThat(fates).containsExactly(delivered(), delivered());
        assertThatThrownBy(() -> connection.begin(to("a@example.com"))).isInstanceOf(HostDownException.class);
    }

    @Test
    void whatWasSaidBeforeTheLineBrokeInTheMidstOfAMessageCounts() throws Exception {
        assumeThat(isFar()).as("others hear each answer before they go on").isTrue();
        server.answers((command, usual) ->
                command.startsWith("MAIL") && server.messages().size() == 2 ? BREAK : usual);
        connected();
        connection.begin(to("a@example.com"));
        connection.begin(to("b@example.com"));
        String large = MAIL + "a line of a large message\r\n".repeat(30_000);
        assertThatThrownBy(() -> {
                    connection.begin(to(List.of("c@example.com"), large));
                    connection.begin(to(List.of("d@example.com"), large));
                    connection.begin(to(List.of("e@example.com"), large));
                    connection.begin(to(List.of("f@example.com"), large));
                })
                .isInstanceOf(HostDownException.class);
        assertThat(connection.next()).containsExactly(delivered());
        assertThat(connection.next()).containsExactly(delivered());
        assertThat(server.taken()).hasSize(2);
    }

    // Servers that are out of step
    // -------------------------------------------------------------------------------------

    @ParameterizedTest
    @ValueSource(strings = {"250 2.0.0 ok", "354 go ahead", "220 hello"})
    void anAnswerToSomethingElseIsNobodysDelivery(String reply) throws Exception {
        assumeThat(isFar() && reply.startsWith("2")).isFalse();
        server.says(reply.startsWith("354") ? "." : "DATA", reply);
        assertThatThrownBy(this::send)
                .isInstanceOf(HostDownException.class)
                .hasMessageContaining("not an answer to")
                .hasMessageContaining(reply);
        assertThat(connection.isAlive()).isFalse();
    }

    @Test
    void aReplyThatNobodyAskedForMakesAnIdleConnectionUseless() throws Exception {
        send();
        assertThat(connection.isAlive()).isTrue();
        server.tell("421 4.4.2 you have been idle for long");
        assertThat(Eventually.holds(Duration.ofSeconds(5), () -> !connection.isAlive()))
                .isTrue();
        assertThatThrownBy(() -> connection.begin(to("a@example.com")))
                .isInstanceOf(HostDownException.class)
                .hasMessageContaining("421 4.4.2 you have been idle for long");
    }

    @Test
    void aServerThatHangsUpWhileIdleIsSeenToBeGone() throws Exception {
        send();
        server.close();
        assertThat(Eventually.holds(Duration.ofSeconds(5), () -> !connection.isAlive()))
                .isTrue();
    }

    @Test
    void aConnectionThatIsInUseIsNotAlivelyIdle() throws Exception {
        connected();
        connection.begin(to("a@example.com"));
        assertThat(connection.isAlive()).isFalse();
        assertThat(connection.next()).containsExactly(delivered());
        assertThat(connection.isAlive()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP/1.1 400 Bad Request", "SSH-2.0-OpenSSH_9.2", "199 early", "600 late", "25x", ""})
    void whatSpeaksNoSmtpIsDown(String greeting) {
        server.says("GREETING", greeting);
        assertThatThrownBy(this::connectHastily)
                .isInstanceOf(HostDownException.class)
                .hasMessageStartingWith("connecting: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GREETING", "EHLO"})
    void aServerThatSaysNothingIsDown(String command) {
        server.says(command, STALL);
        assertThatThrownBy(() -> open(host(Tls.OPPORTUNISTIC, null, null), HASTY))
                .isInstanceOf(HostDownException.class)
                .hasMessageContaining("did not answer in time");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GREETING", "EHLO"})
    void aServerThatClosesWith421BeforeAnyMailIsDown(String command) {
        server.says(command, "421 4.3.2 not now");
        assertThatThrownBy(this::connectHastily)
                .isInstanceOf(HostDownException.class)
                .hasMessageContaining("421 4.3.2 not now");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GREETING", "EHLO"})
    void aServerThatHangsUpBeforeAnyMailIsDown(String command) {
        server.says(command, HANG_UP);
        assertThatThrownBy(this::connectHastily).isInstanceOf(HostDownException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"MAIL", "RCPT TO:<b@", "DATA", "."})
    void aServerThatFallsSilentIsDown(String command) throws Exception {
        assumeThat(isFar() && command.equals("DATA")).isFalse();
        server.says(command, STALL);
        connectHastily();
        assertThatThrownBy(this::send)
                .isInstanceOf(HostDownException.class)
                .hasMessageContaining("did not answer in time");
    }

    @ParameterizedTest
    @ValueSource(strings = {"RCPT TO:<a@", "RCPT TO:<b@", "DATA", "."})
    void aServerThatHangsUpIsGoneAtWhateverPlace(String command) throws Exception {
        assumeThat(isFar() && command.equals("DATA")).isFalse();
        server.says(command, HANG_UP);
        connectHastily();
        assertThatTheHostIsGone();
        assertThat(server.taken()).noneMatch(ScriptedSmtpServer.Taken::acknowledged);
    }

    @Test
    void aServerThatTakesNothingIsNotWaitedForWithoutEnd() throws Exception {
        connectHastily();
        server.saysInTheBody(STALL);
        server.answers((command, usual) -> isFar() && command.startsWith("RCPT") ? STALL : usual);
        String large = MAIL + "a line of a large message\r\n".repeat(1_000_000);
        assertThatThrownBy(() -> send(BOUNCES, List.of("a@example.com"), large))
                .isInstanceOf(HostDownException.class)
                .hasMessageMatching(".*(took nothing|did not answer) in time.*");
    }

    @Test
    void aServerThatOnlyTalksIsNotHeardWithoutEnd() throws Exception {
        connectHastily();
        server.saysInTheBody(BABBLE);
        server.answers((command, usual) -> isFar() && command.startsWith("RCPT") ? BABBLE : usual);
        String large = MAIL + "a line of a large message\r\n".repeat(1_000_000);
        assertThatThrownBy(() -> send(BOUNCES, List.of("a@example.com"), large)).isInstanceOf(HostDownException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {129, 100_000})
    void anEndlessReplyIsNone(int lines) {
        server.says("EHLO", "250-X\r\n".repeat(lines) + "250 Y");
        assertThatThrownBy(this::connectHastily)
                .isInstanceOf(HostDownException.class)
                .hasMessageContaining("more than 128 lines");
    }

    @Test
    void anEndlessLineIsNone() {
        server.says("EHLO", "250 " + "x".repeat(1_000_000));
        assertThatThrownBy(this::connectHastily)
                .isInstanceOf(HostDownException.class)
                .hasMessageContaining("longer than 4096 octets");
    }

    @Test
    void aServerThatKnowsHeloOnlyGetsItsMailInLockStep() throws Exception {
        server.says("EHLO", "502 5.5.1 what?");
        connected();
        assertThat(connection.window()).isEqualTo(1);
        assertThat(server.commands()).contains("HELO node.example.org");
        assertThat(send()).containsExactly(delivered(), delivered(), delivered());
    }

    // Messages
    // ---------------------------------------------------------------------------------------------------------

    @Test
    void theSizeAndTheBodysKindAreToldWhereTheServerWantsToKnow() throws Exception {
        server.offers("250-SIZE 100000\r\n" + extensions);
        send();
        send(BOUNCES, THREE, "Subject: x\r\n\r\n.caf\u00e9\r\n");
        assertThat(server.commands())
                .filteredOn(command -> command.startsWith("MAIL"))
                .containsExactly(
                        "MAIL FROM:<list-bounces@lists.example.org> SIZE=" + MAIL.length(),
                        "MAIL FROM:<list-bounces@lists.example.org> SIZE=21 BODY=8BITMIME");
    }

    @Test
    void smtpUtf8IsAskedForWhereAnAddressNeedsItAndNotForAHeader() throws Exception {
        server.offers("250-SMTPUTF8\r\n" + extensions);
        send(BOUNCES, THREE, "Subject: caf\u00c3\u00a9\r\n\r\nx\r\n");
        send(BOUNCES, List.of("j\u00fcrgen@b\u00fccher.example"), MAIL);
        assertThat(server.commands())
                .filteredOn(command -> command.startsWith("MAIL"))
                .containsExactly(
                        "MAIL FROM:<list-bounces@lists.example.org> BODY=8BITMIME",
                        "MAIL FROM:<list-bounces@lists.example.org> SMTPUTF8");
        assertThat(server.taken().get(1).recipients().get(0)).isEqualTo("j\u00c3\u00bcrgen@xn--bcher-kva.example");
    }

    /** Its source ends, or fails, after that many octets of the body. */
    private record Brittle(String octets, int most, Exception failure) implements MessageCopy {

        @Override
        public long sizeBytes() {
            return octets.length();
        }

        @Override
        public boolean isEightBit() {
            return false;
        }

        @Override
        public void writeTo(OctetSink out, boolean dotStuffed) throws IOException {
            out.put(octets.getBytes(ISO_8859_1), 0, most);
            if (failure instanceof IOException e) {
                throw e;
            }
            throw (RuntimeException) failure;
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 20, 2_000_000})
    void aMessageWhoseSourceBreaksIsNeverTakenForWhole(int after) throws Exception {
        String octets = MAIL + (after > 1000 ? "a line of a large message\r\n".repeat(100_000) : "and more\r\n");
        for (Exception failure : List.of(new IOException("gone"), new IllegalStateException("gone"))) {
            Brittle brittle = new Brittle(octets, after, failure);
            connected();
            List<Fate> fates = new ArrayList<>();
            int before = Math.min(3, connection.window() - 1);
            for (int i = 0; i < before; i++) {
                connection.begin(to("r" + i + "@example.com"));
            }
            assertThatThrownBy(() -> {
                        connection.begin(new Transaction(BOUNCES, THREE, brittle));
                        while (true) {
                            fates.addAll(connection.next());
                        }
                    })
                    .as("it is the message's fault, and not the smarthost's")
                    .isInstanceOf(RuntimeException.class);
            while (fates.size() < before) {
                fates.addAll(connection.next());
            }
            assertThat(fates).as("those before it are answered").isEqualTo(Collections.nCopies(before, delivered()));
            assertThat(connection.isAlive()).isFalse();
            assertThatThrownBy(() -> connection.begin(to("a@example.com"))).isInstanceOf(HostDownException.class);
            connection.close();
            assertThat(server.taken()).noneMatch(message -> message.recipients().equals(THREE));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 1})
    void aMessageThatIsNotAsLongAsItSaysIsNeverTaken(int more) throws Exception {
        assumeThat(isFar()).as("only BDAT says how long it is").isTrue();
        byte[] octets = MAIL.getBytes(ISO_8859_1);
        MessageCopy other = new MessageCopy() {
            @Override
            public long sizeBytes() {
                return octets.length + more;
            }

            @Override
            public boolean isEightBit() {
                return false;
            }

            @Override
            public void writeTo(OctetSink out, boolean dotStuffed) throws IOException {
                out.put(octets, 0, octets.length);
            }
        };
        connected();
        assertThatThrownBy(() -> connection.begin(new Transaction(BOUNCES, THREE, other)))
                .isInstanceOf(IllegalStateException.class);
        connection.close();
        assertThat(server.taken()).isEmpty();
    }

    @Test
    void aSessionsPropertiesCountHereToo() throws Exception {
        Properties properties = new Properties();
        properties.setProperty("mail.smtp.timeout", "300");
        properties.setProperty("mail.smtp.localhost", "other.example.org");
        connected(Session.getInstance(properties));
        assertThat(server.hellos()).containsExactly("EHLO other.example.org");
        server.says("MAIL", STALL);
        assertThatThrownBy(this::send).hasMessageContaining("did not answer in time");
    }
}
