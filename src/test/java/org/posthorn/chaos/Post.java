package org.posthorn.chaos;

import java.time.Duration;
import java.util.BitSet;

/** A post in the ledger: whether it was accepted, and whom it has reached. Once all have it, it holds no more than that. */
final class Post {

    private final MailingList list;
    private final String messageId;
    private BitSet reached = new BitSet();
    private boolean accepted;
    private long acceptedNanos;
    private long reachedNanos;

    Post(MailingList list, String messageId) {
        this.list = list;
        this.messageId = messageId;
    }

    MailingList list() {
        return list;
    }

    String messageId() {
        return messageId;
    }

    void accept() {
        accepted = true;
        acceptedNanos = System.nanoTime();
    }

    /** From the 250 to the last member's first copy, as far as it has come; zero before it was accepted. */
    Duration way() {
        long nanos = reachedNanos - acceptedNanos;
        return accepted && reachedNanos != 0 && nanos > 0 ? Duration.ofNanos(nanos) : Duration.ZERO;
    }

    boolean isAccepted() {
        return accepted;
    }

    /** @return whether this is the member's first copy */
    boolean reach(int member) {
        if (reached == null || reached.get(member)) {
            return false;
        }
        reached.set(member);
        reachedNanos = System.nanoTime();
        if (reached.cardinality() == list.size()) {
            reached = null;
        }
        return true;
    }

    /** How many have no copy yet. */
    int missing() {
        return reached == null ? 0 : list.size() - reached.cardinality();
    }

    /** @return the address of the first member without a copy; empty when there is none */
    String firstMissing() {
        return reached == null ? "" : list.memberAddress(reached.nextClearBit(0));
    }
}
