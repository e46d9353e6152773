package org.posthorn.platform.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.posthorn.testing.Exposed;

class ExpositionTest {

    /** What mail or members could be found again by, or what never ends. */
    private static final Set<String> FORBIDDEN = Set.of(
            "list",
            "list_id",
            "listname",
            "address",
            "email",
            "recipient",
            "sender",
            "member",
            "user",
            "message_id",
            "messageid",
            "message",
            "subject",
            "posting",
            "entry",
            "id",
            "path",
            "uri",
            "client",
            "ip",
            "slice");

    @Test
    void everyMetricShouldBeThereWithHelpAndType() {
        Exposed exposed = Exposed.parse(Exposition.text(new Gauges()));

        for (Metric metric : Metric.values()) {
            assertThat(exposed.help(metric.id())).as(metric.id()).isEqualTo(metric.help());
            assertThat(exposed.type(metric.id()))
                    .as(metric.id())
                    .isEqualTo(metric.kind().name().toLowerCase());
        }
    }

    @Test
    void namesShouldFollowPrometheussRules() {
        assertThat(Metric.values()).allSatisfy(metric -> {
            assertThat(metric.id()).matches("posthorn_[a-z][a-z0-9_]*");
            assertThat(metric.id().endsWith("_total")).isEqualTo(metric.kind() == Metric.Kind.COUNTER);
            if (metric.kind() == Metric.Kind.HISTOGRAM) {
                assertThat(metric.id()).endsWith("_seconds");
            }
            assertThat(metric.id()).doesNotContain("milli", "micro", "nano", "_ms", "kilobytes", "megabytes");
            assertThat(metric.help()).endsWith(".");
        });
        assertThat(Arrays.stream(Metric.values()).map(Metric::id)).doesNotHaveDuplicates();
    }

    @Test
    void noLabelShouldNameAListAnAddressOrAMessage() {
        assertThat(Metric.values())
                .allSatisfy(metric -> assertThat(metric.labels())
                        .as(metric.id())
                        .doesNotContainAnyElementsOf(FORBIDDEN)
                        .allMatch(label -> label.matches("[a-z][a-z_]*"))
                        .doesNotHaveDuplicates());
    }

    @Test
    void countersShouldAddUpByLabels() {
        double before = delivered("r1");

        Metric.DELIVERIES.add(3, "r1", "delivered");
        Metric.DELIVERIES.add(4, "r1", "delivered");
        Metric.DELIVERIES.add(1, "r1", "refused");

        assertThat(delivered("r1") - before).isEqualTo(7);
    }

    private static double delivered(String smarthost) {
        return Exposed.parse(Exposition.text(new Gauges()))
                .figure("posthorn_deliveries_total", Map.of("smarthost", smarthost, "outcome", "delivered"));
    }

    @Test
    void histogramShouldCumulateItsBuckets() {
        Metric.COMMIT_TIME.time(3_000_000); // 3 ms
        Metric.COMMIT_TIME.time(30_000_000);
        Metric.COMMIT_TIME.time(3_600_000_000_000L); // beyond the last bound

        Exposed exposed = Exposed.parse(Exposition.text(new Gauges()));
        List<Double> buckets = exposed.buckets("posthorn_ingress_commit_seconds", Map.of());

        assertThat(buckets).isSorted().hasSizeGreaterThan(5);
        assertThat(buckets.get(buckets.size() - 1))
                .isEqualTo(exposed.figure("posthorn_ingress_commit_seconds_count", Map.of()))
                .isGreaterThan(buckets.get(buckets.size() - 2));
        assertThat(exposed.figure("posthorn_ingress_commit_seconds_sum", Map.of()))
                .isGreaterThan(3600);
    }

    @Test
    void labelValuesShouldBeEscaped() {
        Gauges gauges = new Gauges();
        gauges.set(Metric.READY, 1, "a\"b\\c\nd");

        assertThat(Exposition.text(gauges)).contains("posthorn_ready{component=\"a\\\"b\\\\c\\nd\"} 1\n");
        assertThat(Exposed.parse(Exposition.text(gauges)).figure("posthorn_ready", Map.of("component", "a\"b\\c\nd")))
                .isEqualTo(1);
    }

    @Test
    void labelsThatNeverEndShouldNotFillTheMemory() {
        for (int i = 0; i < 5000; i++) {
            Metric.SMARTHOST_OPENED.add(1, "host" + i, "opened");
        }

        assertThat(Metric.SMARTHOST_OPENED.series().all(Metric.SMARTHOST_OPENED))
                .hasSizeLessThanOrEqualTo(SeriesTable.MOST_SERIES);
    }

    @Test
    void valuesShouldMatchTheLabels() {
        assertThatThrownBy(() -> Metric.DELIVERIES.add(1, "r1")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Gauges().set(Metric.NODES, 1, "n1")).isInstanceOf(IllegalArgumentException.class);
    }
}
