package org.posthorn.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.posthorn.delivery.smtp.AngusConnection;
import org.posthorn.delivery.smtp.Endpoint;
import org.posthorn.delivery.smtp.HostConnection;
import org.posthorn.delivery.smtp.HostDownException;
import org.posthorn.delivery.smtp.PipeliningConnection;
import org.posthorn.delivery.smtp.Tls;
import org.posthorn.platform.Hours;
import org.posthorn.testing.Mailsink;

/**
 * A smarthost that misbehaves in each of {@code mailsink}'s ways loses nothing, and nobody gets more copies than lost
 * acknowledgements explain. By its own record: a copy that nobody needed is one whose recipient has an acknowledged copy
 * already; it is explained where the acknowledgement before it was lost, which can only be of the last messages of a
 * connection that the sink has cut.
 */
class MisbehavingSmarthostTest {

    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final int ENTRIES = 8;
    private static final int RECIPIENTS_OF_ENTRY = 25;
    private static final int RECIPIENTS_PER_MESSAGE = 10;

    /** How the smarthost is spoken to. @param options with which it offers no more than that */
    record Way(String name, boolean personal, Transport transport, String... options) {
        @Override
        public String toString() {
            return name + (personal ? ", personal" : ", bulk");
        }
    }

    interface Transport {
        HostConnection open(Endpoint endpoint) throws HostDownException;
    }

    static Stream<Way> ways() {
        return Stream.of(false, true)
                .flatMap(personal -> Stream.of(
                        new Way("Angus", personal, endpoint -> AngusConnection.open(endpoint, null)),
                        new Way("pipelining", personal, PipeliningConnection::open),
                        new Way("pipelining without CHUNKING", personal, PipeliningConnection::open, "--no-chunking"),
                        new Way("lock-step", personal, PipeliningConnection::open, "--no-pipelining"),
                        new Way(
                                "lock-step without CHUNKING",
                                personal,
                                PipeliningConnection::open,
                                "--no-pipelining",
                                "--no-chunking")));
    }

    @ParameterizedTest
    @MethodSource("ways")
    void everyoneGetsOneCopyWhenRecipientsArePutOff(Way way) throws Exception {
        everyoneGetsOneCopy(way, "--rcpt4", "0.2");
    }

    @ParameterizedTest
    @MethodSource("ways")
    void onlyTheRefusedGetNoCopyWhenRecipientsAreRefusedAtRandom(Way way) throws Exception {
        Run run = run(way, "--rcpt5", "0.2");
        run.isWhole(refusal -> refusal.startsWith("550 5.1.1"));
        assertThat(run.failed()).isNotEmpty();
        assertThat(run.copies()).hasSize(run.recipients() - run.failed().size());
    }

    @ParameterizedTest
    @MethodSource("ways")
    void onlyTheRefusedGetNoCopyWhenSomeAreRefusedAlways(Way way) throws Exception {
        Run run = run(way, "--hash5", "0.2");
        run.isWhole(refusal -> refusal.startsWith("550 5.1.1"));
        assertThat(run.failed()).isNotEmpty();
        assertThat(run.copies()).hasSize(run.recipients() - run.failed().size());
    }

    @ParameterizedTest
    @MethodSource("ways")
    void everyoneGetsOneCopyWhenSomeAreGreylisted(Way way) throws Exception {
        everyoneGetsOneCopy(way, "--grey", "0.4");
    }

    @ParameterizedTest
    @MethodSource("ways")
    void everyoneGetsOneCopyWhenMailIsPutOff(Way way) throws Exception {
        everyoneGetsOneCopy(way, "--mail4", "0.2");
    }

    @ParameterizedTest
    @MethodSource("ways")
    void everyoneGetsOneCopyWhenDataIsPutOff(Way way) throws Exception {
        everyoneGetsOneCopy(way, "--data4", "0.2");
    }

    @ParameterizedTest
    @MethodSource("ways")
    void everyoneGetsOneCopyWhenTheDataEndIsPutOff(Way way) throws Exception {
        everyoneGetsOneCopy(way, "--end4", "0.2");
    }

    @ParameterizedTest
    @MethodSource("ways")
    void nothingIsLostAndNoCopyUnexplainedWhenTheLineIsDropped(Way way) throws Exception {
        Run run = run(way, "--drop", "0.01");
        run.isWhole(refusal -> false);
        assertThat(run.taken.cuts()).as(run.taken.statistics()).isPositive();
    }

    @ParameterizedTest
    @MethodSource("ways")
    void nothingIsLostAndNoCopyUnexplainedWhenALongLineIsDropped(Way way) throws Exception {
        Run run = run(way, "--drop", "0.01", "--delay", "2");
        run.isWhole(refusal -> false);
        assertThat(run.taken.cuts()).as(run.taken.statistics()).isPositive();
    }

    @ParameterizedTest
    @MethodSource("ways")
    void nothingIsLostAndNoCopyUnexplainedWhenAcknowledgementsAreLost(Way way) throws Exception {
        Run run = run(way, "--drop-ack", "0.1");
        run.isWhole(refusal -> false);
        assertThat(run.copies()).anyMatch(copy -> !copy.acknowledged());
    }

    @ParameterizedTest
    @MethodSource("ways")
    void everyoneGetsOneCopyWhenEachReplyIsLate(Way way) throws Exception {
        everyoneGetsOneCopy(way, "--delay", "3");
    }

    @ParameterizedTest
    @MethodSource("ways")
    void everyoneGetsOneCopyWhenTakingAMessageIsSlow(Way way) throws Exception {
        everyoneGetsOneCopy(way, "--data-delay", "8");
    }

    @ParameterizedTest
    @MethodSource("ways")
    void everyoneGetsOneCopyWhenFewConnectionsAreAllowed(Way way) throws Exception {
        everyoneGetsOneCopy(way, "--max-conn", "2", "--delay", "1");
    }

    @ParameterizedTest
    @MethodSource("ways")
    void everyoneGetsOneCopyWhenEachConnectionEndsAfterSomeMessages(Way way) throws Exception {
        everyoneGetsOneCopy(way, "--max-msg", "3");
    }

    @ParameterizedTest
    @MethodSource("ways")
    void everyoneGetsOneCopyWhenEachLongConnectionEndsAfterSomeMessages(Way way) throws Exception {
        everyoneGetsOneCopy(way, "--max-msg", "3", "--delay", "2");
    }

    @ParameterizedTest
    @MethodSource("ways")
    void everyoneGetsOneCopyWhenFewRecipientsAMessageAreTaken(Way way) throws Exception {
        everyoneGetsOneCopy(way, "--max-rcpt", "4");
    }

    @ParameterizedTest
    @MethodSource("ways")
    void nothingIsLostAndNoCopyUnexplainedWhenAllOfThatComesAtOnce(Way way) throws Exception {
        String everything = "--rcpt4 0.03 --rcpt5 0.02 --grey 0.1 --hash5 0.05 --mail4 0.02 --data4 0.02 --end4 0.03"
                + " --drop 0.003 --drop-ack 0.02 --delay 1 --data-delay 1 --max-conn 3 --max-msg 20 --max-rcpt 8";
        Run run = run(way, everything.split(" "));
        run.isWhole(refusal -> refusal.startsWith("550 5.1.1"));
    }

    private static void everyoneGetsOneCopy(Way way, String... options) throws Exception {
        Run run = run(way, options);
        run.isWhole(refusal -> false);
        assertThat(run.copies()).as(run.taken.statistics()).hasSize(run.recipients());
    }

    private static Run run(Way way, String... options) throws Exception {
        List<String> all = new ArrayList<>(List.of(options));
        all.addAll(List.of(way.options()));
        try (Mailsink sink = Mailsink.start(all.toArray(String[]::new));
                OutQueueFixture queue = new OutQueueFixture(
                        way.personal(),
                        ENTRIES,
                        RECIPIENTS_OF_ENTRY,
                        List.of(host(sink.port())),
                        host -> way.transport().open(host.endpoint("node.test")))) {
            boolean done = queue.run(LONGEST);
            Run run = new Run(queue, sink.stop());
            assertThat(done)
                    .as("%s of %s recorded; %s", queue.recorded().size(), run.recipients(), run.taken.statistics())
                    .isTrue();
            return run;
        }
    }

    private static Host host(int port) {
        return new Host(
                "sink",
                "127.0.0.1",
                port,
                Tls.OFF,
                null,
                null,
                1,
                4,
                0,
                RECIPIENTS_PER_MESSAGE,
                false,
                List.of("*"),
                null,
                0,
                0,
                Smarthost.Transport.PIPELINING,
                Hours.ALWAYS,
                null);
    }

    /** What the queue has recorded, beside what the sink has. */
    private record Run(OutQueueFixture queue, Mailsink.Taken taken) {

        int recipients() {
            return queue.recipients().size();
        }

        List<Mailsink.Copy> copies() {
            return taken.copies();
        }

        List<String> failed() {
            return queue.recipients().stream()
                    .filter(recipient -> !queue.recorded().get(recipient).delivered())
                    .toList();
        }

        void isWhole(Predicate<String> mayRefuse) {
            assertThat(queue.recorded().keySet())
                    .as("every recipient's fate is recorded")
                    .containsExactlyInAnyOrderElementsOf(queue.recipients());
            assertThat(failed())
                    .as("nobody fails without a refusal")
                    .allMatch(recipient ->
                            mayRefuse.test(queue.recorded().get(recipient).reply()));
            assertThat(copies())
                    .as("every copy is the message, under its own reverse-path")
                    .allMatch(this::isRight);
            noCopyIsLost();
            noCopyIsUnexplained();
        }

        private boolean isRight(Mailsink.Copy copy) {
            return copy.messageId().equals(OutQueueFixture.MESSAGE_ID)
                    && copy.reversePath().equals(queue.reversePath(copy.recipient()));
        }

        private void noCopyIsLost() {
            Set<String> acknowledged = new HashSet<>();
            copies().stream().filter(Mailsink.Copy::acknowledged).forEach(copy -> acknowledged.add(copy.recipient()));
            assertThat(queue.recipients().stream()
                            .filter(recipient -> queue.recorded().get(recipient).delivered()))
                    .as("who is recorded as delivered was acknowledged")
                    .allMatch(acknowledged::contains);
        }

        private void noCopyIsUnexplained() {
            Set<Mailsink.Copy> lost = taken.cuts() == 0 ? Set.of() : lastOfEachConnection(queue.widestWindow());
            Map<String, List<Mailsink.Copy>> byRecipient = new HashMap<>();
            copies().forEach(copy -> byRecipient
                    .computeIfAbsent(copy.recipient(), any -> new ArrayList<>())
                    .add(copy));
            byRecipient.forEach((recipient, own) -> {
                int needed = queue.recorded().get(recipient).delivered() ? 1 : 0;
                List<Mailsink.Copy> needless = own.subList(0, own.size() - needed);
                assertThat(lost).as("copies to %s: %s", recipient, own).containsAll(needless);
            });
            long repeated =
                    byRecipient.values().stream().filter(own -> own.size() > 1).count();
            assertThat(repeated)
                    .as("recipients with more than one copy: %s", taken.statistics())
                    .isLessThanOrEqualTo(taken.cuts() * queue.widestWindow() * RECIPIENTS_PER_MESSAGE);
        }

        /** A connection's acknowledgements can be lost of so many messages at its end, no more. */
        private Set<Mailsink.Copy> lastOfEachConnection(int messages) {
            Map<Long, LinkedHashMap<String, List<Mailsink.Copy>>> connections = new HashMap<>();
            for (Mailsink.Copy copy : copies()) {
                connections
                        .computeIfAbsent(copy.connection(), any -> new LinkedHashMap<>())
                        .computeIfAbsent(copy.micros() + copy.reversePath(), any -> new ArrayList<>())
                        .add(copy);
            }
            Set<Mailsink.Copy> last = new HashSet<>();
            connections.values().forEach(transactions -> {
                List<List<Mailsink.Copy>> inOrder = List.copyOf(transactions.values());
                inOrder.subList(Math.max(0, inOrder.size() - messages), inOrder.size())
                        .forEach(last::addAll);
            });
            return last;
        }
    }
}
