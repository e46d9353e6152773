package org.posthorn.platform.grid;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.posthorn.platform.metrics.GaugeSource;
import org.posthorn.platform.metrics.Gauges;
import org.posthorn.platform.metrics.Metric;

/** How many nodes this one sees in the data grid. */
@ApplicationScoped
public class GridGauges implements GaugeSource {

    private final Grid grid;

    protected GridGauges() {
        this(null);
    }

    @Inject
    public GridGauges(Grid grid) {
        this.grid = grid;
    }

    @Override
    public void gather(Gauges gauges) {
        gauges.set(Metric.GRID_MEMBERS, grid.members());
    }
}
