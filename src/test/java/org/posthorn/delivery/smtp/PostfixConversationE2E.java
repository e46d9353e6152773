package org.posthorn.delivery.smtp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.posthorn.delivery.copy.CompiledMessage;
import org.posthorn.mail.ReversePath;
import org.posthorn.testing.Postfix;

/** A real Postfix, near and as if it were far. */
class PostfixConversationE2E {

    private static final int RECIPIENTS_AT_ONCE = 20;

    private static Postfix postfix;

    @BeforeAll
    static void start() throws IOException {
        postfix = Postfix.smarthost(Map.of(
                "smtpd_recipient_restrictions",
                "check_recipient_access inline:{{refused@=550 5.1.1 no such mailbox}, {later@=450 4.2.0 later}},"
                        + " permit_mynetworks, reject",
                "smtpd_recipient_limit",
                Integer.toString(RECIPIENTS_AT_ONCE),
                "message_size_limit",
                "100000",
                "in_flow_delay",
                "0",
                "smtpd_error_sleep_time",
                "0"));
    }

    @AfterAll
    static void stop() {
        postfix.close();
    }

    private static PipeliningConnection connect(long roundTripNanos) throws HostDownException {
        Endpoint endpoint = new Endpoint("127.0.0.1", postfix.port(), Tls.OFF, null, null, "node.example.org");
        Greeting.Ready ready = Greeting.exchange(endpoint, Manner.USUAL);
        return new PipeliningConnection(
                new Greeting.Ready(ready.wire(), ready.extensions(), roundTripNanos), Patience.USUAL);
    }

    private static Transaction to(List<String> recipients, String body) {
        byte[] octets = ("From: ann@example.org\r\nSubject: hello\r\n\r\n" + body + "\r\n").getBytes(UTF_8);
        return new Transaction(new ReversePath.NullPath(), recipients, new CompiledMessage(octets).shared());
    }

    private static List<List<Fate>> send(PipeliningConnection connection, List<Transaction> transactions)
            throws HostDownException {
        List<List<Fate>> fates = new ArrayList<>();
        for (Transaction transaction : transactions) {
            if (connection.underWay() == connection.window()) {
                fates.add(connection.next());
            }
            connection.begin(transaction);
        }
        while (connection.underWay() > 0) {
            fates.add(connection.next());
        }
        return fates;
    }

    @ParameterizedTest
    @ValueSource(longs = {100_000, 20_000_000})
    void eachRecipientOfManyMessagesHasItsOwnFate(long roundTripNanos) throws Exception {
        List<Transaction> transactions = new ArrayList<>();
        for (int i = 0; i < 120; i++) {
            List<String> recipients = switch (i % 4) {
                case 0 -> List.of("a@d" + i + ".example", "refused@example.com", "later@example.com", "b@example.com");
                case 1 -> List.of("refused@example.com");
                case 2 -> List.of("later@example.com", "refused@example.com");
                default -> List.of("c@example.com");
            };
            transactions.add(to(recipients, i % 5 == 0 ? ".\r\n..\r\ncaf\u00e9" : "text"));
        }
        try (PipeliningConnection connection = connect(roundTripNanos)) {
            List<List<Fate>> all = send(connection, transactions);
            for (int i = 0; i < all.size(); i++) {
                List<String> recipients = transactions.get(i).recipients();
                for (int j = 0; j < recipients.size(); j++) {
                    Fate fate = all.get(i).get(j);
                    if (recipients.get(j).startsWith("refused")) {
                        assertThat(fate).isInstanceOf(Fate.Refused.class);
                        assertThat(fate.reply()).startsWith("550 5.1.1 ");
                    } else if (recipients.get(j).startsWith("later")) {
                        assertThat(fate).isInstanceOf(Fate.Deferred.class);
                        assertThat(fate.reply()).startsWith("450 4.2.0 ");
                    } else {
                        assertThat(fate).as(postfix.log()).isInstanceOf(Fate.Delivered.class);
                        assertThat(fate.reply()).contains("queued as");
                    }
                }
            }
            assertThat(connection.isAlive()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {100_000, 20_000_000})
    void whoIsOneTooManyIsToldSoAndTheOthersAreTaken(long roundTripNanos) throws Exception {
        List<String> recipients = new ArrayList<>();
        for (int i = 0; i < RECIPIENTS_AT_ONCE + 5; i++) {
            recipients.add("r" + i + "@example.com");
        }
        try (PipeliningConnection connection = connect(roundTripNanos)) {
            List<Fate> fates = send(connection, List.of(to(recipients, "text"))).get(0);
            assertThat(fates.subList(0, RECIPIENTS_AT_ONCE)).allMatch(fate -> fate instanceof Fate.Delivered);
            assertThat(fates.subList(RECIPIENTS_AT_ONCE, fates.size())).allMatch(Fate::isOneTooMany);
        }
    }

    @Test
    void whatIsTooLargeIsNotSentAndTheNextGoes() throws Exception {
        try (PipeliningConnection connection = connect(100_000)) {
            assertThat(connection.offer().mostBytes()).isEqualTo(100_000);
            List<List<Fate>> fates = send(
                    connection,
                    List.of(to(List.of("a@example.com"), "x ".repeat(60_000)), to(List.of("b@example.com"), "text")));
            assertThat(fates.get(0).get(0).reply()).startsWith("552 5.3.4 ");
            assertThat(fates.get(1).get(0)).isInstanceOf(Fate.Delivered.class);
        }
    }

    @Test
    void manyRefusalsDoNotEndTheConnectionUnseen() throws Exception {
        List<Transaction> refused = Collections.nCopies(200, to(List.of("refused@example.com"), "text"));
        try (PipeliningConnection connection = connect(100_000)) {
            int told = 0;
            try {
                told = send(connection, refused).size();
            } catch (HostDownException e) {
                assertThat(e).as("Postfix ends a connection with many errors").hasMessageContaining("421 4.7.0");
                return;
            }
            assertThat(told).isEqualTo(200);
        }
    }
}
