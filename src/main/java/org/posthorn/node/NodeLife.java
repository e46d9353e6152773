package org.posthorn.node;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.PersistenceUnit;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.posthorn.delivery.Smarthosts;
import org.posthorn.ingress.LmtpServer;
import org.posthorn.list.FirstStart;
import org.posthorn.list.RefusedException;
import org.posthorn.list.signin.ServiceAccounts;
import org.posthorn.moderation.AllHeaderChecks;
import org.posthorn.platform.DatabaseException;
import org.posthorn.platform.Dialect;
import org.posthorn.platform.OnlineBackup;
import org.posthorn.platform.Schema;
import org.posthorn.platform.SiteClockReader;
import org.posthorn.platform.TimerTurn;
import org.posthorn.platform.audit.AuditedEntities;
import org.posthorn.platform.health.Component;
import org.posthorn.platform.health.Readiness;
import org.posthorn.platform.settings.Deployed;
import org.posthorn.platform.settings.SettingException;
import org.posthorn.platform.settings.Settings;
import org.posthorn.queue.lease.Incarnation;
import org.posthorn.queue.lease.LeaseKeeper;
import org.posthorn.queue.lease.NodeNameTakenException;
import org.posthorn.queue.runner.BatchTables;
import org.posthorn.queue.runner.Dispatcher;
import org.posthorn.queue.runner.WakeUps;

/**
 * Starts the node and stops it. Up: schema, first-start data, LMTP, runners, leases. Down:
 * LMTP first, then the runners finish and record what is under way, and the leases are given back.
 *
 * <p>While the database is away at the start the node waits for it; it is not ready until then. What can't get better by
 * waiting (a wrong setting, a second node of this name) ends the process with one line.
 */
@Singleton
@Startup
@TransactionManagement(TransactionManagementType.BEAN)
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
public class NodeLife {

    private static final Logger LOG = System.getLogger(NodeLife.class.getName());
    private static final int MOST_RACES = 3;

    /** Exit status of what gets no better by trying again: whoever keeps the service running leaves it ended. */
    private static final int WRONG_SETTING = 2;

    /** Exit status of all else: a new process may well start. */
    private static final int FAILED = 1;

    private static final Duration RETRY = Duration.ofSeconds(2);
    private static final Duration START_END = Duration.ofSeconds(20);
    private static final Duration LMTP_STOP = Duration.ofSeconds(10);
    private static final Duration RUNNERS_STOP = Duration.ofSeconds(35);

    @Resource(lookup = "jdbc/__default")
    private DataSource source;

    @Resource
    private ManagedThreadFactory threads;

    @Inject
    private Settings settings;

    @PersistenceUnit(unitName = "posthorn")
    private EntityManagerFactory entities;

    @Inject
    private AuditedEntities audited;

    @Inject
    private Dialect dialect;

    @Inject
    private SiteClockReader clockReader;

    @Inject
    private Readiness readiness;

    @Inject
    private FirstStart firstStart;

    @Inject
    private ServiceAccounts serviceAccounts;

    @Inject
    private Smarthosts smarthosts;

    @Inject
    private OnlineBackup backup;

    @Inject
    private Dispatcher dispatcher;

    @Inject
    private WakeUps wakeUps;

    @Inject
    private LmtpServer lmtp;

    private int races;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final AtomicBoolean stopped = new AtomicBoolean();
    private volatile LeaseKeeper keeper;
    private Thread starter;
    private volatile boolean listening;

    @PostConstruct
    void start() {
        Deployed.begin();
        starter = threads.newThread(this::startUp);
        starter.setName("node-start");
        starter.start();
    }

    private void startUp() {
        try {
            AllHeaderChecks.requireUsable(settings.headerChecks());
            while (!tryStart()) {
                if (stopping.await(RETRY.toMillis(), TimeUnit.MILLISECONDS)) {
                    return;
                }
            }
        } catch (SettingException | NodeNameTakenException | RefusedException | UncheckedIOException e) {
            end(e.getMessage(), WRONG_SETTING);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error e) {
            LOG.log(Level.ERROR, "the node cannot start", e);
            end(e.toString(), FAILED);
        }
    }

    private boolean tryStart() throws InterruptedException {
        try {
            prepare();
        } catch (RuntimeException e) {
            // A constraint stands against it when another node makes the same first-start rows at this moment.
            boolean race = DatabaseException.isConstraintViolation(e) && races++ < MOST_RACES;
            if (!race && !DatabaseException.isPassing(e)) {
                throw e;
            }
            LOG.log(
                    Level.WARNING,
                    race ? "another node starts for the first time, too: {0}" : "waiting for the database: {0}",
                    root(e));
            return false;
        }
        if (stopping.getCount() > 0) {
            LOG.log(
                    Level.INFO,
                    "Ready node={0} http={1}:{2} lmtp={3}:{4}",
                    settings.node().name(),
                    settings.http().bind(),
                    text(settings.http().port()),
                    settings.lmtp().endpoint().bind(),
                    text(settings.lmtp().endpoint().port()));
        }
        return true;
    }

    private void prepare() throws InterruptedException {
        Schema.migrate(source, dialect);
        clockReader.read();
        audited.watch(entities);
        firstStart
                .makeOwner(settings)
                .ifPresent(path -> LOG.log(Level.INFO, "the password of the first server owner is in {0}", path));
        serviceAccounts.followSetting(settings.apiUsers());
        smarthosts.firstStart(settings);
        removeLeftOver();
        readiness.up(Component.DATABASE);
        listen();
        LeaseKeeper joining = new LeaseKeeper(
                source, dialect, settings.node().name(), settings.node().weight(), dispatcher);
        BatchTables.make(source, dialect);
        dispatcher.start(joining);
        wakeUps.start(threads);
        joining.start(threads);
        keeper = joining;
        readiness.up(Component.RUNNERS);
    }

    private void removeLeftOver() {
        int backups = backup.removeLeftOver();
        if (backups > 0) {
            LOG.log(Level.INFO, "BackupsRemoved files={0} reason=unfinished", text(backups));
        }
    }

    /** Before the runners begin: a port that is taken ends this start, and then nothing of theirs may be under way. */
    private void listen() {
        if (!listening) {
            lmtp.start();
            listening = true;
            readiness.up(Component.LMTP);
        }
    }

    /** The node is ready only while it holds its leases, by its own clock and the database's. */
    @Schedule(second = "*/2", minute = "*", hour = "*", persistent = false)
    void watch() {
        TimerTurn.run("readiness", this::judge);
    }

    private void judge() {
        LeaseKeeper present = keeper;
        if (present == null || stopped.get()) {
            return;
        }
        if (present.incarnation().isPresent() && present.deadlineNanos() - System.nanoTime() > 0) {
            readiness.up(Component.DATABASE);
            readiness.up(Component.RUNNERS);
        } else {
            readiness.down(Component.DATABASE);
            readiness.down(Component.RUNNERS);
        }
    }

    @Schedule(second = "*/5", minute = "*", hour = "*", persistent = false)
    void readClock() {
        if (keeper == null || stopped.get()) {
            return;
        }
        TimerTurn.run("clock", clockReader::read);
    }

    /** Asked by {@link NodeStop}, in time; a second call does nothing. */
    @PreDestroy
    public void stop() {
        if (!stopped.compareAndSet(false, true)) {
            return;
        }
        Deployed.end();
        stopping.countDown();
        awaitStarter();
        for (Component component : Component.values()) {
            readiness.down(component);
        }
        wakeUps.stop();
        lmtp.stop(LMTP_STOP);
        if (keeper != null) {
            keeper.close(RUNNERS_STOP);
            dispatcher.stop(RUNNERS_STOP);
        }
        LOG.log(Level.INFO, "Stopped node={0}", settings.node().name());
    }

    /**
     * Public, since one enterprise bean cannot call what is not, even of a neighbour.
     *
     * @return this node's present life; empty before it joined and while it has lapsed
     */
    public Optional<Incarnation> incarnation() {
        LeaseKeeper present = keeper;
        return present == null ? Optional.empty() : present.incarnation();
    }

    /** Whether the LMTP server has begun to listen, and the folders are there that it needs. */
    public boolean isListening() {
        return listening && !stopped.get();
    }

    /** A start that is under way comes to its end first, so that nothing begins after all has been stopped. */
    private void awaitStarter() {
        try {
            starter.join(START_END.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String root(Throwable error) {
        Throwable root = error;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.toString();
    }

    private static String text(int number) {
        return Integer.toString(number);
    }

    /** No runner works yet, so nothing is lost by not unwinding; the server's own shutdown would wait for this start. */
    private static void end(String why, int status) {
        System.err.println("posthorn: " + why);
        System.err.flush();
        Runtime.getRuntime().halt(status);
    }
}
