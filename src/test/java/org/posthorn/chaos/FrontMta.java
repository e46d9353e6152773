package org.posthorn.chaos;

import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.posthorn.testing.PackagedNode;

/**
 * A client that hands posts over as a front MTA does: it keeps each until a node answers 250, and offers it again after a
 * 4xx or a lost connection, the same octets to the other node. A new one comes only when the last was taken.
 */
final class FrontMta implements Runnable {

    private static final long PAUSE_NANOS = 200_000_000;

    /** With all clients and lists, some hundred copies a second: two cores can start a node beside that. */
    private static final long MEAN_GAP_NANOS = 800_000_000;

    private static final int SMALL_LINES = 5;
    private static final int LARGE_LINES = 400;

    private final Setup setup;
    private final Ledger ledger;
    private final List<PackagedNode> nodes;
    private final BooleanSupplier mayBegin;
    private final Random random;
    private volatile boolean noMore;
    private volatile boolean over;

    /**
     * @param number from 0
     * @param mayBegin whether a new post is wanted now
     */
    FrontMta(int number, Setup setup, Ledger ledger, List<PackagedNode> nodes, BooleanSupplier mayBegin) {
        this.setup = setup;
        this.ledger = ledger;
        this.nodes = nodes;
        this.mayBegin = mayBegin;
        this.random = new Random(setup.seed() * 31 + number);
    }

    /** No new posts; the present one is still offered. */
    void finish() {
        noMore = true;
    }

    /** Not even that. */
    void giveUp() {
        over = true;
    }

    @Override
    public void run() {
        while (!noMore) {
            if (mayBegin.getAsBoolean()) {
                handOver(list());
            }
            LockSupport.parkNanos(random.nextLong(2 * MEAN_GAP_NANOS));
        }
    }

    /** The small ones more often than the large. */
    private MailingList list() {
        int most = setup.lists().size();
        return setup.lists().get(Math.min(random.nextInt(most), random.nextInt(most)));
    }

    private void handOver(MailingList list) {
        Post post = ledger.offer(list, random.nextInt(10) == 0 ? LARGE_LINES : SMALL_LINES);
        String sender = list.memberAddress(random.nextInt(list.size()));
        String message = post.message(sender);
        int first = random.nextInt(nodes.size());
        for (int tries = 0; !over; tries++) {
            if (tries > 0) {
                ledger.offeredAgain(post);
            }
            int port = nodes.get((first + tries) % nodes.size()).lmtpPort();
            Handover.Outcome outcome = Handover.offer(port, sender, list.address(), message);
            if (outcome instanceof Handover.Accepted) {
                ledger.accepted(post);
                return;
            }
            if (outcome instanceof Handover.Refused refused) {
                ledger.refused(post, refused.reply());
                return;
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }
}
