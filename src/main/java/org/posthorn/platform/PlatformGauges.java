package org.posthorn.platform;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.File;
import java.util.Locale;
import org.posthorn.platform.health.Component;
import org.posthorn.platform.health.Readiness;
import org.posthorn.platform.metrics.GaugeSource;
import org.posthorn.platform.metrics.Gauges;
import org.posthorn.platform.metrics.Metric;
import org.posthorn.platform.settings.Settings;

/** What this node is, whether its parts are up, and how much room its disk has. */
@ApplicationScoped
public class PlatformGauges implements GaugeSource {

    private final Readiness readiness;
    private final Settings settings;
    private final Dialect dialect;
    private final ConnectionPool pool;
    private final SiteClock clock;

    protected PlatformGauges() {
        this(null, null, null, null, null);
    }

    @Inject
    public PlatformGauges(
            Readiness readiness, Settings settings, Dialect dialect, ConnectionPool pool, SiteClock clock) {
        this.readiness = readiness;
        this.settings = settings;
        this.dialect = dialect;
        this.pool = pool;
        this.clock = clock;
    }

    @Override
    public void gather(Gauges gauges) {
        gauges.set(
                Metric.BUILD_INFO,
                1,
                Build.version(),
                Runtime.version().toString(),
                dialect.name().toLowerCase(Locale.ROOT));
        for (Component component : Component.values()) {
            gauges.set(
                    Metric.READY,
                    readiness.isUp(component) ? 1 : 0,
                    component.name().toLowerCase(Locale.ROOT));
        }
        clock.off().ifPresent(off -> gauges.set(Metric.CLOCK_OFF, off.toMillis() / 1000.0));
        File home = settings.home().toFile();
        gauges.set(Metric.DISK_FREE, home.getUsableSpace());
        gauges.set(Metric.DISK_SIZE, home.getTotalSpace());
        pool.use().ifPresent(use -> {
            gauges.set(Metric.DATABASE_CONNECTIONS, use.used(), "used");
            gauges.set(Metric.DATABASE_CONNECTIONS, use.free(), "free");
            gauges.set(Metric.DATABASE_CONNECTIONS_MAX, ConnectionPool.MOST);
        });
    }
}
