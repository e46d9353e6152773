package org.posthorn.moderation;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import org.posthorn.platform.Sql;
import org.posthorn.platform.metrics.GaugeSource;
import org.posthorn.platform.metrics.Gauges;
import org.posthorn.platform.metrics.Metric;

/** How many posts wait for a moderator. */
@ApplicationScoped
public class HeldGauge implements GaugeSource {

    private final Sql sql;

    protected HeldGauge() {
        this(null);
    }

    @Inject
    public HeldGauge(Sql sql) {
        this.sql = sql;
    }

    @Override
    public void gather(Gauges gauges) {
        gauges.set(
                Metric.HELD_MESSAGES,
                sql.first("select count(*) from held_message", row -> row.getLong(1))
                        .orElseThrow());
    }

    @Override
    public Duration maxAge() {
        return FROM_DATABASE;
    }
}
