package org.posthorn.ingress;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.posthorn.platform.metrics.GaugeSource;
import org.posthorn.platform.metrics.Gauges;
import org.posthorn.platform.metrics.Metric;

/** Who is connected by LMTP. */
@ApplicationScoped
public class LmtpGauges implements GaugeSource {

    private final LmtpServer server;

    protected LmtpGauges() {
        this(null);
    }

    @Inject
    public LmtpGauges(LmtpServer server) {
        this.server = server;
    }

    @Override
    public void gather(Gauges gauges) {
        gauges.set(Metric.LMTP_CONNECTIONS, server.connections());
    }
}
