package org.posthorn.platform;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.posthorn.platform.health.Component;
import org.posthorn.platform.health.Readiness;
import org.posthorn.platform.metrics.GaugeSource;
import org.posthorn.platform.metrics.Gauges;
import org.posthorn.platform.metrics.Metric;

/** Whether the database answers. Not asked while this node knows that it does not: that would take long. */
@ApplicationScoped
public class DatabaseGauge implements GaugeSource {

    private final Readiness readiness;
    private final Sql sql;

    protected DatabaseGauge() {
        this(null, null);
    }

    @Inject
    public DatabaseGauge(Readiness readiness, Sql sql) {
        this.readiness = readiness;
        this.sql = sql;
    }

    @Override
    public void gather(Gauges gauges) {
        gauges.set(Metric.DATABASE_UP, readiness.isUp(Component.DATABASE) && answers() ? 1 : 0);
    }

    private boolean answers() {
        try {
            return sql.first("select 1", row -> true).isPresent();
        } catch (DatabaseException e) {
            return false;
        }
    }
}
