package org.posthorn.queue.runner;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.posthorn.queue.QueueName;

/**
 * Who may work now: each queue has a share of threads and a priority, and all of them together take no more than the
 * connections that the pool has, less a reserve. So a flood in one queue never starves another.
 *
 * <p>A free place goes to the waiting queue of the highest priority whose share is not used up; within a queue first come,
 * first served.
 */
final class Shares {

    /** @param threads how many may work at once; @param priority 1, served first, to 9 */
    record Share(int threads, int priority) {}

    private static final class Waiting {
        final QueueName queue;
        boolean admitted;

        Waiting(QueueName queue) {
            this.queue = queue;
        }
    }

    private final int places;
    private final Map<QueueName, Share> shares = new EnumMap<>(QueueName.class);
    private final Map<QueueName, Integer> working = new EnumMap<>(QueueName.class);
    private final List<Waiting> line = new ArrayList<>();
    private int taken;

    /** @param places how many may work at once over all queues */
    Shares(int places) {
        this.places = places;
        for (QueueName queue : QueueName.values()) {
            shares.put(queue, new Share(queue.presetThreads(), queue.presetPriority()));
            working.put(queue, 0);
        }
    }

    synchronized void set(QueueName queue, Share share) {
        shares.put(queue, share);
        admit();
    }

    /**
     * Waits for a place.
     *
     * @return false when there was none within the time, or the thread was interrupted
     */
    synchronized boolean enter(QueueName queue, Duration most) {
        Waiting me = new Waiting(queue);
        line.add(me);
        admit();
        long deadline = System.nanoTime() + most.toNanos();
        try {
            while (!me.admitted) {
                long left = deadline - System.nanoTime();
                if (left <= 0) {
                    break;
                }
                wait(Math.max(1, left / 1_000_000));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        line.remove(me);
        return me.admitted;
    }

    synchronized void leave(QueueName queue) {
        taken--;
        working.merge(queue, -1, Integer::sum);
        admit();
    }

    private void admit() {
        while (taken < places) {
            Waiting best = null;
            for (Waiting waiting : line) {
                boolean may = !waiting.admitted
                        && working.get(waiting.queue)
                                < shares.get(waiting.queue).threads();
                if (may
                        && (best == null
                                || shares.get(waiting.queue).priority()
                                        < shares.get(best.queue).priority())) {
                    best = waiting;
                }
            }
            if (best == null) {
                return;
            }
            best.admitted = true;
            taken++;
            working.merge(best.queue, 1, Integer::sum);
            notifyAll();
        }
    }
}
