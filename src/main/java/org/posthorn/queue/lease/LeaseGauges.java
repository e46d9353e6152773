package org.posthorn.queue.lease;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import org.posthorn.platform.metrics.GaugeSource;
import org.posthorn.platform.metrics.Gauges;
import org.posthorn.platform.metrics.Metric;
import org.posthorn.platform.settings.Settings;

/** The site's nodes and slices. */
@ApplicationScoped
public class LeaseGauges implements GaugeSource {

    private final Slices slices;
    private final Settings settings;

    protected LeaseGauges() {
        this(null, null);
    }

    @Inject
    public LeaseGauges(Slices slices, Settings settings) {
        this.slices = slices;
        this.settings = settings;
    }

    @Override
    public void gather(Gauges gauges) {
        gauges.set(Metric.NODES, slices.nodes().size());
        for (Slices.Queue queue : slices.queues()) {
            String label = queue.plan().queue().label();
            gauges.set(Metric.SLICES, queue.slices().size(), label);
            gauges.set(
                    Metric.SLICES_UNOWNED,
                    queue.slices().stream()
                            .filter(slice -> slice.node().isEmpty())
                            .count(),
                    label);
            gauges.set(
                    Metric.LEASES_HELD,
                    queue.slices().stream()
                            .filter(slice -> slice.node()
                                    .filter(settings.node().name()::equals)
                                    .isPresent())
                            .count(),
                    label);
        }
    }

    @Override
    public Duration maxAge() {
        return FROM_DATABASE;
    }
}
