package org.posthorn.platform.metrics;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/**
 * This node's counters since its start, and gauges. A name comes without the prefix {@code posthorn_}; a label's value
 * comes from a closed set (an outcome, a queue), never from mail.
 */
@ApplicationScoped
public class Metrics {

    /** A guard against a label that was not from a closed set after all. */
    private static final int MOST_SERIES = 1000;

    private record Series(String name, String label, String value) {}

    private final ConcurrentMap<Series, LongAdder> counters = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, LongSupplier> gauges = new ConcurrentHashMap<>();

    /** @param name e.g. {@code lmtp_messages_total} */
    public void count(String name, long by) {
        count(name, "", "", by);
    }

    /** @param name e.g. {@code deliveries_total}; @param label e.g. {@code outcome}; @param value e.g. {@code delivered} */
    public void count(String name, String label, String value, long by) {
        Series series = new Series(name, label, value);
        LongAdder adder = counters.get(series);
        if (adder == null && counters.size() < MOST_SERIES) {
            adder = counters.computeIfAbsent(series, any -> new LongAdder());
        }
        if (adder != null) {
            adder.add(by);
        }
    }

    /** A figure that is asked each time somebody reads, so it must be quick and must not throw. */
    public void gauge(String name, LongSupplier figure) {
        gauges.put(name, figure);
    }

    /** @return all of them, in order of their names */
    public List<Sample> samples() {
        Map<String, Sample> sorted = new TreeMap<>();
        counters.forEach((series, adder) -> sorted.put(
                series.name() + ' ' + series.value(),
                new Sample(series.name(), Sample.Kind.COUNTER, series.label(), series.value(), adder.sum())));
        gauges.forEach(
                (name, figure) -> sorted.put(name, new Sample(name, Sample.Kind.GAUGE, "", "", figure.getAsLong())));
        return new ArrayList<>(sorted.values());
    }
}
