package org.posthorn.ingress;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.posthorn.platform.metrics.Metric;

/**
 * Lets parallel senders share one transaction and one sync to disk: while one group is being stored, the next one
 * gathers. A single sender waits for nobody.
 *
 * <p>A group that fails is tried again one by one, so that one arrival's fault is not its neighbours'; when the fault is
 * the database's own, the rest are not tried but told to come again. A reply is positive only after commit and sync.
 */
final class GroupCommit implements Committer {

    private static final Logger LOG = Logger.getLogger(GroupCommit.class.getName());
    private static final Reply TAKEN = new Reply(250, "2.0.0", "Taken");
    private static final int MOST_MEMBERS = 64;
    private static final long MOST_BYTES = 8L * 1024 * 1024;

    /** Stores a group in one transaction: all of it, or nothing. */
    @FunctionalInterface
    interface Store {
        void store(List<Arrival> group);
    }

    private final Store store;
    private final Runnable sync;
    private final ThreadFactory threads;
    private final Duration patience;
    private final BlockingQueue<Waiting> queue = new LinkedBlockingQueue<>();
    private Thread committer;
    private boolean stopped;

    /**
     * @param sync brings what is committed to disk
     * @param patience how long a sender waits for its turn, and then for its commit
     */
    GroupCommit(Store store, Runnable sync, ThreadFactory threads, Duration patience) {
        this.store = store;
        this.sync = sync;
        this.threads = threads;
        this.patience = patience;
    }

    private enum State {
        QUEUED,
        TAKEN_UP,
        GIVEN_UP
    }

    private record Waiting(Arrival arrival, AtomicReference<State> state, CompletableFuture<Reply> reply) {

        Waiting(Arrival arrival) {
            this(arrival, new AtomicReference<>(State.QUEUED), new CompletableFuture<>());
        }

        boolean becomes(State next) {
            return state.compareAndSet(State.QUEUED, next);
        }
    }

    @Override
    public Reply commit(Arrival arrival) {
        Waiting waiting = new Waiting(arrival);
        if (!enqueue(waiting)) {
            return Reply.TRY_LATER;
        }
        try {
            return await(waiting);
        } catch (TimeoutException e) {
            LOG.warning("a message was not stored in time");
            return Reply.TRY_LATER;
        } catch (ExecutionException e) {
            throw new IllegalStateException("a commit cannot end without a reply", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Reply.TRY_LATER;
        }
    }

    private Reply await(Waiting waiting) throws InterruptedException, ExecutionException, TimeoutException {
        try {
            return waiting.reply.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            if (waiting.becomes(State.GIVEN_UP)) {
                throw e;
            }
            // Its commit has begun. Should it succeed after all, the next try is known for a duplicate.
            return waiting.reply.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private synchronized boolean enqueue(Waiting waiting) {
        if (stopped) {
            return false;
        }
        if (committer == null || !committer.isAlive()) {
            committer = threads.newThread(this::work);
            committer.start();
        }
        return queue.add(waiting);
    }

    /** How many senders wait for their turn. */
    int waiting() {
        return queue.size();
    }

    @Override
    public void stop(Duration patience) {
        Thread last;
        synchronized (this) {
            stopped = true;
            last = committer;
        }
        if (last == null) {
            return;
        }
        queue.add(new Waiting(null));
        try {
            last.join(Math.max(1, patience.toMillis()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void work() {
        try {
            while (true) {
                List<Waiting> group = gather(queue.take());
                boolean end = group.removeIf(waiting -> waiting.arrival == null);
                group.removeIf(waiting -> !waiting.becomes(State.TAKEN_UP));
                commit(group);
                if (end) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private List<Waiting> gather(Waiting first) {
        List<Waiting> group = new ArrayList<>();
        long bytes = 0;
        for (Waiting next = first;
                next != null;
                next = group.size() < MOST_MEMBERS && bytes < MOST_BYTES ? queue.poll() : null) {
            group.add(next);
            bytes += next.arrival == null ? MOST_BYTES : next.arrival.message().sizeBytes();
        }
        return group;
    }

    private void commit(List<Waiting> group) {
        if (group.isEmpty()) {
            return;
        }
        long began = System.nanoTime();
        RuntimeException failure = store(group);
        if (failure == null) {
            Reply reply = synced();
            Metric.COMMIT_TIME.time(System.nanoTime() - began);
            Metric.COMMIT_MESSAGES.add(group.size());
            answer(group, reply);
        } else if (group.size() == 1 && !CommitFailure.isRace(failure)) {
            answer(group, CommitFailure.reply(failure));
        } else {
            commitSingly(group);
        }
    }

    private void commitSingly(List<Waiting> group) {
        List<Waiting> stored = new ArrayList<>();
        RuntimeException outage = null;
        for (Waiting member : group) {
            RuntimeException failure = outage == null ? store(List.of(member)) : outage;
            if (failure == null) {
                stored.add(member);
                continue;
            }
            answer(List.of(member), CommitFailure.reply(failure));
            outage = CommitFailure.isOutage(failure) ? failure : null;
        }
        if (!stored.isEmpty()) {
            answer(stored, synced());
        }
    }

    /** @return null when it is committed */
    private RuntimeException store(List<Waiting> group) {
        try {
            store.store(group.stream().map(Waiting::arrival).toList());
            return null;
        } catch (RuntimeException e) {
            if (CommitFailure.isRace(e)) {
                LOG.log(Level.INFO, "another node has stored one of a group of {0} at the same moment", group.size());
            } else {
                LOG.log(Level.WARNING, "a group of " + group.size() + " could not be stored", e);
            }
            return e;
        }
    }

    private Reply synced() {
        try {
            sync.run();
            return TAKEN;
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "what was committed could not be brought to disk", e);
            return CommitFailure.reply(e);
        }
    }

    private static void answer(List<Waiting> group, Reply reply) {
        group.forEach(waiting -> waiting.reply.complete(reply));
    }
}
