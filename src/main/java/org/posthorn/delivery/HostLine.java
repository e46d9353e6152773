package org.posthorn.delivery;

import jakarta.mail.Session;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.posthorn.delivery.smtp.HostConnection;
import org.posthorn.delivery.smtp.HostDownException;
import org.posthorn.platform.metrics.Metric;

/**
 * This node's connections to one smarthost: so many at once as the host may have, reused while they last, handed out first
 * come, first served.
 */
final class HostLine {

    private static final long IDLE_NANOS = Duration.ofSeconds(20).toNanos();

    /** Opens a connection. */
    interface Opener {
        HostConnection open(Host host, Session base) throws HostDownException;
    }

    private record Idle(HostConnection connection, long sinceNanos, long version, int used) {}

    /** A connection that is lent out. */
    final class Lent implements AutoCloseable {

        private final HostConnection connection;
        private final Host host;
        private int used;
        private boolean broken;

        private Lent(HostConnection connection, Host host, int used) {
            this.connection = connection;
            this.host = host;
            this.used = used;
        }

        HostConnection connection() {
            return connection;
        }

        /** A transaction came to its end on it. */
        void worked() {
            used++;
        }

        /** Whether it has carried a message, now or for whoever had it before. */
        boolean hasWorked() {
            return used > 0;
        }

        /** Whether it has carried as many messages as it may. @param underWay how many it carries now */
        boolean isWornOut(int underWay) {
            return host.messagesPerConnection() > 0 && used + underWay >= host.messagesPerConnection();
        }

        void broken() {
            broken = true;
        }

        @Override
        public void close() {
            giveBack(this);
        }
    }

    private final Opener opener;
    private final Health health = new Health();
    private final Rate rate = new Rate();
    private final Deque<Idle> idle = new ArrayDeque<>();
    private final Deque<Object> line = new ArrayDeque<>();
    private Host host;
    private int lent;

    HostLine(Host host, Opener opener) {
        this.host = host;
        this.opener = opener;
    }

    Health health() {
        return health;
    }

    Rate rate() {
        return rate;
    }

    /** The host was changed: takes effect with the next connection. */
    synchronized void host(Host changed) {
        host = changed;
        notifyAll();
    }

    /**
     * @param base the container's session, or null
     * @return empty when none became free in time
     * @throws HostDownException when none can be opened
     */
    Optional<Lent> borrow(Session base, Duration most) throws HostDownException {
        Host now = admit(most);
        if (now == null) {
            return Optional.empty();
        }
        boolean lentOut = false;
        try {
            for (Idle candidate = takeIdle(); candidate != null; candidate = takeIdle()) {
                boolean usable = candidate.version() == now.version()
                        && candidate.connection().isAlive();
                if (usable) {
                    lentOut = true;
                    return Optional.of(new Lent(candidate.connection(), now, candidate.used()));
                }
                candidate.connection().close();
            }
            HostConnection opened = open(now, base);
            lentOut = true;
            return Optional.of(new Lent(opened, now, 0));
        } finally {
            if (!lentOut) {
                left();
            }
        }
    }

    private HostConnection open(Host now, Session base) throws HostDownException {
        boolean opened = false;
        try {
            HostConnection connection = opener.open(now, base);
            opened = true;
            return connection;
        } finally {
            Metric.SMARTHOST_OPENED.add(1, now.name(), opened ? "opened" : "failed");
        }
    }

    /** @param busy lent out; @param idle kept open */
    record Connections(int busy, int idle) {}

    synchronized Connections connections() {
        return new Connections(lent, idle.size());
    }

    private synchronized Host admit(Duration most) {
        Object me = new Object();
        line.addLast(me);
        long deadline = System.nanoTime() + most.toNanos();
        try {
            while (line.peekFirst() != me || lent >= host.connections()) {
                long left = (deadline - System.nanoTime()) / 1_000_000;
                if (left <= 0) {
                    return null;
                }
                wait(left);
            }
            lent++;
            return host;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        } finally {
            line.remove(me);
            notifyAll();
        }
    }

    private synchronized Idle takeIdle() {
        return idle.pollLast();
    }

    private void giveBack(Lent connection) {
        boolean keep = !connection.broken && !connection.isWornOut(0);
        if (!keep) {
            connection.connection.close();
        }
        synchronized (this) {
            if (keep) {
                idle.addLast(
                        new Idle(connection.connection, System.nanoTime(), connection.host.version(), connection.used));
            }
            left();
        }
    }

    private synchronized void left() {
        lent--;
        notifyAll();
    }

    /** Closes connections that lay idle for long, or all that are idle. */
    void closeIdle(boolean all) {
        List<Idle> closing = new ArrayList<>();
        synchronized (this) {
            long now = System.nanoTime();
            idle.removeIf(candidate -> {
                boolean old = all || now - candidate.sinceNanos() > IDLE_NANOS || candidate.version() != host.version();
                if (old) {
                    closing.add(candidate);
                }
                return old;
            });
        }
        closing.forEach(candidate -> candidate.connection().close());
    }
}
