package org.posthorn.queue.lease;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.posthorn.queue.QueueName;

/**
 * What this node may believe at this moment: its incarnation, the leases that it took in it, and until when they hold by
 * its own monotonic clock. Past that nothing holds, whether or not anybody has noticed yet.
 */
final class Holdings {

    private record Key(QueueName queue, int slice) {}

    private record Life(Incarnation incarnation, long deadlineNanos) {}

    private final LongSupplier nanoTime;
    private final SliceUser user;
    private final Map<Key, Lease> held = new ConcurrentHashMap<>();
    private volatile Life life;

    Holdings(LongSupplier nanoTime, SliceUser user) {
        this.nanoTime = nanoTime;
        this.user = user;
    }

    /** @return the present incarnation; empty while there is none */
    Optional<Incarnation> incarnation() {
        Life now = life;
        return now == null ? Optional.empty() : Optional.of(now.incarnation());
    }

    /** A new life, without any lease. */
    synchronized void begin(Incarnation incarnation, long deadlineNanos) {
        end();
        life = new Life(incarnation, deadlineNanos);
    }

    /** The incarnation was renewed. Too late an answer changes nothing: it carries its own, past, deadline. */
    synchronized void renewed(Incarnation incarnation, long deadlineNanos) {
        if (life != null && life.incarnation().equals(incarnation)) {
            life = new Life(incarnation, deadlineNanos);
        }
    }

    /** The incarnation is over, and with it all that it held. @return false: it was over before */
    synchronized boolean lapsed(Incarnation incarnation) {
        if (life == null || !life.incarnation().equals(incarnation)) {
            return false;
        }
        end();
        return true;
    }

    private void end() {
        life = null;
        List<Lease> over = List.copyOf(held.values());
        held.clear();
        over.forEach(user::lost);
    }

    /** @return false: the incarnation that took it is over */
    synchronized boolean gained(Lease lease) {
        if (life == null || !life.incarnation().equals(lease.holder())) {
            return false;
        }
        held.put(key(lease), lease);
        user.gained(lease);
        return true;
    }

    /** Nothing works on it any more. */
    synchronized void gaveUp(Lease lease) {
        held.remove(key(lease), lease);
    }

    /** The database has another holder. */
    synchronized void lost(Lease lease) {
        if (held.remove(key(lease), lease)) {
            user.lost(lease);
        }
    }

    Collection<Lease> held() {
        return isPast() ? List.of() : List.copyOf(held.values());
    }

    Optional<Lease> lease(QueueName queue, int slice) {
        return isPast() ? Optional.empty() : Optional.ofNullable(held.get(new Key(queue, slice)));
    }

    boolean mayGoOn(Lease lease) {
        return lease.equals(held.get(key(lease))) && !isPast();
    }

    boolean isPast() {
        Life now = life;
        return now == null || LeaseTimes.isPast(now.deadlineNanos(), nanoTime.getAsLong());
    }

    /** @return the deadline; in the past when nothing is held */
    long deadlineNanos() {
        Life now = life;
        return now == null ? nanoTime.getAsLong() - 1 : now.deadlineNanos();
    }

    private static Key key(Lease lease) {
        return new Key(lease.queue(), lease.slice());
    }
}
