package org.posthorn.delivery;

import java.time.Duration;
import java.util.List;
import org.posthorn.queue.QueueEntry;
import org.posthorn.queue.runner.SendingStage;

/**
 * One turn's log that stores nothing: it hands on what is recorded and how the turn ends, and holds the turn to the log's
 * contract: the first group that leaves others waiting is told apart, and what is finished at once had no group before it.
 */
abstract class RecordingLog extends DeliveryLog {

    private boolean progressed;
    private boolean any;

    /** How a turn ended. @param delay of a deferral; else zero */
    record End(String how, int waiting, Duration delay, int tries, String reason) {}

    /** Takes the results; no recipient may come twice. */
    abstract void record(List<Result> results);

    /** @param deferral null unless it was deferred */
    abstract void ended(End end, Deferral deferral);

    /** Of a yield: how many recipients wait when so many are settled. */
    abstract int waiting(int settled);

    private void take(List<Result> results) {
        record(results);
        any |= !results.isEmpty();
    }

    @Override
    public void firstGroup(QueueEntry entry, List<Result> results, int settled, SendingStage.Turn turn) {
        take(results);
        progressed = true;
    }

    @Override
    public void group(QueueEntry entry, List<Result> results, SendingStage.Turn turn) {
        if (!progressed) {
            throw new IllegalStateException("the turn's first group notes that the entry got further");
        }
        take(results);
    }

    @Override
    public void finishAtOnce(QueueEntry entry, List<Result> results, SendingStage.Turn turn) {
        if (any) {
            throw new IllegalStateException("some were recorded before");
        }
        finish(entry, results, turn);
    }

    @Override
    public void finish(QueueEntry entry, List<Result> results, SendingStage.Turn turn) {
        take(results);
        ended(new End("finish", 0, Duration.ZERO, entry.tries(), ""), null);
    }

    @Override
    public void yield(QueueEntry entry, List<Result> results, int settled, SendingStage.Turn turn) {
        take(results);
        ended(new End("yield", waiting(settled), Duration.ZERO, entry.tries(), ""), null);
    }

    @Override
    public void defer(QueueEntry entry, List<Result> results, Deferral how, SendingStage.Turn turn) {
        take(results);
        ended(new End("defer", how.waiting(), how.delay(), how.tries(), how.reason()), how);
    }
}
