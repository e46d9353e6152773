package org.posthorn.platform.metrics;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The figures that were gathered for one reading. */
public final class Gauges {

    record Value(List<String> labels, double figure) {}

    private final Map<Metric, List<Value>> values = new EnumMap<>(Metric.class);

    /** @param labels their values, in order, from a closed set */
    public void set(Metric metric, double figure, String... labels) {
        if (labels.length != metric.labels().size()) {
            throw new IllegalArgumentException(metric + " has the labels " + metric.labels());
        }
        List<Value> present = values.computeIfAbsent(metric, any -> new ArrayList<>());
        if (present.size() < SeriesTable.MOST_SERIES) {
            present.add(new Value(List.of(labels), figure));
        }
    }

    List<Value> of(Metric metric) {
        return values.getOrDefault(metric, List.of());
    }

    void addAll(Gauges others) {
        others.values.forEach((metric, more) ->
                values.computeIfAbsent(metric, any -> new ArrayList<>()).addAll(more));
    }
}
