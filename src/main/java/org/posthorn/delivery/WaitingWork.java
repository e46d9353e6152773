package org.posthorn.delivery;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.posthorn.queue.QueueEntries;
import org.posthorn.queue.QueueName;

/**
 * Brings forward the entries of {@code backoff} that wait for something that has come: hours that don't count any more, a
 * smarthost that is another now. Each call is bounded; what is left over comes with the next look, which any node makes.
 */
@ApplicationScoped
public class WaitingWork {

    private static final int PIECE = 1000;
    private static final int MOST_PIECES = 10;

    /** What is due so soon comes by itself. */
    private static final Duration SOON = Duration.ofSeconds(20);

    private final QueueEntries entries;
    private final SmarthostPool pool;
    private final Clock clock;

    protected WaitingWork() {
        this(null, null, null);
    }

    @Inject
    public WaitingWork(QueueEntries entries, SmarthostPool pool, Clock clock) {
        this.entries = entries;
        this.pool = pool;
        this.clock = clock;
    }

    /** The pool is another: whatever an entry waits for, it may be there now. */
    void all() {
        in(most -> entries.bringForward(QueueName.BACKOFF, List.of(), clock.instant(), most));
    }

    /** A smarthost delivers now. */
    void of(String smarthost) {
        in(most ->
                entries.bringForward(QueueName.BACKOFF, List.of(smarthost, Deferral.SEVERAL), clock.instant(), most));
    }

    /**
     * What waits for the hours of smarthosts that are within them, or have none, or are no more. A change brings its
     * entries forward by itself; those that were being put to wait meanwhile, or were too many, are found here.
     */
    void overlooked() {
        List<String> rightly = new ArrayList<>(pool.closed());
        rightly.add(Deferral.SEVERAL);
        rightly.add(Deferral.ANY);
        in(most -> entries.bringForwardOthers(
                QueueName.BACKOFF, rightly, clock.instant().plus(SOON), clock.instant(), most));
    }

    private interface Piece {
        int take(int most);
    }

    private static void in(Piece piece) {
        int pieces = 0;
        while (pieces < MOST_PIECES && piece.take(PIECE) == PIECE) {
            pieces++;
        }
    }
}
