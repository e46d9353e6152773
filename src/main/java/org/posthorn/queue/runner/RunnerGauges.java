package org.posthorn.queue.runner;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.posthorn.platform.metrics.GaugeSource;
import org.posthorn.platform.metrics.Gauges;
import org.posthorn.platform.metrics.Metric;
import org.posthorn.queue.QueueName;

/** How many runners run here, and how long ago this node's leases were renewed. */
@ApplicationScoped
public class RunnerGauges implements GaugeSource {

    private final Dispatcher dispatcher;

    protected RunnerGauges() {
        this(null);
    }

    @Inject
    public RunnerGauges(Dispatcher dispatcher) {
        this.dispatcher = dispatcher;
    }

    @Override
    public void gather(Gauges gauges) {
        for (QueueName queue : QueueName.values()) {
            if (dispatcher.hasStage(queue)) {
                gauges.set(Metric.RUNNERS, dispatcher.running(queue), queue.label());
            }
        }
        dispatcher.sinceRenewal().ifPresent(age -> gauges.set(Metric.LEASE_AGE, age.toMillis() / 1000.0));
    }
}
