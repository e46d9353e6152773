package org.posthorn.delivery;

import jakarta.mail.Session;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;
import org.posthorn.delivery.smtp.HostConnection;
import org.posthorn.delivery.smtp.HostDownException;
import org.posthorn.platform.metrics.Metric;

/**
 * This node's connections to one smarthost: so many at once as the host may have, or as serve best, reused while they last,
 * shared out among the lists ({@link WaitingLine}).
 *
 * <p>A connection that is refused while others work is one too many, and no sign of ill health: who asked for it waits for
 * one of the others.
 */
final class HostLine {

    private static final long IDLE_NANOS = Duration.ofSeconds(20).toNanos();

    /** Who has worked, or was let in, so short a time ago shows that the smarthost is there. */
    private static final long FRESH_NANOS = Duration.ofSeconds(5).toNanos();

    /** The same where the refusal says itself that it's one of too many. */
    private static final long FRESH_AT_421_NANOS = Duration.ofSeconds(60).toNanos();

    private static final Pattern TOO_MANY = Pattern.compile("(?i)\\b421\\b|too many");

    /** So long a connection keeps what it did to itself. */
    private static final long TELL_NANOS = Duration.ofMillis(50).toNanos();

    /** A smarthost that says nothing for so long does not do well, long before it is given up. */
    private static final long SILENCE_NANOS = Duration.ofSeconds(30).toNanos();

    /** Opens a connection. */
    interface Opener {
        HostConnection open(Host host, Session base) throws HostDownException;
    }

    private record Idle(HostConnection connection, long sinceNanos, long version, int used) {}

    /** One that waits for its turn; of the line's lock. */
    private final class Turn {
        private final Condition come = lock.newCondition();
        private Host granted;
    }

    /** A connection that is lent out. Used by one thread. */
    final class Lent implements AutoCloseable {

        private final HostConnection connection;
        private final Host host;
        private final WaitingLine.Claim claim;
        private int used;
        private volatile boolean broken;

        /** When it last showed that the smarthost is there. */
        private volatile long aliveNanos = System.nanoTime();

        /** Since when it waits for the smarthost's word; 0: it does not. */
        private volatile long waitsSinceNanos;

        private long toldNanos = aliveNanos;
        private long busyNanos;
        private int ended;
        private int troubled;

        private Lent(HostConnection connection, Host host, WaitingLine.Claim claim, int used) {
            this.connection = connection;
            this.host = host;
            this.claim = claim;
            this.used = used;
        }

        HostConnection connection() {
            return connection;
        }

        /**
         * A transaction came to its end on it.
         *
         * @param beganNanos when it began; @param nowNanos when it ended
         * @param putOff whether the smarthost wanted none of it now (4xx)
         */
        void worked(long beganNanos, long nowNanos, boolean putOff) {
            used++;
            ended++;
            troubled += putOff ? 1 : 0;
            busyNanos += nowNanos - (beganNanos - aliveNanos > 0 ? beganNanos : aliveNanos);
            aliveNanos = nowNanos;
            if (nowNanos - toldNanos > TELL_NANOS) {
                tell(nowNanos);
            }
        }

        private void tell(long nowNanos) {
            if (ended > 0 && host.connections() == 0) {
                pace(busyNanos, ended, troubled, nowNanos);
            }
            toldNanos = nowNanos;
            busyNanos = 0;
            ended = 0;
            troubled = 0;
        }

        /** Says whether the smarthost's word is waited for. */
        void waits(boolean does) {
            waitsSinceNanos = does ? now() | 1 : 0;
        }

        private boolean isSilent(long nowNanos) {
            long since = waitsSinceNanos;
            return since != 0 && nowNanos - since > SILENCE_NANOS;
        }

        /** Whether it has carried a message, now or for whoever had it before. */
        boolean hasWorked() {
            return used > 0;
        }

        /**
         * Whether it has carried as many messages as it may, or the smarthost's settings are others by now.
         *
         * @param underWay how many it carries now
         */
        boolean isWornOut(int underWay) {
            return host.messagesPerConnection() > 0 && used + underWay >= host.messagesPerConnection()
                    || version != host.version();
        }

        void broken() {
            if (!broken) {
                broken = true;
                ended++;
                troubled++;
            }
        }

        @Override
        public void close() {
            giveBack(this);
        }
    }

    private final Opener opener;
    private final Health health = new Health();
    private final Rate rate = new Rate();
    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Idle> idle = new ArrayDeque<>();
    private final WaitingLine<Turn> line = new WaitingLine<>();
    private final Set<Lent> out = new LinkedHashSet<>();
    private final ConnectionCeiling ceiling = new ConnectionCeiling();
    private volatile AdaptiveConnections adaptive = new AdaptiveConnections();
    private volatile Host host;
    private volatile long version;
    private boolean retired;
    private int lent;
    private int opening;

    HostLine(Host host, Opener opener) {
        this.host = host;
        this.version = host.version();
        this.opener = opener;
    }

    Health health() {
        return health;
    }

    Rate rate() {
        return rate;
    }

    /** The host as it is now. What was lent before is given back after the transactions under way, and not used again. */
    void host(Host changed) {
        if (changed.equals(host)) {
            return;
        }
        lock.lock();
        try {
            if (!changed.isSamePlace(host)) {
                health.forget();
                ceiling.forget();
                adaptive = new AdaptiveConnections();
            }
            host = changed;
            version = changed.version();
            grant();
        } finally {
            lock.unlock();
        }
        closeIdle(false);
    }

    /** The smarthost is used no more: nobody gets a connection, and who waits for one is told. */
    void retire() {
        lock.lock();
        try {
            retired = true;
            version = -1;
            for (WaitingLine.Waiter<Turn> next = line.next(now()); next != null; next = line.next(now())) {
                line.returned(next.claim(), now());
                next.who().come.signal();
            }
        } finally {
            lock.unlock();
        }
        closeIdle(true);
    }

    /** Whether what happens to that host is of this line: it is the same place as it is now. */
    boolean isOf(Host other) {
        return version >= 0 && other.isSamePlace(host);
    }

    /**
     * @param base the container's session, or null
     * @param claim for whom
     * @return empty when none became free in time
     * @throws HostDownException when none can be opened, or the smarthost is not used any more
     */
    Optional<Lent> borrow(Session base, WaitingLine.Claim claim, Duration most) throws HostDownException {
        long deadline = now() + most.toNanos();
        while (true) {
            Host admitted = admit(claim, deadline);
            if (admitted == null) {
                return Optional.empty();
            }
            boolean lentOut = false;
            try {
                Lent connection = lend(admitted, base, claim);
                lentOut = true;
                return Optional.of(connection);
            } catch (HostDownException e) {
                if (!isOneTooMany(e)) {
                    throw e;
                }
            } finally {
                if (!lentOut) {
                    left(claim);
                }
            }
        }
    }

    private Lent lend(Host now, Session base, WaitingLine.Claim claim) throws HostDownException {
        for (Idle candidate = takeIdle(); candidate != null; candidate = takeIdle()) {
            boolean usable = candidate.version() == now.version()
                    && candidate.connection().isAlive();
            if (usable) {
                return lent(new Lent(candidate.connection(), now, claim, candidate.used()));
            }
            candidate.connection().close();
        }
        Lent opened = new Lent(open(now, base), now, claim, 0);
        lock.lock();
        try {
            out.add(opened);
            ceiling.opened(out.size(), now());
        } finally {
            lock.unlock();
        }
        return opened;
    }

    private Lent lent(Lent connection) {
        lock.lock();
        try {
            out.add(connection);
        } finally {
            lock.unlock();
        }
        return connection;
    }

    private HostConnection open(Host now, Session base) throws HostDownException {
        boolean opened = false;
        opening(1);
        try {
            HostConnection connection = opener.open(now, base);
            opened = true;
            return connection;
        } finally {
            opening(-1);
            Metric.SMARTHOST_OPENED.add(1, now.name(), opened ? "opened" : "failed");
        }
    }

    private void opening(int by) {
        lock.lock();
        try {
            opening += by;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Whether others have connections that work, or are about to. Those that are on their way must be waited for: where many
     * ask at once and few are let in, the refused ones may hear first.
     */
    private boolean isOneTooMany(HostDownException refusal) {
        String reason = String.valueOf(refusal.getMessage());
        long fresh = TOO_MANY.matcher(reason).find() ? FRESH_AT_421_NANOS : FRESH_NANOS;
        lock.lock();
        try {
            long now = now();
            int working = (int) out.stream()
                    .filter(other -> !other.broken && now - other.aliveNanos < fresh)
                    .count();
            // Who does not answer at all is not full.
            if (working == 0 && (opening == 0 || refusal.isSilence())) {
                ceiling.forget();
                return false;
            }
            ceiling.refused(working + opening, now);
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** @param busy lent out; @param idle kept open; @param limit so many may be lent out now */
    record Connections(int busy, int idle, int limit) {}

    Connections connections() {
        lock.lock();
        try {
            return new Connections(lent, idle.size(), limit(now()));
        } finally {
            lock.unlock();
        }
    }

    /** How many borrowers wait. */
    int waiting() {
        lock.lock();
        try {
            return line.size();
        } finally {
            lock.unlock();
        }
    }

    private int limit(long nowNanos) {
        Host present = host;
        int wanted = present.connections() == 0 ? adaptive.limit() : present.connections();
        return Math.max(1, Math.min(wanted, ceiling.most(nowNanos)));
    }

    /** @return the host as it is now, one of whose connections is the caller's; null: none became free */
    private Host admit(WaitingLine.Claim claim, long deadlineNanos) throws HostDownException {
        lock.lock();
        try {
            long now = now();
            requireInUse();
            if (line.isEmpty() && lent < limit(now)) {
                taken(now);
                line.lent(claim, now);
                return host;
            }
            Turn turn = new Turn();
            WaitingLine.Waiter<Turn> waiter = line.join(claim, turn, now);
            grant(); // its time may have come to try one more
            try {
                for (long left = deadlineNanos - now();
                        turn.granted == null && left > 0;
                        left = deadlineNanos - now()) {
                    requireInUse();
                    turn.come.await(left, TimeUnit.NANOSECONDS);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            if (turn.granted == null && !retired) {
                line.leave(waiter, now());
            }
            requireInUse();
            return turn.granted;
        } finally {
            lock.unlock();
        }
    }

    private void requireInUse() throws HostDownException {
        if (retired) {
            throw new HostDownException("it is not used any more", null);
        }
    }

    private void taken(long nowNanos) {
        lent++;
        if (lent >= limit(nowNanos)) {
            adaptive.full();
        }
    }

    /** As many of those that wait as there are connections for. Called under the lock. */
    private void grant() {
        long now = now();
        while (!retired && lent < limit(now) && !line.isEmpty()) {
            WaitingLine.Waiter<Turn> next = line.next(now);
            taken(now);
            next.who().granted = host;
            next.who().come.signal();
        }
    }

    private Idle takeIdle() {
        lock.lock();
        try {
            return idle.pollLast();
        } finally {
            lock.unlock();
        }
    }

    private void giveBack(Lent connection) {
        long now = now();
        connection.tell(now);
        boolean keep = !connection.broken && !connection.isWornOut(0);
        lock.lock();
        try {
            keep &= !retired && lent + idle.size() <= limit(now);
            if (keep) {
                idle.addLast(new Idle(connection.connection, now, connection.host.version(), connection.used));
            }
            out.remove(connection);
        } finally {
            lock.unlock();
        }
        try {
            if (!keep) {
                connection.connection.close(); // before another takes its place: the smarthost counts as well
            }
        } finally {
            left(connection.claim);
        }
    }

    private void left(WaitingLine.Claim claim) {
        lock.lock();
        try {
            lent--;
            line.returned(claim, now());
            grant();
        } finally {
            lock.unlock();
        }
    }

    /** What one connection did in the last moments. */
    private void pace(long busy, int ended, int troubled, long nowNanos) {
        if (adaptive.worked(busy, ended, troubled, lent, nowNanos)) {
            lock.lock();
            try {
                grant();
            } finally {
                lock.unlock();
            }
        }
    }

    /** Closes connections that lay idle for long, or all that are idle. */
    void closeIdle(boolean all) {
        List<Idle> closing = new ArrayList<>();
        lock.lock();
        try {
            long now = now();
            idle.removeIf(candidate -> {
                boolean old = all || now - candidate.sinceNanos() > IDLE_NANOS || candidate.version() != version;
                if (old) {
                    closing.add(candidate);
                }
                return old;
            });
        } finally {
            lock.unlock();
        }
        closing.forEach(candidate -> candidate.connection().close());
    }

    /** @return whether a word of the smarthost is overdue, and it gave none on any other connection meanwhile */
    boolean isSilent(long nowNanos) {
        lock.lock();
        try {
            boolean silent = false;
            for (Lent each : out) {
                if (each.isSilent(nowNanos)) {
                    silent = true;
                } else if (nowNanos - each.aliveNanos < SILENCE_NANOS) {
                    return false;
                }
            }
            return silent;
        } finally {
            lock.unlock();
        }
    }

    private static long now() {
        return System.nanoTime();
    }
}
