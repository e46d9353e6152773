package org.posthorn.platform.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MetricsTest {

    private final Metrics metrics = new Metrics();

    @Test
    void samplesOfOneNameShouldStandTogetherUnderOneType() {
        metrics.count("deliveries_total", "outcome", "failed", 1);
        metrics.count("lmtp_messages_total", 2);
        metrics.count("deliveries_total", "outcome", "delivered", 3);
        metrics.count("deliveries_total", "outcome", "delivered", 4);
        metrics.gauge("lmtp_connections", () -> 5);

        assertThat(Sample.text(metrics.samples())).isEqualTo("""
                        # TYPE posthorn_deliveries_total counter
                        posthorn_deliveries_total{outcome="delivered"} 7
                        posthorn_deliveries_total{outcome="failed"} 1
                        # TYPE posthorn_lmtp_connections gauge
                        posthorn_lmtp_connections 5
                        # TYPE posthorn_lmtp_messages_total counter
                        posthorn_lmtp_messages_total 2
                        """);
    }

    @Test
    void labelsThatNeverEndShouldNotFillTheMemory() {
        for (int i = 0; i < 5000; i++) {
            metrics.count("mistake_total", "address", "a" + i, 1);
        }

        assertThat(metrics.samples()).hasSizeLessThanOrEqualTo(1000);
    }
}
