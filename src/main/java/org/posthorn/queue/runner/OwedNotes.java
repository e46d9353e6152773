package org.posthorn.queue.runner;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.posthorn.queue.QueueEntry;

/**
 * Notes of work begun that could not be taken back, since the database was away or the lease had lapsed. No process has
 * ended, so nobody may take them for traces of a crash: they are taken back as soon as the database is there, whoever holds
 * the slice by then. They are of this process alone: if it ends first, a crash is what it was.
 */
final class OwedNotes {

    /** More than all runners of a node can have under way; past it the oldest stay noted. */
    private static final int MOST = 2000;

    /** So many in one transaction. */
    private static final int AT_ONCE = 200;

    /**
     * A note of one entry.
     *
     * @param id the entry's
     * @param noted what its {@code begun} says while nobody else has noted or recorded anything
     * @param before what it said before
     */
    record Owed(long id, int noted, int before) {}

    private final ConcurrentLinkedQueue<Owed> owed = new ConcurrentLinkedQueue<>();
    private final AtomicInteger count = new AtomicInteger();

    /** @param alone as it was noted, see {@link org.posthorn.queue.QueueEntries#begin} */
    void add(List<QueueEntry> group, boolean alone) {
        for (QueueEntry entry : group) {
            int before = entry.begun();
            int noted = alone ? Math.max(2, before + 1) : Math.max(1, before);
            if (noted != before) {
                owed.add(new Owed(entry.id(), noted, before));
                if (count.incrementAndGet() > MOST && owed.poll() != null) {
                    count.decrementAndGet();
                }
            }
        }
    }

    /** Takes them back; outside of a transaction. A failure leaves those that were not taken back for the next time. */
    void settle(GroupWork groups) {
        while (!owed.isEmpty()) {
            List<Owed> some = take();
            try {
                groups.takeBack(some);
            } catch (RuntimeException e) {
                owed.addAll(some);
                count.addAndGet(some.size());
                throw e;
            }
        }
    }

    private List<Owed> take() {
        List<Owed> some = new ArrayList<>();
        Owed next = owed.poll();
        while (next != null) {
            some.add(next);
            count.decrementAndGet();
            next = some.size() < AT_ONCE ? owed.poll() : null;
        }
        return some;
    }
}
