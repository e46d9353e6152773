package org.posthorn.platform.metrics;

import java.time.Duration;

/**
 * Knows figures that are asked when somebody reads the metrics. An {@code @ApplicationScoped} bean; {@link Gathering} finds
 * it. What it throws costs its own figures only.
 */
public interface GaugeSource {

    void gather(Gauges gauges);

    /** @return how old the figures may be; more than zero for those that ask the database */
    default Duration maxAge() {
        return Duration.ZERO;
    }

    /** Figures that come from the database. */
    Duration FROM_DATABASE = Duration.ofSeconds(5);
}
