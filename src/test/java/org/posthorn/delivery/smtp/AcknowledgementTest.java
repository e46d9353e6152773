package org.posthorn.delivery.smtp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.posthorn.delivery.copy.CompiledMessage;
import org.posthorn.mail.EmailAddress;
import org.posthorn.mail.ReversePath;

/**
 * What the client believes to be delivered is what the server has acknowledged: to the last recipient, whatever the server
 * answers to each command, however its replies come, and wherever the line ends.
 */
class AcknowledgementTest {

    private static final int RUNS = 120;
    private static final int TRANSACTIONS = 6;
    private static final ReversePath BOUNCES = new ReversePath.Mailbox(
            EmailAddress.parse("list-bounces@lists.example.org").orElseThrow());
    private static final List<String> REFUSALS = List.of(
            "450 4.2.0 greylisted",
            "550 5.1.1 no such mailbox",
            "451-4.3.0 not\r\n451 4.3.0 now",
            "554 5.7.1 never",
            "452 4.5.3 too many");

    enum Way {
        NEAR("250-PIPELINING\r\n250 8BITMIME", 100_000),
        FAR("250-PIPELINING\r\n250-CHUNKING\r\n250 SIZE", 20_000_000),
        LOCK_STEP("250 ENHANCEDSTATUSCODES", 100_000);

        private final String extensions;
        private final long roundTripNanos;

        Way(String extensions, long roundTripNanos) {
            this.extensions = extensions;
            this.roundTripNanos = roundTripNanos;
        }
    }

    static Stream<Way> ways() {
        return Stream.of(Way.values());
    }

    @ParameterizedTest
    @MethodSource("ways")
    void whatIsBelievedIsWhatWasAcknowledged(Way way) throws Exception {
        for (int seed = 0; seed < RUNS; seed++) {
            Random random = new Random(seed);
            new Run(way, random, Long.MAX_VALUE).check("seed " + seed);
        }
    }

    @ParameterizedTest
    @MethodSource("ways")
    void whatIsBelievedIsWhatWasAcknowledgedWhereverTheLineEnds(Way way) throws Exception {
        for (int seed = 0; seed < RUNS; seed++) {
            Random random = new Random(seed);
            long greeting = 40 + way.extensions.length();
            long cut = greeting + random.nextInt(1500);
            new Run(way, random, cut).check("seed " + seed + ", cut after " + cut);
        }
    }

    /** One conversation. */
    private static final class Run {

        private final Way way;
        private final Random random;
        private final long cut;
        private final double refusals;
        private final Deque<List<String>> underWay = new ArrayDeque<>();
        private final Set<String> believed = new HashSet<>();
        private final Set<String> spokenOf = new HashSet<>();

        Run(Way way, Random random, long cut) {
            this.way = way;
            this.random = random;
            this.cut = cut;
            this.refusals = random.nextInt(3) * 0.15;
        }

        private String answer(String command, String usual) {
            boolean mayRefuse = usual.startsWith("2") && !command.startsWith("EHLO") || usual.startsWith("3");
            boolean ofTransaction = command.equals(".")
                    || command.startsWith("MAIL")
                    || command.startsWith("RCPT")
                    || command.startsWith("DATA");
            synchronized (this) {
                return mayRefuse && ofTransaction && random.nextDouble() < refusals
                        ? REFUSALS.get(random.nextInt(REFUSALS.size()))
                        : usual;
            }
        }

        private synchronized int any(int bound) {
            return random.nextInt(bound);
        }

        void check(String which) throws Exception {
            try (ScriptedSmtpServer server = new ScriptedSmtpServer()) {
                server.offers(way.extensions);
                server.answers(this::answer);
                switch (any(3)) {
                    case 0 -> server.saysInPieces();
                    case 1 -> server.saysLate();
                    default -> {
                        // as it comes
                    }
                }
                server.fallsSilentAfter(cut);
                Endpoint endpoint = new Endpoint("127.0.0.1", server.port(), Tls.OFF, null, null, "node.example.org");
                try {
                    converse(endpoint);
                } catch (HostDownException e) {
                    assertThat(cut).as(which + ": " + e.getMessage()).isLessThan(Long.MAX_VALUE);
                }
                Set<String> acknowledged = new HashSet<>();
                for (ScriptedSmtpServer.Taken message : server.taken()) {
                    if (message.acknowledged()) {
                        message.recipients()
                                .forEach(recipient -> assertThat(acknowledged.add(recipient))
                                        .as(which + ": one copy for " + recipient)
                                        .isTrue());
                        String octets = way == Way.FAR
                                ? message.octets()
                                : message.octets().replace("\r\n..", "\r\n.");
                        assertThat(octets).isEqualTo(octets(message.recipients().get(0)));
                    }
                }
                assertThat(believed).as(which).isEqualTo(acknowledged);
            }
        }

        private void converse(Endpoint endpoint) throws HostDownException {
            Greeting.Ready ready = Greeting.exchange(endpoint, Manner.USUAL);
            try (PipeliningConnection connection = new PipeliningConnection(
                    new Greeting.Ready(ready.wire(), ready.extensions(), way.roundTripNanos), Patience.USUAL)) {
                try {
                    for (int i = 0; i < TRANSACTIONS; i++) {
                        while (connection.underWay() == connection.window()
                                || connection.underWay() > 0 && any(3) == 0) {
                            next(connection);
                        }
                        begin(connection, i);
                    }
                } finally {
                    while (connection.underWay() > 0) {
                        next(connection);
                    }
                }
                assertThat(spokenOf).as("everybody has a fate").hasSizeGreaterThanOrEqualTo(TRANSACTIONS);
            }
        }

        private void begin(PipeliningConnection connection, int transaction) throws HostDownException {
            List<String> recipients = new ArrayList<>();
            int count = 1 + any(4);
            for (int i = 0; i < count; i++) {
                recipients.add("t" + transaction + "r" + i + "@example.com");
            }
            byte[] octets = octets(recipients.get(0)).getBytes(ISO_8859_1);
            connection.begin(new Transaction(BOUNCES, recipients, new CompiledMessage(octets).shared()));
            underWay.add(recipients);
        }

        private void next(PipeliningConnection connection) throws HostDownException {
            List<Fate> fates = connection.next();
            List<String> recipients = underWay.remove();
            assertThat(fates).hasSameSizeAs(recipients).doesNotContainNull();
            spokenOf.addAll(recipients);
            for (int i = 0; i < recipients.size(); i++) {
                if (fates.get(i) instanceof Fate.Delivered) {
                    believed.add(recipients.get(i));
                }
            }
        }

        /** The same whoever of the transaction is the first that was taken. */
        private static String octets(String recipient) {
            return "Subject: transaction " + recipient.charAt(1) + "\r\n\r\n.\r\n..\r\nDear list\r\n";
        }
    }
}
