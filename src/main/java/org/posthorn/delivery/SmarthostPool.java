package org.posthorn.delivery;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.mail.Session;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import org.posthorn.delivery.smtp.AngusConnection;
import org.posthorn.delivery.smtp.HostConnection;
import org.posthorn.delivery.smtp.HostDownException;
import org.posthorn.delivery.smtp.PipeliningConnection;
import org.posthorn.delivery.smtp.Tls;
import org.posthorn.platform.DatabaseException;
import org.posthorn.platform.Hours;
import org.posthorn.platform.Sql;
import org.posthorn.platform.Text;
import org.posthorn.platform.settings.Settings;

/**
 * The smarthosts as this node uses them: which one a recipient's copy goes by, how healthy each is, and its connections.
 * The rows are read again at most once a second, so that a change takes effect everywhere by itself.
 */
@ApplicationScoped
public class SmarthostPool {

    private static final Logger LOG = System.getLogger(SmarthostPool.class.getName());
    private static final long REFRESH_NANOS = Duration.ofSeconds(1).toNanos();

    private final Sql sql;
    private final Settings settings;
    private final Clock clock;
    private final Map<String, HostLine> lines = new ConcurrentHashMap<>();
    private final AtomicLong asked = new AtomicLong();
    private final ReentrantLock reading = new ReentrantLock();
    private volatile Routes routes = new Routes(List.of());
    private volatile long readNanos;
    private volatile boolean stale = true;

    protected SmarthostPool() {
        this(null, null, null);
    }

    @Inject
    public SmarthostPool(Sql sql, Settings settings, Clock clock) {
        this.sql = sql;
        this.settings = settings;
        this.clock = clock;
    }

    /** The rows have changed. */
    void refreshSoon() {
        stale = true;
    }

    /** @return those that are to be used, by name, as far as this node has read */
    Map<String, HostLine> inUse() {
        refresh();
        Map<String, HostLine> used = new TreeMap<>();
        used.putAll(lines);
        return used;
    }

    /** @return what this node knows of a smarthost's health */
    Health health(String name) {
        HostLine line = lines.get(name);
        return line == null ? new Health() : line.health();
    }

    /** @return so many of its connections may be lent at once now; 0: it is not used, as far as this node has read */
    int limit(String name) {
        HostLine line = lines.get(name);
        return line == null ? 0 : line.connections().limit();
    }

    /** @return the hosts for a recipient, best first, those that are down or out of their hours too */
    List<Host> candidates(String domain, long hash) {
        refresh();
        return routes.of(domain, hash);
    }

    /** @return whether the host is out of its hours, and nobody has said that it's to deliver now */
    boolean isClosed(Host host) {
        return routes.isClosed(host);
    }

    /** @return the names of those that are out of their hours, as far as this node has read */
    Set<String> closed() {
        refresh();
        return routes.closed();
    }

    /** @return whether an attempt may be made; the answer must be followed by one, or by {@link #notTried} */
    boolean mayTry(Host host) {
        return !routes.isClosed(host) && health(host.name()).mayTry(System.nanoTime());
    }

    void notTried(Host host) {
        health(host.name()).notTried();
    }

    /**
     * A connection alone is no sign of health: what comes of the first transaction is, so it must be followed by
     * {@link #worked}, {@link #failed} or {@link #notTried}.
     *
     * @return empty when no connection became free in time
     * @param claim for whom
     * @throws HostDownException when none can be opened; its health knows already
     */
    Optional<HostLine.Lent> borrow(Host host, WaitingLine.Claim claim, Duration most) throws HostDownException {
        refresh();
        HostLine line = lines.get(host.name());
        if (line == null) {
            throw new HostDownException("it is not used any more", null);
        }
        try {
            Optional<HostLine.Lent> lent = line.borrow(session(host), claim, most);
            if (lent.isEmpty()) {
                line.health().notTried();
            }
            return lent;
        } catch (HostDownException e) {
            failed(host, e);
            throw e;
        } catch (RuntimeException e) {
            line.health().notTried();
            throw e;
        }
    }

    /** @return how many of so many recipients may be sent to now by the host's rate */
    int allowance(Host host, int most) {
        HostLine line = host.rate() == 0 ? null : lines.get(host.name());
        return line == null ? most : line.rate().take(most, host.rate(), System.nanoTime());
    }

    /** A mail transaction came to its end. */
    void worked(Host host) {
        health(host.name()).worked();
    }

    void failed(Host host, HostDownException why) {
        HostLine line = lines.get(host.name());
        if (line == null || !line.isOf(host)) {
            return; // it was changed meanwhile: that is no word about what it is now
        }
        Health health = line.health();
        health.failed(why.getMessage(), System.nanoTime());
        LOG.log(
                Level.WARNING,
                "Smarthost name={0} health={1}: {2}",
                host.name(),
                health.state(),
                Text.maskedWithin(Text.line(why.getMessage(), 300)));
    }

    /**
     * For whoever works on with what was lent a while ago: a smarthost that is removed or changed, on any node, gets no more
     * by it from the next transaction on. While the rows cannot be read it stays as it was.
     */
    void lookForChanges() {
        try {
            refresh();
        } catch (DatabaseException e) {
            LOG.log(Level.DEBUG, "the smarthosts were not read: {0}", e.toString());
        }
    }

    /** Closes connections that nobody has used for a while, and those to smarthosts that are used no more. */
    void closeIdle(boolean all) {
        if (!all) {
            lookForChanges();
        }
        lines.values().forEach(line -> line.closeIdle(all));
    }

    /**
     * Takes a smarthost that owes us an answer for long for one that fails: what is not with it yet goes by others, minutes
     * before what is with it is given up.
     */
    void noteSilent(long nowNanos) {
        for (Host host : routes.hosts()) {
            HostLine line = lines.get(host.name());
            if (line != null && line.isSilent(nowNanos)) {
                failed(host, new HostDownException("it has not answered for half a minute", null));
            }
        }
    }

    HostConnection open(Host host, Session base) throws HostDownException {
        return switch (host.transport()) {
            case PIPELINING ->
                PipeliningConnection.open(host.endpoint(settings.node().name()), base);
            case ANGUS -> AngusConnection.open(host.endpoint(settings.node().name()), base);
        };
    }

    /** A connection outside the pool, by the way that the row says. */
    HostConnection open(Host host) throws HostDownException {
        return open(host, session(host));
    }

    private static Session session(Host host) {
        if (host.jndi() == null) {
            return null;
        }
        try {
            return InitialContext.doLookup(host.jndi());
        } catch (NamingException e) {
            LOG.log(
                    Level.WARNING,
                    "smarthost {0}: no mail session {1} in this server; its row alone is used",
                    host.name(),
                    host.jndi());
            return null;
        }
    }

    private void refresh() {
        if (isFresh()) {
            return;
        }
        if (stale) {
            reading.lock();
        } else if (!reading.tryLock()) {
            return; // another reads already; what is known is a second old
        }
        try {
            if (!isFresh()) {
                stale = false;
                boolean read = false;
                try {
                    take(read(), selection());
                    read = true;
                } finally {
                    stale |= !read;
                }
            }
        } finally {
            reading.unlock();
        }
    }

    private boolean isFresh() {
        return !stale && System.nanoTime() - readNanos < REFRESH_NANOS;
    }

    private void take(List<Host> hosts, Selection selection) {
        Set<String> names = new HashSet<>();
        Set<String> closed = new HashSet<>();
        for (Host host : hosts) {
            names.add(host.name());
            lines.computeIfAbsent(host.name(), name -> new HostLine(host, this::open))
                    .host(host);
            if (!host.hours().isAlways() && !host.isOpen(clock.instant())) {
                closed.add(host.name());
            }
        }
        if (!routes.isFor(hosts, selection, closed)) {
            routes = new Routes(hosts, selection, closed, asked);
        }
        for (Map.Entry<String, HostLine> line : lines.entrySet()) {
            if (!names.contains(line.getKey())) {
                lines.remove(line.getKey());
                line.getValue().retire();
            }
        }
        readNanos = System.nanoTime();
    }

    /** @return which host of a route is asked first */
    Selection selection() {
        return sql.first(
                        "select content from site_setting where name = ?",
                        row -> row.getString(1),
                        SmarthostSelection.SETTING)
                .flatMap(Selection::of)
                .orElse(Selection.HASH);
    }

    /** @return those that are to be used */
    List<Host> read() {
        return sql.list("select * from smarthost where enabled = ? order by name", SmarthostPool::host, true);
    }

    /** @return it as its row has it now, also where it is not to be used */
    Optional<Host> find(String name) {
        return sql.list("select * from smarthost where name = ?", SmarthostPool::host, name).stream()
                .findFirst();
    }

    private static Host host(ResultSet row) throws SQLException {
        return new Host(
                row.getString("name"),
                row.getString("host"),
                row.getInt("port"),
                Tls.valueOf(row.getString("tls")),
                row.getString("username"),
                row.getString("password"),
                row.getInt("weight"),
                row.getInt("connections"),
                row.getInt("messages_per_connection"),
                row.getInt("recipients_per_message"),
                row.getString("role").equals("FALLBACK"),
                List.of(row.getString("domains").split(",")),
                row.getString("jndi"),
                row.getLong("version"),
                row.getInt("rate"),
                Smarthost.Transport.valueOf(row.getString("transport")),
                Hours.parse(row.getString("hours")),
                row.getObject("deliver_until") == null ? null : Sql.instant(row, "deliver_until"));
    }
}
