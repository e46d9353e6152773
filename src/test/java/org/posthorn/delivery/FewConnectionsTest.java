package org.posthorn.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.posthorn.delivery.smtp.AngusConnection;
import org.posthorn.delivery.smtp.Endpoint;
import org.posthorn.delivery.smtp.HostConnection;
import org.posthorn.delivery.smtp.HostDownException;
import org.posthorn.delivery.smtp.PipeliningConnection;
import org.posthorn.delivery.smtp.Tls;
import org.posthorn.platform.Hours;
import org.posthorn.testing.CapturedLog;
import org.posthorn.testing.Mailsink;

/** A real server that lets us have two connections and answers 421 to any more, while six turns want one each. */
class FewConnectionsTest {

    private static final int ALLOWED = 2;
    private static final int RECIPIENTS = 8 * 60;

    private interface Transport {
        HostConnection open(Endpoint endpoint) throws HostDownException;
    }

    static Stream<Arguments> ways() {
        Transport angus = endpoint -> AngusConnection.open(endpoint, null);
        Transport pipelining = PipeliningConnection::open;
        return Stream.of(
                Arguments.of("Angus, six connections", angus, 6),
                Arguments.of("Angus, auto", angus, 0),
                Arguments.of("pipelining, six connections", pipelining, 6),
                Arguments.of("pipelining, auto", pipelining, 0));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("ways")
    void nothingFailsAndTheNumberSettles(String name, Transport transport, int connections) throws Exception {
        try (CapturedLog log = new CapturedLog();
                Mailsink sink = Mailsink.start("--max-conn", Integer.toString(ALLOWED), "--delay", "2");
                OutQueueFixture queue = new OutQueueFixture(
                        true,
                        8,
                        RECIPIENTS / 8,
                        List.of(host(sink.port(), connections)),
                        host -> transport.open(host.endpoint("node.test")))) {
            assertThat(queue.run(Duration.ofSeconds(60))).as("all is done").isTrue();
            assertThat(queue.line("few").health().state()).isEqualTo(Health.State.UP);
            assertThat(log.lines()).as("failures of the smarthost").noneMatch(line -> line.startsWith("Smarthost "));
            Mailsink.Taken taken = sink.stop();
            assertThat(taken.copies()).hasSize(RECIPIENTS);
            assertThat(taken.copies()).allMatch(Mailsink.Copy::acknowledged);
            assertThat(taken.refused()).as(taken.statistics()).isLessThanOrEqualTo(10);
            // On a busy machine the first connections may have done all before another began: then nothing was refused.
            if (taken.refused() > 0) {
                assertThat(queue.line("few").connections().limit())
                        .as("now and then one more is tried")
                        .isBetween(1, ALLOWED + 1);
            }
        }
    }

    private static Host host(int port, int connections) {
        return new Host(
                "few",
                "127.0.0.1",
                port,
                Tls.OFF,
                null,
                null,
                1,
                connections,
                0,
                50,
                false,
                List.of("*"),
                null,
                0,
                0,
                Smarthost.Transport.PIPELINING,
                Hours.ALWAYS,
                null);
    }
}
