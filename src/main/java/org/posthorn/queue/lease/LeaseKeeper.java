package org.posthorn.queue.lease;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import javax.sql.DataSource;
import org.posthorn.platform.DatabaseException;
import org.posthorn.platform.Dialect;
import org.posthorn.platform.Sql;
import org.posthorn.platform.metrics.Metric;
import org.posthorn.queue.QueueName;

/**
 * A node's part in the lease protocol, on two threads, each with a database connection of its own: one renews the node's
 * row and does nothing else; the other looks once a second which slices should be here, gives up and takes.
 *
 * <p>When the database is away both keep trying. Past the deadline everything is lost, by this node's own clock, without
 * asking anyone; once the database is back, the node joins as a new incarnation and takes its slices anew.
 *
 * <p>Neither thread is ever interrupted: an interrupt in the midst of a file access closes an embedded database.
 *
 * <p>Past 300 lines by its comments and the orderly end: to split the two threads would hide how they depend on each other.
 */
public final class LeaseKeeper implements AutoCloseable {

    private static final Logger LOG = System.getLogger(LeaseKeeper.class.getName());

    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final Duration LOOK_SOON = Duration.ofMillis(100);
    private static final Duration STOP = Duration.ofSeconds(30);
    private static final int LOOKS_PER_BURIAL = 30;

    private final String node;
    private final int weight;
    private final LeaseTimes times;
    private final SliceUser user;
    private final Holdings holdings;
    private final LeaseStore renewing;
    private final LeaseStore moving;
    private final SliceMover mover;
    private final Joining joining;
    private final Executions executions;
    private final Signal signal = new Signal();
    private volatile long renewedNanos = System.nanoTime();
    private Thread renewer;
    private Thread looker;

    /**
     * @param source the pool; two of its connections are kept
     * @param weight this node's share of the slices
     * @param user who works on them
     */
    public LeaseKeeper(DataSource source, Dialect dialect, String node, int weight, SliceUser user) {
        this(source, dialect, node, weight, user, LeaseTimes.STANDARD, dialect == Dialect.H2);
    }

    /** @param alone only one process can have this database open: a former life of this node is over for certain */
    LeaseKeeper(
            DataSource source,
            Dialect dialect,
            String node,
            int weight,
            SliceUser user,
            LeaseTimes times,
            boolean alone) {
        this.node = node;
        this.weight = weight;
        this.times = times;
        this.user = user;
        this.holdings = new Holdings(System::nanoTime, user);
        this.renewing = new LeaseStore(source, dialect, times);
        this.moving = new LeaseStore(source, dialect, times);
        this.mover = new SliceMover(moving, holdings, user);
        this.joining = new Joining(moving, times, alone, signal::pause);
        this.executions = new Executions(new Sql(source), dialect);
    }

    /**
     * Makes missing plans, joins, and begins to hold slices. Returns once the node has joined: at once, or, after a crash
     * on PostgreSQL, when the former life's lease time is over.
     *
     * @param threads makes the two threads
     * @throws NodeNameTakenException when another node of this name lives; nothing was started
     * @throws DatabaseException when the database cannot be had; nothing was started
     */
    public void start(ThreadFactory threads) throws InterruptedException {
        try {
            plan();
            join();
        } catch (RuntimeException | InterruptedException e) {
            moving.close();
            throw e;
        }
        renewer = threads.newThread(this::renew);
        looker = threads.newThread(this::look);
        renewer.start();
        looker.start();
    }

    private void plan() {
        try {
            moving.plan();
        } catch (DatabaseException e) {
            if (!e.isConstraintViolation()) {
                throw e;
            }
            moving.plan(); // another node was at it too; what it made is there now
        }
    }

    private void join() throws InterruptedException {
        Incarnation me;
        long sent;
        do {
            me = joining.join(node, weight);
            sent = System.nanoTime();
            // Renewed at once: joining may have waited for long before it was let in.
        } while (!moving.renew(me));
        renewedNanos = sent;
        holdings.begin(me, times.deadlineNanos(sent));
        LOG.log(Level.INFO, "joined as {0}", me);
    }

    /** @return this node's leases; none past the deadline */
    public Collection<Lease> held() {
        return holdings.held();
    }

    /** @return this node's lease on that slice; empty when it has none, or past the deadline */
    public Optional<Lease> lease(QueueName queue, int slice) {
        return holdings.lease(queue, slice);
    }

    /** Whether a holder may send, or begin, one more thing under this lease: from memory, so cheap enough for each message. */
    public boolean mayGoOn(Lease lease) {
        return holdings.mayGoOn(lease);
    }

    /** @return {@link System#nanoTime} past which nothing is held; in the past when nothing is */
    public long deadlineNanos() {
        return holdings.deadlineNanos();
    }

    /** @return how long ago the leases were renewed, or the node joined */
    public Duration sinceRenewal() {
        return Duration.ofNanos(System.nanoTime() - renewedNanos);
    }

    /** @return this node's present life; empty after it lapsed and until it has joined again */
    public Optional<Incarnation> incarnation() {
        return holdings.incarnation();
    }

    /** Looks at the site at once: after an administrator's change, or when told of another node. */
    public void wake() {
        signal.wake();
    }

    /** Notes a batch job execution of this life, to be marked as failed should this node die. Commits by itself. */
    public void recordExecution(long executionId) {
        Incarnation me = incarnation()
                .orElseThrow(() -> new IllegalStateException("no lease is held: execution " + executionId));
        executions.record(executionId, me);
    }

    /** That execution has ended. */
    public void forgetExecution(long executionId) {
        executions.forget(executionId);
    }

    private void renew() {
        boolean told = false;
        try {
            renewUntilTold();
            told = true;
        } finally {
            renewing.close();
            if (!told) {
                giveUpUntilRestarted("renews leases");
            }
        }
    }

    private void renewUntilTold() {
        int failures = 0;
        while (signal.await(failures == 0 ? times.renewal() : Backoff.after(failures), false)) {
            Optional<Incarnation> me = holdings.incarnation();
            if (me.isEmpty()) {
                failures = 0;
                continue;
            }
            try {
                renew(me.get());
                failures = 0;
            } catch (RuntimeException e) {
                failures++;
                Metric.LEASE_RENEWALS.add(1, "failed");
                LOG.log(Level.WARNING, "leases could not be renewed ({0} times): {1}", failures, e.toString());
                lapseIfPast(me.get());
            }
        }
    }

    private void renew(Incarnation me) {
        long sent = System.nanoTime();
        if (renewing.renew(me)) {
            Metric.LEASE_RENEWALS.add(1, "done");
            renewedNanos = sent;
            holdings.renewed(me, times.deadlineNanos(sent));
        } else {
            lapse(me);
        }
    }

    private void look() {
        boolean told = false;
        try {
            lookUntilTold();
            told = true;
        } finally {
            if (!told) {
                giveUpUntilRestarted("moves slices");
            }
        }
    }

    /** A node that cannot keep its slices must not be thought to be alive: they would lie idle, or lapse over and over. */
    private void giveUpUntilRestarted(String task) {
        signal.close();
        holdings.incarnation().ifPresent(holdings::lapsed);
        LOG.log(Level.ERROR, "the thread that {0} died; this node gives up its part until it is restarted", task);
    }

    private void lookUntilTold() {
        int failures = 0;
        int looks = 0;
        boolean moved = false;
        while (signal.await(failures > 0 ? Backoff.after(failures) : moved ? LOOK_SOON : LOOK, true)) {
            try {
                moved = mover.move(living());
                if (looks++ % LOOKS_PER_BURIAL == 0 || moved) {
                    bury();
                }
                failures = 0;
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                failures++;
                moved = false;
                LOG.log(
                        failures == 1 ? Level.WARNING : Level.DEBUG,
                        "could not look at the nodes and slices ({0} times): {1}",
                        failures,
                        e.toString());
            }
        }
    }

    /** @return the present incarnation, or a new one if that is over */
    private Incarnation living() throws InterruptedException {
        holdings.incarnation().ifPresent(this::lapseIfPast);
        if (holdings.incarnation().isEmpty()) {
            join();
        }
        return holdings.incarnation().orElseThrow(() -> new IllegalStateException("lapsed again"));
    }

    private void lapseIfPast(Incarnation me) {
        if (holdings.isPast()) {
            lapse(me);
        }
    }

    private void lapse(Incarnation me) {
        if (holdings.lapsed(me)) { // the other thread may have seen it first
            LOG.log(Level.WARNING, "lapsed: {0}. Its slices are lost; the node joins again", me);
            Metric.LEASE_LAPSES.add(1);
        }
        signal.wake();
    }

    private void bury() {
        List<Long> dead = moving.buryExecutions();
        if (!dead.isEmpty()) {
            LOG.log(Level.INFO, "marked {0} job executions of nodes that died as failed", dead.size());
            user.died(dead);
        }
    }

    /** {@link #close(Duration)} with half a minute for the runners. */
    @Override
    public void close() {
        close(STOP);
    }

    /**
     * Leaves gracefully: stops the runners, gives the leases back and takes no more. What does not stop in time keeps its
     * slice until the lease lapses, so that nobody else works beside it.
     *
     * @param most how long to wait for the runners
     */
    public void close(Duration most) {
        if (looker == null) {
            return;
        }
        signal.closeLooking();
        join(looker);
        long deadline = System.nanoTime() + most.toNanos();
        Collection<Lease> left = holdings.held();
        left.forEach(lease -> user.giveUp(lease, Duration.ZERO));
        boolean all = true;
        for (Lease lease : left) {
            boolean stopped = user.giveUp(lease, Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
            all &= stopped;
            if (stopped) {
                quietly(() -> mover.release(lease));
            }
        }
        signal.close();
        join(renewer);
        Optional<Incarnation> me = holdings.incarnation();
        if (all) {
            me.ifPresent(incarnation -> quietly(() -> moving.leave(incarnation)));
        }
        me.ifPresent(holdings::lapsed);
        moving.close();
    }

    private static void quietly(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "leases could not be given back, and will lapse: {0}", e.toString());
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
