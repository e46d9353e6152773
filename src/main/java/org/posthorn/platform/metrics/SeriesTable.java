package org.posthorn.platform.metrics;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** One metric's figures by the values of its labels. */
final class SeriesTable {

    /** A guard against a label whose values were not from a closed set after all. */
    static final int MOST_SERIES = 1000;

    private static final List<String> NO_LABELS = List.of();

    private final double[] bounds;
    private final ConcurrentMap<List<String>, Series> byValues = new ConcurrentHashMap<>();
    private final Series unlabelled;
    private final Series surplus;

    SeriesTable(double[] bounds) {
        this.bounds = bounds;
        this.unlabelled = new Series(bounds);
        this.surplus = new Series(bounds);
    }

    Series of(Metric metric, String... values) {
        if (values.length != metric.labels().size()) {
            throw new IllegalArgumentException(metric + " has the labels " + metric.labels());
        }
        if (values.length == 0) {
            return unlabelled;
        }
        List<String> key = List.of(values);
        Series series = byValues.get(key);
        if (series == null && byValues.size() >= MOST_SERIES) {
            return surplus; // counted nowhere
        }
        return series == null ? byValues.computeIfAbsent(key, any -> new Series(bounds)) : series;
    }

    /** @return what there is; a metric without labels is always there, so that its first step is seen as one */
    Map<List<String>, Series> all(Metric metric) {
        return metric.labels().isEmpty() ? Map.of(NO_LABELS, unlabelled) : byValues;
    }
}
