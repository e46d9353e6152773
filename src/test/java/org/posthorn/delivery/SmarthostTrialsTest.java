package org.posthorn.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.posthorn.delivery.smtp.HostConnection;
import org.posthorn.delivery.smtp.HostDownException;
import org.posthorn.delivery.smtp.PipeliningConnection;
import org.posthorn.delivery.smtp.trial.Figures;
import org.posthorn.delivery.smtp.trial.Trial;
import org.posthorn.list.ListsOnDatabase;
import org.posthorn.mail.EmailAddress;
import org.posthorn.platform.actor.Acting;
import org.posthorn.platform.actor.Actor;
import org.posthorn.platform.actor.Via;
import org.posthorn.platform.audit.AuditEntry;
import org.posthorn.platform.audit.AuditLog;
import org.posthorn.platform.audit.AuditSubject;
import org.posthorn.testing.BothDatabases;
import org.posthorn.testing.Mailsink;
import org.posthorn.testing.SettableClock;
import org.posthorn.testing.TestDatabase;

class SmarthostTrialsTest {

    private static final Actor ANN = Actor.person(Via.REST, "ann@example.com", 7, true);
    private static final SettableClock CLOCK = new SettableClock(Instant.parse("2026-06-01T08:00:00Z"));

    private static Trial trial() {
        EmailAddress from = EmailAddress.parse("ann@example.com").orElseThrow();
        return new Trial(2, 30, 1, 2000, "sink@example.com", from, Duration.ofSeconds(20));
    }

    @BothDatabases
    void aSmarthostOfThePoolIsFedAlsoWhereItIsSwitchedOffAndThatIsWrittenDown(TestDatabase database) throws Exception {
        try (ListsOnDatabase posthorn = new ListsOnDatabase(database);
                Mailsink sink = Mailsink.start();
                Acting.Bound bound = Acting.as(ANN)) {
            SmarthostPool pool = new SmarthostPool(database.sql(), null, CLOCK) {
                @Override
                HostConnection open(Host host) throws HostDownException {
                    return PipeliningConnection.open(host.endpoint("node.test"));
                }
            };
            posthorn.run(() -> new SmarthostRepository(posthorn.em)
                    .add(SmarthostFields.make(
                            "new", Map.of("host", "127.0.0.1", "port", sink.port(), "tls", "off", "enabled", false))));
            SmarthostTrials trials = new SmarthostTrials(pool, database.audit(), CLOCK);

            Figures figures = trials.run("new", trial()).orElseThrow();

            assertThat(figures.copies()).isEqualTo(30);
            assertThat(sink.stop().copies()).hasSize(30);
            assertThat(database.audited())
                    .filteredOn(entry -> entry.action().equals("tune"))
                    .singleElement()
                    .extracting(AuditEntry::actor)
                    .isEqualTo("ann@example.com");
            assertThat(trials.run("nosuch", trial())).isEmpty();
        }
    }

    @Test
    void onlyOneTrialRunsAtATime() throws Exception {
        CountDownLatch opening = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        SmarthostPool slow = new SmarthostPool() {
            @Override
            Optional<Host> find(String name) {
                return Optional.of(ScriptedHost.aHost(name));
            }

            @Override
            HostConnection open(Host host) throws HostDownException {
                opening.countDown();
                try {
                    goOn.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                throw new HostDownException("nobody there", null);
            }
        };
        SmarthostTrials trials = new SmarthostTrials(slow, new Unwritten(), CLOCK);
        ExecutorService other = Executors.newSingleThreadExecutor();
        try {
            Future<?> first = other.submit(() -> trials.run("a", trial()));
            assertThat(opening.await(20, TimeUnit.SECONDS)).isTrue();

            assertThatThrownBy(() -> trials.run("b", trial())).isInstanceOf(SmarthostTrials.BusyException.class);

            goOn.countDown();
            first.get(20, TimeUnit.SECONDS);
            assertThat(trials.run("b", trial())).isPresent();
        } finally {
            other.shutdownNow();
        }
    }

    private static final class Unwritten extends AuditLog {
        @Override
        public void record(String action, AuditSubject subject, String details) {
            // is of no interest here
        }
    }
}
