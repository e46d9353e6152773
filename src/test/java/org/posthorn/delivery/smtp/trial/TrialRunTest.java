package org.posthorn.delivery.smtp.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.posthorn.delivery.smtp.Endpoint;
import org.posthorn.delivery.smtp.PipeliningConnection;
import org.posthorn.delivery.smtp.Tls;
import org.posthorn.mail.EmailAddress;
import org.posthorn.testing.Mailsink;
import org.posthorn.testing.SettableClock;

class TrialRunTest {

    private static final EmailAddress FROM =
            EmailAddress.parse("tester@lists.example.org").orElseThrow();

    private static Trial trial(int connections, int copies, int recipients, String to) {
        return new Trial(connections, copies, recipients, 2000, to, FROM, Duration.ofSeconds(20));
    }

    private static Figures run(Mailsink sink, Trial trial) throws InterruptedException {
        Endpoint endpoint = new Endpoint("127.0.0.1", sink.port(), Tls.OFF, null, null, "node.test");
        SettableClock clock = new SettableClock(Instant.parse("2026-06-01T08:00:00Z"));
        return new TrialRun(trial, () -> PipeliningConnection.open(endpoint), clock).run();
    }

    @Test
    void asManyCopiesAsAskedForGoToTheNamedAddress() throws Exception {
        try (Mailsink sink = Mailsink.start()) {
            Figures figures = run(sink, trial(3, 200, 1, "sink@example.org"));

            assertThat(figures.isClean()).isTrue();
            assertThat(figures.copies()).isEqualTo(200);
            assertThat(figures.rate()).isPositive();
            assertThat(figures.p95Micros()).isGreaterThanOrEqualTo(figures.medianMicros());
            assertThat(figures.offer().pipelining()).isTrue();
            List<Mailsink.Copy> copies = sink.stop().copies();
            assertThat(copies).hasSize(200).allSatisfy(copy -> {
                assertThat(copy.recipient()).isEqualTo("sink@example.org");
                assertThat(copy.reversePath()).isEqualTo("tester@lists.example.org");
            });
            assertThat(copies).extracting(Mailsink.Copy::messageId).doesNotHaveDuplicates();
            assertThat(copies).extracting(Mailsink.Copy::connection).contains(1L, 2L, 3L);
        }
    }

    @Test
    void severalRecipientsAreNumbered() throws Exception {
        try (Mailsink sink = Mailsink.start()) {
            Figures figures = run(sink, trial(1, 20, 10, "sink+%d@example.org"));

            assertThat(figures.copies()).isEqualTo(20);
            assertThat(sink.stop().copies().subList(0, 10))
                    .extracting(Mailsink.Copy::recipient)
                    .startsWith("sink+1@example.org")
                    .endsWith("sink+10@example.org");
        }
    }

    @Test
    void aSmarthostThatPutsOffIsSoonLetAlone() throws Exception {
        try (Mailsink sink = Mailsink.start("--end4", "1")) {
            Figures figures = run(sink, trial(2, 5_000, 1, "sink@example.org"));

            assertThat(figures.isClean()).isFalse();
            assertThat(figures.deferred()).isBetween(10, 50);
            assertThat(figures.said()).startsWith("451 4.3.0");
        }
    }

    @Test
    void aSmarthostThatTurnsConnectionsAwayIsSoonLetAlone() throws Exception {
        try (Mailsink sink = Mailsink.start("--max-conn", "2")) {
            Figures figures = run(sink, trial(4, 5_000, 1, "sink@example.org"));

            assertThat(figures.isClean()).isFalse();
            assertThat(figures.turnedAway()).isPositive();
            assertThat(figures.copies()).isLessThan(5_000);
            assertThat(figures.said()).contains("421");
        }
    }

    @Test
    void aConnectionThatEndsAfterSomeMessagesIsFollowedByAnother() throws Exception {
        try (Mailsink sink = Mailsink.start("--max-msg", "20")) {
            Figures figures = run(sink, trial(1, 200, 1, "sink@example.org"));

            assertThat(figures.isClean()).isTrue();
            assertThat(figures.carried()).isEqualTo(20);
            assertThat(figures.copies() + figures.unknown()).isEqualTo(200);
            assertThat(sink.stop().copies()).hasSize(figures.copies());
        }
    }

    @Test
    void nobodyThereIsSaid() throws Exception {
        Figures figures;
        try (Socket taken = new Socket()) {
            taken.bind(new InetSocketAddress("127.0.0.1", 0)); // taken, and nobody listens
            Endpoint endpoint = new Endpoint("127.0.0.1", taken.getLocalPort(), Tls.OFF, null, null, "node.test");
            figures = new TrialRun(
                            trial(1, 10, 1, "sink@example.org"),
                            () -> PipeliningConnection.open(endpoint),
                            new SettableClock(Instant.EPOCH))
                    .run();
        }

        assertThat(figures.isClean()).isFalse();
        assertThat(figures.offer()).isNull();
        assertThat(figures.said()).contains("refused");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 10, 1, a@example.org, connections",
        "65, 10, 1, a@example.org, connections",
        "1, 0, 1, a@example.org, copies",
        "1, 20001, 1, a@example.org, copies",
        "1, 10, 101, a%d@example.org, recipients",
        "1, 10, 2, a@example.org, %d",
        "1, 10, 1, nonsense, to",
    })
    void whatIsNotAllowedIsNamed(int connections, int copies, int recipients, String to, String named) {
        assertThatThrownBy(() -> trial(connections, copies, recipients, to))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(named)
                .hasMessageContaining("not allowed");
    }
}
