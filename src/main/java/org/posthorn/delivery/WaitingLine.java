package org.posthorn.delivery;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Who waits for one of a smarthost's connections, and who is next: the list with the fewest of them, among equals the one
 * with the fewest recipients to send to, and before all a list that has waited for long, so that a big post is never
 * starved by small ones. Within a list it is first come, first served. Not safe for threads by itself.
 *
 * <p>A list's wait goes on when its borrower gives up and comes again: runners wait for a short time only.
 */
final class WaitingLine<T> {

    /** So long a list may be passed over. */
    private static final long PATIENCE = Duration.ofSeconds(2).toNanos();

    /** Who was away for so long waits anew. */
    private static final long AWAY = Duration.ofSeconds(5).toNanos();

    private static final int MANY_LISTS = 200;

    /**
     * Who asks for a connection.
     *
     * @param list whose mail it is; the same number: those share
     * @param recipients how many there are to send to
     */
    record Claim(long list, int recipients) {}

    /** One that waits. @param who what is to be told when it's its turn */
    record Waiter<T>(Claim claim, T who) {}

    private static final class Standing {
        private int lent;
        private int waiting;
        private long sinceNanos;
        private long seenNanos;
    }

    private final List<Waiter<T>> waiters = new ArrayList<>();
    private final Map<Long, Standing> lists = new HashMap<>();

    boolean isEmpty() {
        return waiters.isEmpty();
    }

    int size() {
        return waiters.size();
    }

    /** How many lists it keeps note of. */
    int known() {
        return lists.size();
    }

    Waiter<T> join(Claim claim, T who, long nowNanos) {
        Standing standing = standing(claim, nowNanos);
        if (standing.waiting == 0 && (standing.sinceNanos == 0 || nowNanos - standing.seenNanos > AWAY)) {
            standing.sinceNanos = nowNanos;
        }
        standing.waiting++;
        standing.seenNanos = nowNanos;
        Waiter<T> waiter = new Waiter<>(claim, who);
        waiters.add(waiter);
        return waiter;
    }

    /** It waits no longer, and got nothing. */
    void leave(Waiter<T> waiter, long nowNanos) {
        waiters.removeIf(other -> other == waiter);
        Standing standing = standing(waiter.claim(), nowNanos);
        standing.waiting--;
        standing.seenNanos = nowNanos;
    }

    /** @return the one whose turn it is, who waits no longer and has a connection from now on; null: nobody waits */
    Waiter<T> next(long nowNanos) {
        Waiter<T> best = null;
        for (Waiter<T> waiter : waiters) {
            if (isFirstOfItsList(waiter) && (best == null || isBefore(waiter, best, nowNanos))) {
                best = waiter;
            }
        }
        if (best != null) {
            Waiter<T> taken = best;
            waiters.removeIf(other -> other == taken);
            Standing standing = standing(best.claim(), nowNanos);
            standing.waiting--;
            standing.sinceNanos = standing.waiting > 0 ? nowNanos : 0;
            standing.seenNanos = nowNanos;
            standing.lent++;
        }
        return best;
    }

    /** Who asked got a connection without waiting. */
    void lent(Claim claim, long nowNanos) {
        Standing standing = standing(claim, nowNanos);
        standing.lent++;
        standing.sinceNanos = 0;
        standing.seenNanos = nowNanos;
    }

    /** A connection is no longer with that list. */
    void returned(Claim claim, long nowNanos) {
        Standing standing = standing(claim, nowNanos);
        standing.lent--;
        standing.seenNanos = nowNanos;
    }

    private boolean isFirstOfItsList(Waiter<T> waiter) {
        for (Waiter<T> other : waiters) {
            if (other.claim().list() == waiter.claim().list()) {
                return other == waiter;
            }
        }
        return false;
    }

    /** @param other came before; of two that are alike it is first */
    private boolean isBefore(Waiter<T> one, Waiter<T> other, long nowNanos) {
        Standing ours = lists.get(one.claim().list());
        Standing theirs = lists.get(other.claim().list());
        boolean long1 = nowNanos - ours.sinceNanos >= PATIENCE;
        boolean long2 = nowNanos - theirs.sinceNanos >= PATIENCE;
        if (long1 || long2) {
            return long1 && (!long2 || ours.sinceNanos - theirs.sinceNanos < 0);
        }
        if (ours.lent != theirs.lent) {
            return ours.lent < theirs.lent;
        }
        return one.claim().recipients() < other.claim().recipients();
    }

    private Standing standing(Claim claim, long nowNanos) {
        if (lists.size() > MANY_LISTS) {
            lists.values().removeIf(any -> any.lent == 0 && any.waiting == 0 && nowNanos - any.seenNanos > AWAY);
        }
        return lists.computeIfAbsent(claim.list(), any -> new Standing());
    }
}
