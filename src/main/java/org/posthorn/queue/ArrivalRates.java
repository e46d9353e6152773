package org.posthorn.queue;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.posthorn.platform.Sql;

/** How many posts came lately, on all nodes. */
@ApplicationScoped
public class ArrivalRates {

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
        long[] came = new long[steps];
        long seconds = step.toSeconds();
        Instant begin = clock.instant().minusSeconds(seconds * steps);
        sql.forEach(
                """
                select span, count(*) as posts
                from (select floor((extract(epoch from received_at) - cast(? as double precision)) / cast(? as double precision)) as span
                      from posting where received_at > ?) spans
                group by span""",
                row -> {
                    int span = (int) Math.min(steps - 1, Math.max(0, row.getLong("span")));
                    came[span] += row.getLong("posts");
                },
                begin.getEpochSecond(),
                seconds,
                begin);
        return came;
    }
}
