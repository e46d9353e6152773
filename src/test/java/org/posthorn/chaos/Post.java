package org.posthorn.chaos;

import java.time.Duration;
import java.util.Arrays;

/** A post in the ledger: whether it was accepted, and whom it has reached, when, and over which connection. */
final class Post {

    private static final int NONE = -1;

    private final MailingList list;
    private final String messageId;
    private final int[] connections;
    private final long[] millis;
    private int reached;
    private boolean accepted;
    private long acceptedNanos;
    private long reachedNanos;

    Post(MailingList list, String messageId) {
        this.list = list;
        this.messageId = messageId;
        this.connections = new int[list.size()];
        this.millis = new long[list.size()];
        Arrays.fill(connections, NONE);
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

    /**
     * @param connection its number
     * @return whether this is the member's first copy
     */
    boolean reach(int member, int connection, long atMillis) {
        if (connections[member] != NONE) {
            return false;
        }
        connections[member] = connection;
        millis[member] = atMillis;
        reached++;
        reachedNanos = System.nanoTime();
        return true;
    }

    /** The number of the connection over which the member's first copy came. */
    int connection(int member) {
        return connections[member];
    }

    /** When it came, since 1970. */
    long atMillis(int member) {
        return millis[member];
    }

    /** How many have no copy yet. */
    int missing() {
        return list.size() - reached;
    }

    /** @return the address of the first member without a copy; empty when there is none */
    String firstMissing() {
        for (int member = 0; member < connections.length; member++) {
            if (connections[member] == NONE) {
                return list.memberAddress(member);
            }
        }
        return "";
    }
}
