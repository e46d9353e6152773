package org.posthorn.queue;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.posthorn.platform.Sql;
import org.posthorn.platform.actor.Needs;
import org.posthorn.platform.actor.OfList;
import org.posthorn.platform.actor.Right;

/** How many posts came lately, on all nodes: what came for lists, not Posthorn's own mail. */
@ApplicationScoped
public class ArrivalRates {

    /** Of one list, that many are counted at the most, the latest ones. */
    public static final int MOST_OF_LIST = 20_000;

    private final Sql sql;
    private final Clock clock;

    protected ArrivalRates() {
        this(null, null);
    }

    @Inject
    public ArrivalRates(Sql sql, Clock clock) {
        this.sql = sql;
        this.clock = clock;
    }

    /**
     * @param step how long each span of time is, in whole seconds
     * @param steps how many spans, up to now
     * @return how many came in each, the earliest first
     */
    public long[] lately(Duration step, int steps) {
        return counted(step, steps, "select received_at from posting where received_at > ? and first_queue = 'IN'");
    }

    /**
     * How many posts came to a list, by an index; of very many, the latest {@value #MOST_OF_LIST}.
     *
     * @param step how long each span of time is, in whole seconds
     * @param steps how many spans, up to now
     * @return how many came in each, the earliest first
     */
    @Needs(Right.SEE_MEMBERS)
    public long[] ofList(@OfList long listId, Duration step, int steps) {
        return counted(step, steps, """
                select received_at from posting where received_at > ? and list_id = %d and first_queue = 'IN'
                order by list_id, first_queue, received_at desc fetch first %d rows only""".formatted(listId, MOST_OF_LIST));
    }

    private long[] counted(Duration step, int steps, String arrivals) {
        long[] came = new long[steps];
        long seconds = step.toSeconds();
        Instant begin = clock.instant().minusSeconds(seconds * steps);
        // Numbers of ours stand in the statement: H2 takes what is divided by a parameter for whole and rounds it.
        sql.forEach(
                """
                select span, count(*) as posts
                from (select floor((extract(epoch from received_at) - %d) / %d) as span from (%s) arrivals) spans
                group by span""".formatted(begin.getEpochSecond(), seconds, arrivals),
                row -> {
                    int span = (int) Math.min(steps - 1, Math.max(0, row.getLong("span")));
                    came[span] += row.getLong("posts");
                },
                begin);
        return came;
    }
}
