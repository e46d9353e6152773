package org.posthorn.queue.runner;

import jakarta.annotation.Resource;
import jakarta.batch.runtime.BatchRuntime;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.posthorn.platform.metrics.Metric;
import org.posthorn.platform.settings.Settings;
import org.posthorn.queue.QueueEntries;
import org.posthorn.queue.QueueName;
import org.posthorn.queue.QueueSignals;
import org.posthorn.queue.lease.Fence;
import org.posthorn.queue.lease.Lease;
import org.posthorn.queue.lease.LeaseKeeper;
import org.posthorn.queue.lease.SlicePlan;
import org.posthorn.queue.lease.SliceUser;

/**
 * Sees to it that each leased slice with work has a running runner, and only one.
 *
 * <p>Hears of leases won and to be given up (as the keeper's {@link SliceUser}) and of new entries (signals after commit,
 * and once a second the safety net). Runners are started by one thread of its own, since a job cannot be started from
 * within another's transaction. Its registry, not the batch repository, says what runs: the repository does not know the
 * dead.
 *
 * <p>Past 300 lines it would be two classes; what it must not become is a second place where entries are worked on.
 */
@ApplicationScoped
public class Dispatcher implements SliceUser {

    private static final Logger LOG = System.getLogger(Dispatcher.class.getName());

    /** Runners in transactions at once: half of the pool's 48 connections; senders use some of the others to record. */
    private static final int PLACES = 24;

    private static final int SAMPLE = 200;
    private static final Duration STARTER_WAIT = Duration.ofSeconds(1);
    private static final Duration START_PAUSE = Duration.ofSeconds(2);

    private record Key(QueueName queue, int slice) {}

    @Resource
    private ManagedThreadFactory threads;

    private final QueueEntries entries;
    private final GroupWork groups;
    private final Fence fence;
    private final Clock clock;
    private final QueueSignals signals;
    private final Settings settings;
    private final Map<QueueName, Stage> stages = new EnumMap<>(QueueName.class);
    private final Map<QueueName, SendingStage> sendingStages = new EnumMap<>(QueueName.class);
    private final Map<Key, RunnerSlot> slots = new ConcurrentHashMap<>();
    private final BlockingQueue<RunnerSlot> toStart = new LinkedBlockingQueue<>();
    private final Shares shares = new Shares(PLACES);
    private final Suspects suspects = new Suspects();
    private final OwedNotes owed = new OwedNotes();
    private volatile BegunNotes notes;
    private volatile LeaseKeeper keeper;
    private volatile boolean closed;

    protected Dispatcher() {
        this(null, null, null, null, null, null);
    }

    @Inject
    public Dispatcher(
            QueueEntries entries, GroupWork groups, Fence fence, Clock clock, QueueSignals signals, Settings settings) {
        this.entries = entries;
        this.groups = groups;
        this.fence = fence;
        this.clock = clock;
        this.signals = signals;
        this.settings = settings;
    }

    @Inject
    void stages(@Any Instance<Stage> found, @Any Instance<SendingStage> foundSending) {
        found.forEach(stage -> stages.put(stage.queue(), stage));
        foundSending.forEach(stage -> sendingStages.put(stage.queue(), stage));
    }

    /** @return whether anybody works on this queue; for others no entry is made */
    public boolean hasStage(QueueName queue) {
        return stages.containsKey(queue) || sendingStages.containsKey(queue);
    }

    /** Begins to listen. The keeper may win leases from now on. Called again with another keeper if that one could not join. */
    public void start(LeaseKeeper keeper) {
        if (notes == null) {
            notes = settings.database().isEmbeddedFile()
                    ? BegunNotes.inFile(groups, settings.database().besideFile(".begun"))
                    : BegunNotes.inDatabase(groups);
        }
        boolean first = this.keeper == null;
        this.keeper = keeper;
        if (first) {
            signals.listen(this::arrived);
            // Never interrupted: that would close an embedded database in the midst of a file access. It looks once a
            // second.
            Thread starter = threads.newThread(this::startRunners);
            starter.setName("runner-starter");
            starter.start();
        }
    }

    /**
     * Tells every runner to stop and waits for all of them.
     *
     * @return whether all have ended within the time
     */
    public boolean stop(Duration most) {
        closed = true;
        slots.values().forEach(RunnerSlot::stop);
        long deadline = System.nanoTime() + most.toNanos();
        boolean ended = true;
        for (RunnerSlot slot : slots.values()) {
            ended &= slot.awaitEnd(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
        }
        return ended;
    }

    @Override
    public void gained(Lease lease) {
        if (closed || !hasStage(lease.queue())) {
            return;
        }
        RunnerSlot slot = new RunnerSlot(lease, stages.get(lease.queue()), sendingStages.get(lease.queue()));
        RunnerSlot before = slots.put(new Key(lease.queue(), lease.slice()), slot);
        if (before != null) {
            before.stop();
        }
    }

    @Override
    public boolean giveUp(Lease lease, Duration most) {
        RunnerSlot slot = slots.get(new Key(lease.queue(), lease.slice()));
        if (slot == null || slot.lease().epoch() != lease.epoch()) {
            return true;
        }
        slot.stop();
        boolean ended = slot.awaitEnd(most);
        if (ended) {
            slots.remove(new Key(lease.queue(), lease.slice()), slot);
        }
        return ended;
    }

    @Override
    public void lost(Lease lease) {
        Key key = new Key(lease.queue(), lease.slice());
        RunnerSlot slot = slots.get(key);
        if (slot != null && slot.lease().epoch() == lease.epoch()) {
            slot.stop();
            slots.remove(key, slot);
        }
    }

    /** @return how many runners of that queue run here */
    int running(QueueName queue) {
        return (int) slots(queue).stream().filter(RunnerSlot::isRunning).count();
    }

    /** @return how long ago this node's leases were renewed; empty before it has joined */
    Optional<Duration> sinceRenewal() {
        LeaseKeeper present = keeper;
        return Optional.ofNullable(present).map(LeaseKeeper::sinceRenewal);
    }

    /** @return whether a runner runs on that slice here */
    public boolean isRunning(QueueName queue, int slice) {
        RunnerSlot slot = slots.get(new Key(queue, slice));
        return slot != null && slot.isRunning();
    }

    /**
     * The safety net: calls the quiet runners of slices with due work, whoever made that work and whether or not it was
     * told. Each queue is asked for by itself, and only in the parts of its hash space that are quiet here, so that a
     * backlog anywhere hides nothing.
     */
    public void sweep() {
        if (keeper == null || closed) {
            return;
        }
        for (QueueName queue : QueueName.values()) {
            List<long[]> quiet = slots(queue).stream()
                    .filter(RunnerSlot::isQuiet)
                    .map(slot -> new long[] {slot.lease().from(), slot.lease().to()})
                    .toList();
            if (!quiet.isEmpty()) {
                entries.sampleDue(queue, quiet, clock.instant(), SAMPLE).forEach(hash -> arrived(queue, hash));
            }
        }
    }

    /** @return whether the slice is this node's */
    private boolean arrived(QueueName queue, long hash) {
        if (closed) {
            return false;
        }
        for (RunnerSlot slot : slots(queue)) {
            if (slot.lease().from() <= hash && hash <= slot.lease().to()) {
                call(slot);
                return true;
            }
        }
        return false;
    }

    private Collection<RunnerSlot> slots(QueueName queue) {
        return slots.values().stream()
                .filter(slot -> slot.lease().queue() == queue)
                .toList();
    }

    private void call(RunnerSlot slot) {
        int inVain = slot.startsInVain();
        if (slot.call()) {
            if (slot.startsInVain() > inVain) {
                LOG.log(
                        Level.WARNING,
                        "RunnerNotBegun slice={0} times={1}: its job was taken and never began; started again",
                        slot,
                        slot.startsInVain());
                Metric.RUNNER_START_FAILURES.add(1, slot.lease().queue().label());
            }
            toStart.add(slot);
        }
    }

    /** One job execution's work: runs the slot's runner in the calling thread. @return false: the slice is not held (any more) */
    boolean run(String queue, int slice, long epoch, long executionId) {
        RunnerSlot slot = slots.get(new Key(QueueName.valueOf(queue), slice));
        long run = slot == null || slot.lease().epoch() != epoch ? 0 : slot.begin();
        if (run == 0) {
            return false;
        }
        String label = slot.lease().queue().label();
        String outcome = "failed";
        long began = System.nanoTime();
        Metric.RUNNER_STARTS.add(1, label);
        try {
            keeper.recordExecution(executionId);
            outcome = new SliceRunner(
                            slot,
                            new SliceRunner.Engine(
                                    entries, groups, notes, fence, keeper::mayGoOn, shares, suspects, owed, clock))
                    .run();
        } finally {
            Metric.RUNNER_ENDS.add(1, label, outcome);
            Metric.RUNNER_TIME.time(System.nanoTime() - began, label);
            if (slot.ended(run)) {
                toStart.add(slot);
            }
            forget(executionId);
        }
        return true;
    }

    private void forget(long executionId) {
        try {
            keeper.forgetExecution(executionId);
        } catch (RuntimeException e) {
            LOG.log(Level.DEBUG, "execution {0} is not forgotten: {1}", executionId, e.toString());
        }
    }

    @Override
    public void planned(List<SlicePlan> plans) {
        plans.forEach(plan -> shares.set(plan.queue(), new Shares.Share(plan.threads(), plan.priority())));
    }

    /** Ends a runner without giving up its slice. */
    void pause(String queue, int slice) {
        RunnerSlot slot = slots.remove(new Key(QueueName.valueOf(queue), slice));
        if (slot != null) {
            slot.stop();
            slot.awaitEnd(Duration.ofSeconds(30));
            if (keeper.mayGoOn(slot.lease())) {
                gained(slot.lease());
            }
        }
    }

    private void startRunners() {
        while (!closed) {
            try {
                RunnerSlot slot = toStart.poll(STARTER_WAIT.toMillis(), TimeUnit.MILLISECONDS);
                if (slot != null && !slot.isStopping()) {
                    start(slot);
                }
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void start(RunnerSlot slot) throws InterruptedException {
        Properties parameters = new Properties();
        parameters.setProperty("queue", slot.lease().queue().name());
        parameters.setProperty("slice", Integer.toString(slot.lease().slice()));
        parameters.setProperty("epoch", Long.toString(slot.lease().epoch()));
        try {
            BatchRuntime.getJobOperator().start("queue-runner", parameters);
            slot.handedOver();
        } catch (RuntimeException | Error e) {
            // The job repository is in the database: when that is away (the container throws a
            // ServiceConfigurationError
            // where it was never there before), the safety net calls again. Its tables are there: see BatchTables.
            // Nothing may end this thread: no runner would be started here any more.
            LOG.log(Level.WARNING, "a runner for {0} could not be started: {1}", slot, e.toString());
            Metric.RUNNER_START_FAILURES.add(1, slot.lease().queue().label());
            slot.notStarted();
            TimeUnit.MILLISECONDS.sleep(START_PAUSE.toMillis());
        }
    }
}
