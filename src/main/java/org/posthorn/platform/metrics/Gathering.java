package org.posthorn.platform.metrics;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.posthorn.platform.actor.Acting;
import org.posthorn.platform.actor.Actor;
import org.posthorn.platform.health.Component;
import org.posthorn.platform.health.Readiness;

/**
 * Asks all sources of gauges, those with the database behind them every few seconds at the most, however many scrape. One
 * reader at a time: the others get what it found.
 */
@ApplicationScoped
public class Gathering {

    private record Found(Gauges gauges, long nanos) {}

    private final Iterable<GaugeSource> sources;
    private final BooleanSupplier isDatabaseUp;
    private final LongSupplier nanoTime;
    private final Map<Class<?>, Found> kept = new HashMap<>();

    protected Gathering() {
        this(List.of(), () -> false, System::nanoTime);
    }

    @Inject
    public Gathering(@Any Instance<GaugeSource> sources, Readiness readiness) {
        this(sources, () -> readiness.isUp(Component.DATABASE), System::nanoTime);
    }

    Gathering(Iterable<GaugeSource> sources, BooleanSupplier isDatabaseUp, LongSupplier nanoTime) {
        this.sources = sources;
        this.isDatabaseUp = isDatabaseUp;
        this.nanoTime = nanoTime;
    }

    /** @return all that could be had */
    public synchronized Gauges gather() {
        Gauges all = new Gauges();
        // Who reads the metrics was let in by address; what they ask is the server's own question.
        try (Acting.Bound system = Acting.as(Actor.SYSTEM)) {
            for (GaugeSource source : sources) {
                all.addAll(of(source));
            }
        }
        return all;
    }

    private Gauges of(GaugeSource source) {
        Found before = kept.get(source.getClass());
        Duration most = source.maxAge();
        if (before != null && nanoTime.getAsLong() - before.nanos < most.toNanos()) {
            return before.gauges;
        }
        Gauges found = new Gauges();
        if (!most.isZero() && !isDatabaseUp.getAsBoolean()) {
            return found; // each would wait for the database in vain, and the reader would not
        }
        try {
            source.gather(found);
        } catch (RuntimeException e) {
            found = new Gauges(); // half of it would be misleading
            Metric.GATHER_FAILURES.add(1, name(source));
        }
        if (!most.isZero()) {
            kept.put(source.getClass(), new Found(found, nanoTime.getAsLong()));
        }
        return found;
    }

    private static String name(GaugeSource source) {
        return source.getClass().getSimpleName().replaceAll("\\$.*", "");
    }
}
