package org.posthorn.delivery;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Locale;
import org.posthorn.platform.metrics.GaugeSource;
import org.posthorn.platform.metrics.Gauges;
import org.posthorn.platform.metrics.Metric;

/** How the smarthosts look from this node. */
@ApplicationScoped
public class SmarthostGauges implements GaugeSource {

    private final SmarthostPool pool;

    protected SmarthostGauges() {
        this(null);
    }

    @Inject
    public SmarthostGauges(SmarthostPool pool) {
        this.pool = pool;
    }

    @Override
    public void gather(Gauges gauges) {
        pool.inUse().forEach((name, line) -> {
            Health.State now = line.health().state();
            for (Health.State state : Health.State.values()) {
                gauges.set(Metric.SMARTHOST_HEALTH, state == now ? 1 : 0, name, lower(state));
            }
            HostLine.Connections connections = line.connections();
            gauges.set(Metric.SMARTHOST_CONNECTIONS, connections.busy(), name, "busy");
            gauges.set(Metric.SMARTHOST_CONNECTIONS, connections.idle(), name, "idle");
            gauges.set(Metric.SMARTHOST_LIMIT, connections.limit(), name);
        });
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
