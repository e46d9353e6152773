package org.posthorn.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.mail.Session;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.posthorn.delivery.smtp.Fate;
import org.posthorn.delivery.smtp.HostConnection;
import org.posthorn.delivery.smtp.HostDownException;
import org.posthorn.delivery.smtp.Tls;
import org.posthorn.delivery.smtp.Transaction;
import org.posthorn.platform.Hours;

class HostLineTest {

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final WaitingLine.Claim CLAIM = new WaitingLine.Claim(1, 10);

    /** A connection that only knows whether it is open and alive. */
    private static final class Connection implements HostConnection {
        private boolean alive = true;
        private volatile boolean closed;

        @Override
        public int window() {
            return 1;
        }

        @Override
        public int underWay() {
            return 0;
        }

        @Override
        public void begin(Transaction transaction) {
            throw new UnsupportedOperationException("only lent out here");
        }

        @Override
        public List<Fate> next() {
            throw new IllegalStateException("nothing is sent here");
        }

        @Override
        public boolean isAlive() {
            return alive;
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    private final List<Connection> opened = new ArrayList<>();
    private boolean refusing;
    private int most = Integer.MAX_VALUE;
    private String refusal = "refused";
    private final HostLine line = new HostLine(host(2, 0, 0), this::open);

    private synchronized HostConnection open(Host host, Session base) throws HostDownException {
        if (refusing || opened.stream().filter(one -> !one.closed).count() >= most) {
            throw new HostDownException(refusal, null);
        }
        opened.add(new Connection());
        return opened.get(opened.size() - 1);
    }

    private static Host host(int connections, int messages, long version) {
        return new Host(
                "a",
                "127.0.0.1",
                25,
                Tls.OFF,
                null,
                null,
                1,
                connections,
                messages,
                50,
                false,
                List.of("*"),
                null,
                version,
                0,
                Smarthost.Transport.PIPELINING,
                Hours.ALWAYS,
                null);
    }

    private CompletableFuture<Optional<HostLine.Lent>> waiting(WaitingLine.Claim claim) {
        int before = line.waiting();
        CompletableFuture<Optional<HostLine.Lent>> waiting = CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return line.borrow(null, claim, LONG);
                    } catch (HostDownException e) {
                        throw new CompletionException(e);
                    }
                },
                command -> new Thread(command).start());
        while (line.waiting() == before && !waiting.isDone()) {
            Thread.onSpinWait();
        }
        return waiting;
    }

    private static HostLine.Lent got(CompletableFuture<Optional<HostLine.Lent>> waiting) throws Exception {
        return waiting.get(60, TimeUnit.SECONDS).orElseThrow();
    }

    private HostLine.Lent borrow() throws HostDownException {
        return line.borrow(null, CLAIM, Duration.ZERO).orElseThrow();
    }

    @Test
    void aConnectionThatIsGivenBackIsUsedAgain() throws Exception {
        borrow().close();
        borrow();
        assertThat(opened).hasSize(1);
    }

    @Test
    void noMoreConnectionsAreOpenThanTheHostMayHave() throws Exception {
        HostLine.Lent first = borrow();
        borrow();
        assertThat(line.borrow(null, CLAIM, Duration.ZERO)).isEmpty();
        first.close();
        assertThat(line.borrow(null, CLAIM, Duration.ZERO)).isPresent();
    }

    @Test
    void whoWaitsGetsTheConnectionThatIsGivenBack() throws Exception {
        HostLine.Lent first = borrow();
        borrow();
        CompletableFuture<Optional<HostLine.Lent>> waiting = CompletableFuture.supplyAsync(() -> {
            try {
                return line.borrow(null, CLAIM, LONG);
            } catch (HostDownException e) {
                throw new IllegalStateException(e);
            }
        });
        first.close();
        assertThat(waiting.get(60, TimeUnit.SECONDS)).isPresent();
        assertThat(opened).hasSize(2);
    }

    @Test
    void aBrokenConnectionIsClosedAndReplaced() throws Exception {
        HostLine.Lent lent = borrow();
        lent.broken();
        lent.close();
        borrow();
        assertThat(opened.get(0).closed).isTrue();
        assertThat(opened).hasSize(2);
    }

    @Test
    void aConnectionThatDiedWhileIdleIsReplaced() throws Exception {
        borrow().close();
        opened.get(0).alive = false;
        borrow();
        assertThat(opened.get(0).closed).isTrue();
        assertThat(opened).hasSize(2);
    }

    @Test
    void aHostThatRefusesKeepsNoPlace() throws Exception {
        refusing = true;
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(this::borrow).isInstanceOf(HostDownException.class);
        }
        refusing = false;
        borrow();
        borrow();
        assertThat(opened).hasSize(2);
    }

    @Test
    void aConnectionIsWornOutByMessagesOverSeveralLoans() throws Exception {
        line.host(host(2, 2, 1));
        for (int i = 0; i < 2; i++) {
            HostLine.Lent lent = borrow();
            lent.worked(0, 1, false);
            lent.close();
        }
        assertThat(opened).hasSize(1);
        assertThat(opened.get(0).closed).isTrue();
    }

    @Test
    void aChangedHostGetsNewConnections() throws Exception {
        borrow().close();
        line.host(host(2, 0, 1));
        borrow();
        assertThat(opened.get(0).closed).isTrue();
        assertThat(opened).hasSize(2);
    }

    @Test
    void idleConnectionsAreClosedAtTheEndButNotThoseLentOut() throws Exception {
        HostLine.Lent lent = borrow();
        borrow().close();
        line.closeIdle(true);
        assertThat(opened.get(0).closed).isFalse();
        assertThat(opened.get(1).closed).isTrue();
        lent.close();
    }

    @Test
    void aConnectionThatWasJustUsedIsNotIdle() throws Exception {
        borrow().close();
        line.closeIdle(false);
        assertThat(opened.get(0).closed).isFalse();
    }

    @Test
    void aConnectionThatBecomesFreeGoesToTheListWithTheFewest() throws Exception {
        HostLine.Lent first = borrow();
        borrow();
        CompletableFuture<Optional<HostLine.Lent>> same = waiting(new WaitingLine.Claim(1, 1));
        CompletableFuture<Optional<HostLine.Lent>> other = waiting(new WaitingLine.Claim(2, 900));
        first.close();
        HostLine.Lent lent = got(other);
        assertThat(same).isNotDone();
        lent.close();
        got(same).close();
    }

    @Test
    void manyThreadsShareFewConnectionsAndNoneIsLostOrLentTwice() throws Exception {
        Set<HostConnection> lent = ConcurrentHashMap.newKeySet();
        AtomicInteger twice = new AtomicInteger();
        AtomicInteger done = new AtomicInteger();
        List<Thread> threads = new ArrayList<>();
        for (int thread = 0; thread < 24; thread++) {
            WaitingLine.Claim claim = new WaitingLine.Claim(thread % 5, 1 + thread);
            threads.add(new Thread(() -> {
                for (int i = 0; i < 300; i++) {
                    try (HostLine.Lent one = line.borrow(null, claim, LONG).orElseThrow()) {
                        twice.addAndGet(lent.add(one.connection()) ? 0 : 1);
                        Thread.yield();
                        lent.remove(one.connection());
                        if (i % 50 == 0) {
                            one.broken();
                        }
                        done.incrementAndGet();
                    } catch (HostDownException e) {
                        throw new IllegalStateException(e);
                    }
                }
            }));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join(60_000);
        }
        assertThat(done).hasValue(24 * 300);
        assertThat(twice).hasValue(0);
        assertThat(line.connections().busy()).isZero();
        assertThat(line.connections().idle()).isBetween(0, 2);
    }

    @Test
    void aConnectionThatIsRefusedWhileAnotherWorksIsOneTooManyAndItsBorrowerWaits() throws Exception {
        most = 1;
        HostLine.Lent first = borrow();
        CompletableFuture<Optional<HostLine.Lent>> second = waiting(new WaitingLine.Claim(2, 1));
        assertThat(line.connections().limit()).isEqualTo(1);
        first.close();
        got(second).close();
        assertThat(opened).hasSize(1);
    }

    @Test
    void onceNoneWorksARefusalIsOne() throws Exception {
        most = 1;
        HostLine.Lent first = borrow();
        assertThat(line.borrow(null, CLAIM, Duration.ZERO)).isEmpty();
        first.broken();
        first.close();
        refusing = true;
        assertThatThrownBy(this::borrow).isInstanceOf(HostDownException.class);
        assertThat(line.connections().limit())
                .as("what is known holds no longer")
                .isEqualTo(2);
    }

    @Test
    void aBrokenConnectionDoesNotShowThatTheSmarthostIsThere() throws Exception {
        HostLine.Lent first = borrow();
        first.broken();
        refusing = true;
        assertThatThrownBy(this::borrow).isInstanceOf(HostDownException.class);
        first.close();
    }

    @Test
    void automaticConnectionsBeginWithTwo() throws Exception {
        line.host(host(0, 0, 1));
        borrow();
        borrow();
        assertThat(line.borrow(null, CLAIM, Duration.ZERO)).isEmpty();
    }

    @Test
    void moreConnectionsAreThereAtOnceForThoseWhoWait() throws Exception {
        borrow();
        borrow();
        CompletableFuture<Optional<HostLine.Lent>> waiting = waiting(CLAIM);
        line.host(host(3, 0, 0));
        got(waiting);
    }

    @Test
    void fewerConnectionsCountAtOnce() throws Exception {
        HostLine.Lent first = borrow();
        HostLine.Lent second = borrow();
        line.host(host(1, 0, 0));
        first.close();
        assertThat(line.borrow(null, CLAIM, Duration.ZERO)).isEmpty();
        second.close();
        assertThat(opened.stream().filter(one -> !one.closed)).hasSize(1);
        borrow();
    }

    @Test
    void whatIsLentWhileTheHostChangesIsWornOut() throws Exception {
        HostLine.Lent lent = borrow();
        assertThat(lent.isWornOut(0)).isFalse();
        line.host(host(2, 0, 7));
        assertThat(lent.isWornOut(0)).isTrue();
        lent.close();
        assertThat(opened.get(0).closed).isTrue();
    }

    @Test
    void anotherPlaceIsTakenForUpWhateverWasKnownOfTheOldOne() {
        for (int i = 0; i < 3; i++) {
            line.health().failed("gone", System.nanoTime());
        }
        line.host(host(3, 0, 1));
        assertThat(line.health().state()).isEqualTo(Health.State.DOWN);
        Host host = host(3, 0, 2);
        line.host(new Host(
                host.name(),
                "127.0.0.2",
                host.port(),
                host.tls(),
                null,
                null,
                1,
                3,
                0,
                50,
                false,
                host.domains(),
                null,
                2,
                0,
                host.transport(),
                host.hours(),
                null));
        assertThat(line.health().state()).isEqualTo(Health.State.UP);
    }

    @Test
    void whoWaitsForASmarthostThatIsTakenAwayIsToldAtOnce() throws Exception {
        HostLine.Lent lent = borrow();
        borrow().close();
        HostLine.Lent again = borrow();
        CompletableFuture<Optional<HostLine.Lent>> waiting = waiting(CLAIM);
        line.retire();
        assertThatThrownBy(() -> waiting.get(60, TimeUnit.SECONDS)).hasRootCauseInstanceOf(HostDownException.class);
        assertThatThrownBy(this::borrow).isInstanceOf(HostDownException.class);
        assertThat(lent.isWornOut(0)).isTrue();
        lent.close();
        again.close();
        assertThat(opened).allMatch(one -> one.closed);
    }

    @Test
    void aSmarthostThatOwesAnAnswerForLongIsSilentUnlessItAnswersOthers() throws Exception {
        HostLine.Lent waits =
                line.borrow(null, new WaitingLine.Claim(1, 1), Duration.ZERO).orElseThrow();
        long now = System.nanoTime();
        assertThat(line.isSilent(now + Duration.ofSeconds(40).toNanos())).isFalse();
        waits.waits(true);
        assertThat(line.isSilent(now + Duration.ofSeconds(20).toNanos())).isFalse();
        assertThat(line.isSilent(now + Duration.ofSeconds(40).toNanos())).isTrue();
        HostLine.Lent other =
                line.borrow(null, new WaitingLine.Claim(2, 1), Duration.ZERO).orElseThrow();
        other.worked(now, now + Duration.ofSeconds(39).toNanos(), false);
        assertThat(line.isSilent(now + Duration.ofSeconds(40).toNanos())).isFalse();
        other.close();
        waits.waits(false);
        assertThat(line.isSilent(now + Duration.ofSeconds(90).toNanos())).isFalse();
        waits.close();
    }
}
