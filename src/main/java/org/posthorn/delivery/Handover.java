package org.posthorn.delivery;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.posthorn.delivery.smtp.Fate;
import org.posthorn.delivery.smtp.HostDownException;
import org.posthorn.delivery.smtp.Transaction;
import org.posthorn.platform.metrics.Metric;

/** What is under way over one connection that a turn has borrowed: which recipients, since when. */
final class Handover {

    private record Batch(List<Integer> indexes, long beganNanos) {}

    /** What a transaction came to. @param indexes places in the chunk; @param fates one for each, in order */
    record Outcome(List<Integer> indexes, List<Fate> fates) {}

    /** One that the smarthost works on, and the next one's envelope. */
    private static final int NEAR = 2;

    private final HostLine.Lent lent;
    private final Host host;
    private final Deque<Batch> underWay = new ArrayDeque<>();
    private int recipients;

    Handover(HostLine.Lent lent, Host host) {
        this.lent = lent;
        this.host = host;
    }

    /** @return how many recipients are handed over whose fate is not known yet */
    int recipients() {
        return recipients;
    }

    boolean isEmpty() {
        return underWay.isEmpty();
    }

    /** @return whether one more transaction may begin on this connection */
    boolean hasRoom() {
        return underWay.size() < lent.connection().window() && !lent.isWornOut(underWay.size());
    }

    /** @return whether many transactions have to be under way to keep the smarthost busy */
    boolean isFar() {
        return lent.connection().window() > NEAR;
    }

    boolean isWornOut() {
        return lent.isWornOut(underWay.size());
    }

    void begin(List<Integer> indexes, Transaction transaction) throws HostDownException {
        boolean begun = false;
        try {
            long now = System.nanoTime();
            lent.connection().begin(transaction);
            underWay.add(new Batch(indexes, now));
            recipients += indexes.size();
            begun = true;
        } catch (StackOverflowError e) {
            // One message's fault: what was sent before is to be recorded, and this connection is in the midst of
            // something.
            throw new IllegalStateException("the stack overflowed", e);
        } finally {
            if (!begun) {
                failed();
            }
        }
    }

    /** Waits for what the oldest one under way comes to. */
    Outcome next() throws HostDownException {
        return next(false);
    }

    private List<Fate> hear(boolean onlyHear) throws HostDownException {
        lent.waits(true);
        try {
            return onlyHear ? lent.connection().heard() : lent.connection().next();
        } finally {
            lent.waits(false);
        }
    }

    private Outcome next(boolean onlyHear) throws HostDownException {
        boolean told = false;
        try {
            List<Fate> fates = hear(onlyHear);
            Batch batch = underWay.remove();
            recipients -= batch.indexes().size();
            long now = System.nanoTime();
            lent.worked(batch.beganNanos(), now, isPutOff(fates));
            Metric.SMARTHOST_TIME.time(now - batch.beganNanos(), host.name());
            boolean served = fates.stream().anyMatch(fate -> !(fate instanceof Fate.NotServed));
            Metric.SMARTHOST_TRANSACTIONS.add(1, host.name(), served ? "done" : "failed");
            told = true;
            return new Outcome(batch.indexes(), fates);
        } catch (StackOverflowError e) {
            throw new IllegalStateException("the stack overflowed", e);
        } finally {
            if (!told) {
                failed();
            }
        }
    }

    private static boolean isPutOff(List<Fate> fates) {
        for (Fate fate : fates) {
            if (!(fate instanceof Fate.Deferred || fate instanceof Fate.PostDeferred)) {
                return false;
            }
        }
        return true;
    }

    /** @return the outcomes that came before the connection was lost; of all others nobody knows */
    List<Outcome> rest() {
        List<Outcome> outcomes = new ArrayList<>();
        try {
            while (!underWay.isEmpty()) {
                outcomes.add(next(true));
            }
        } catch (HostDownException | RuntimeException e) {
            // What went wrong is known already.
        }
        abandon();
        return outcomes;
    }

    /** Nobody waits for what is under way any more: the connection is of no use. */
    void abandon() {
        if (!underWay.isEmpty()) {
            lent.broken();
            underWay.clear();
            recipients = 0;
        }
    }

    private void failed() {
        Metric.SMARTHOST_TRANSACTIONS.add(1, host.name(), "failed");
        lent.broken();
    }
}
