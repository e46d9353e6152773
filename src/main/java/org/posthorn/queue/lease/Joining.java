package org.posthorn.queue.lease;

import java.time.Duration;
import org.posthorn.platform.DatabaseException;

/**
 * How a node gets its row: at once when its former life is over; else it watches the row for as long as that life can
 * last. If it was renewed meanwhile, another node of that name is alive, and this one must not start.
 */
final class Joining {

    /** Waits; a test's does not. */
    @FunctionalInterface
    interface Pause {
        void pause(Duration time) throws InterruptedException;
    }

    private static final Duration LOOK = Duration.ofMillis(500);

    private final LeaseStore store;
    private final LeaseTimes times;
    private final boolean proven;
    private final Pause pause;

    /** @param proven a former life is over anyway: the database is a file that only one process can open */
    Joining(LeaseStore store, LeaseTimes times, boolean proven, Pause pause) {
        this.store = store;
        this.times = times;
        this.proven = proven;
        this.pause = pause;
    }

    /**
     * @throws NodeNameTakenException when another node of this name lives
     * @throws DatabaseException when the database cannot be had
     */
    Incarnation join(String node, int weight) throws InterruptedException {
        Incarnation me = Incarnation.fresh(node);
        NodeRow first = null;
        // A life that is not renewed is over after one lease time; twice that means a clock stands still.
        for (long looks = times.lease().multipliedBy(2).dividedBy(LOOK); looks >= 0; looks--) {
            NodeRow present = store.look(node).row();
            if (first != null
                    && present != null
                    && !present.incarnation().equals(NodeRow.STRUCK)
                    && !isSameBeat(first, present)) {
                throw new NodeNameTakenException(node);
            }
            if (tryOnce(me, weight)) {
                return me;
            }
            first = present;
            pause.pause(LOOK);
        }
        throw new NodeNameTakenException(node);
    }

    private static boolean isSameBeat(NodeRow one, NodeRow other) {
        return one.incarnation().equals(other.incarnation()) && one.beats() == other.beats();
    }

    private boolean tryOnce(Incarnation me, int weight) {
        try {
            return store.join(me, weight, proven);
        } catch (DatabaseException e) {
            if (e.isConstraintViolation()) {
                return false; // another of this name came first: the next look tells
            }
            throw e;
        }
    }
}
