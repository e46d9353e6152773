package org.posthorn.queue;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import org.posthorn.platform.metrics.GaugeSource;
import org.posthorn.platform.metrics.Gauges;
import org.posthorn.platform.metrics.Metric;

/** How much lies in the queues, and for how long. */
@ApplicationScoped
public class QueueGauges implements GaugeSource {

    private final QueueDepths depths;

    protected QueueGauges() {
        this(null);
    }

    @Inject
    public QueueGauges(QueueDepths depths) {
        this.depths = depths;
    }

    @Override
    public void gather(Gauges gauges) {
        for (QueueDepth depth : depths.all()) {
            String queue = depth.queue().label();
            gauges.set(Metric.QUEUE_ENTRIES, depth.entries(), queue);
            gauges.set(Metric.QUEUE_DUE, depth.due(), queue);
            gauges.set(Metric.QUEUE_OLDEST, depth.oldestSeconds(), queue);
        }
    }

    @Override
    public Duration maxAge() {
        return FROM_DATABASE;
    }
}
