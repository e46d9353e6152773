package org.posthorn.ingress.room;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.posthorn.platform.metrics.GaugeSource;
import org.posthorn.platform.metrics.Gauges;
import org.posthorn.platform.metrics.Metric;

/** What there is room of. */
@ApplicationScoped
public class RoomGauges implements GaugeSource {

    private final Room room;

    protected RoomGauges() {
        this(null);
    }

    @Inject
    public RoomGauges(Room room) {
        this.room = room;
    }

    @Override
    public void gather(Gauges gauges) {
        for (Shortage shortage : Shortage.values()) {
            gauges.set(Metric.INGRESS_OPEN, room.isShortOf(shortage) ? 0 : 1, shortage.label());
            gauges.set(Metric.INGRESS_MEASURED, room.isMeasured(shortage) ? 1 : 0, shortage.label());
        }
    }
}
