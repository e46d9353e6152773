package org.posthorn.delivery;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.mail.Session;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import org.posthorn.delivery.smtp.AngusConnection;
import org.posthorn.delivery.smtp.HostConnection;
import org.posthorn.delivery.smtp.HostDownException;
import org.posthorn.delivery.smtp.Tls;
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
    private final Map<String, HostLine> lines = new ConcurrentHashMap<>();
    private volatile Routes routes = new Routes(List.of());
    private volatile long readNanos;
    private volatile boolean stale = true;

    protected SmarthostPool() {
        this(null, null);
    }

    @Inject
    public SmarthostPool(Sql sql, Settings settings) {
        this.sql = sql;
        this.settings = settings;
    }

    /** The rows have changed. */
    void refreshSoon() {
        stale = true;
    }

    /** @return those that are to be used, by name, as far as this node has read */
    Map<String, HostLine> inUse() {
        refresh();
        Map<String, HostLine> used = new TreeMap<>();
        routes.hosts().forEach(host -> used.put(host.name(), line(host)));
        return used;
    }

    /** @return what this node knows of a smarthost's health */
    Health health(String name) {
        HostLine line = lines.get(name);
        return line == null ? new Health() : line.health();
    }

    /** @return the hosts for a recipient, best first, those that are down left out */
    List<Host> candidates(String domain, long hash) {
        refresh();
        return routes.of(domain, hash);
    }

    /** @return whether an attempt may be made; the answer must be followed by one, or by {@link #notTried} */
    boolean mayTry(Host host) {
        return health(host.name()).mayTry(System.nanoTime());
    }

    void notTried(Host host) {
        health(host.name()).notTried();
    }

    /**
     * A connection alone is no sign of health: what comes of the first transaction is, so it must be followed by
     * {@link #worked}, {@link #failed} or {@link #notTried}.
     *
     * @return empty when no connection became free in time
     * @throws HostDownException when none can be opened; its health knows already
     */
    Optional<HostLine.Lent> borrow(Host host, Duration most) throws HostDownException {
        HostLine line = line(host);
        try {
            Optional<HostLine.Lent> lent = line.borrow(session(host), most);
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
        return line(host).rate().take(most, host.rate(), System.nanoTime());
    }

    /** A mail transaction came to its end. */
    void worked(Host host) {
        health(host.name()).worked();
    }

    void failed(Host host, HostDownException why) {
        Health health = health(host.name());
        health.failed(why.getMessage(), System.nanoTime());
        LOG.log(
                Level.WARNING,
                "Smarthost name={0} health={1}: {2}",
                host.name(),
                health.state(),
                Text.maskedWithin(Text.line(why.getMessage(), 300)));
    }

    /** Closes connections that nobody has used for a while. */
    void closeIdle(boolean all) {
        lines.values().forEach(line -> line.closeIdle(all));
    }

    private HostLine line(Host host) {
        return lines.computeIfAbsent(host.name(), name -> new HostLine(host, this::open));
    }

    HostConnection open(Host host, Session base) throws HostDownException {
        return AngusConnection.open(host.endpoint(settings.node().name()), base);
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
        if (!stale && System.nanoTime() - readNanos < REFRESH_NANOS) {
            return;
        }
        synchronized (this) {
            if (!stale && System.nanoTime() - readNanos < REFRESH_NANOS) {
                return;
            }
            stale = false;
            List<Host> hosts = read();
            for (Host host : hosts) {
                line(host).host(host);
            }
            routes = new Routes(hosts);
            readNanos = System.nanoTime();
        }
    }

    /** @return those that are to be used */
    List<Host> read() {
        return sql.list("select * from smarthost where enabled = ? order by name", SmarthostPool::host, true);
    }

    private static Host host(ResultSet row) throws SQLException {
        int connections = row.getInt("connections");
        return new Host(
                row.getString("name"),
                row.getString("host"),
                row.getInt("port"),
                Tls.valueOf(row.getString("tls")),
                row.getString("username"),
                row.getString("password"),
                row.getInt("weight"),
                connections == 0 ? Host.AUTO_CONNECTIONS : connections,
                row.getInt("messages_per_connection"),
                row.getInt("recipients_per_message"),
                row.getString("role").equals("FALLBACK"),
                List.of(row.getString("domains").split(",")),
                row.getString("jndi"),
                row.getLong("version"),
                row.getInt("rate"));
    }
}
