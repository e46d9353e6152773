package org.posthorn.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.posthorn.delivery.smtp.Fate;
import org.posthorn.delivery.smtp.HostConnection;
import org.posthorn.delivery.smtp.HostDownException;
import org.posthorn.delivery.smtp.Tls;
import org.posthorn.delivery.smtp.Transaction;

class HostLineTest {

    private static final Duration LONG = Duration.ofSeconds(60);

    /** A connection that only knows whether it is open and alive. */
    private static final class Connection implements HostConnection {
        private boolean alive = true;
        private boolean closed;

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
    private final HostLine line = new HostLine(host(2, 0, 0), (host, base) -> {
        if (refusing) {
            throw new HostDownException("refused", null);
        }
        opened.add(new Connection());
        return opened.get(opened.size() - 1);
    });

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
                0);
    }

    private HostLine.Lent borrow() throws HostDownException {
        return line.borrow(null, Duration.ZERO).orElseThrow();
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
        assertThat(line.borrow(null, Duration.ZERO)).isEmpty();
        first.close();
        assertThat(line.borrow(null, Duration.ZERO)).isPresent();
    }

    @Test
    void whoWaitsGetsTheConnectionThatIsGivenBack() throws Exception {
        HostLine.Lent first = borrow();
        borrow();
        CompletableFuture<Optional<HostLine.Lent>> waiting = CompletableFuture.supplyAsync(() -> {
            try {
                return line.borrow(null, LONG);
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
            lent.worked();
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
}
