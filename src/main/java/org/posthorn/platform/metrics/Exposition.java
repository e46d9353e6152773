package org.posthorn.platform.metrics;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Writes the figures as Prometheus reads them: text format 0.0.4. */
public final class Exposition {

    /** The media type. */
    public static final String TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private static final Comparator<List<String>> BY_VALUES =
            Comparator.comparing(values -> String.join("\u0000", values));

    private final Gauges gauges;
    private final StringBuilder text = new StringBuilder(16_384);

    private Exposition(Gauges gauges) {
        this.gauges = gauges;
    }

    /** @return what was counted up to now, and these gauges */
    public static String text(Gauges gauges) {
        Exposition exposition = new Exposition(gauges);
        for (Metric metric : Metric.values()) {
            exposition.add(metric);
        }
        return exposition.text.toString();
    }

    private void add(Metric metric) {
        text.append("# HELP ")
                .append(metric.id())
                .append(' ')
                .append(help(metric.help()))
                .append('\n');
        text.append("# TYPE ")
                .append(metric.id())
                .append(' ')
                .append(metric.kind().name().toLowerCase(Locale.ROOT))
                .append('\n');
        List<Gauges.Value> gathered = gauges.of(metric);
        gathered.forEach(value -> line(metric.id(), metric, value.labels(), null, value.figure()));
        if (gathered.isEmpty() && metric.kind() != Metric.Kind.GAUGE) {
            metric.series().all(metric).entrySet().stream()
                    .sorted(Map.Entry.comparingByKey(BY_VALUES))
                    .forEach(entry -> add(metric, entry.getKey(), entry.getValue()));
        }
    }

    private void add(Metric metric, List<String> values, Series series) {
        if (metric.kind() == Metric.Kind.COUNTER) {
            line(metric.id(), metric, values, null, series.count());
            return;
        }
        // Read first, so that no bucket has more than all of them.
        long inBuckets = 0;
        double[] bounds = metric.bounds();
        for (int i = 0; i < bounds.length; i++) {
            inBuckets += series.inBucket(i);
            line(metric.id() + "_bucket", metric, values, number(bounds[i]), inBuckets);
        }
        long count = Math.max(inBuckets, series.count());
        line(metric.id() + "_bucket", metric, values, "+Inf", count);
        line(metric.id() + "_sum", metric, values, null, series.sumSeconds());
        line(metric.id() + "_count", metric, values, null, count);
    }

    private void line(String name, Metric metric, List<String> values, String bound, double figure) {
        text.append(name);
        if (!values.isEmpty() || bound != null) {
            text.append('{');
            for (int i = 0; i < values.size(); i++) {
                text.append(i == 0 ? "" : ",").append(metric.labels().get(i)).append("=\"");
                text.append(label(values.get(i))).append('"');
            }
            if (bound != null) {
                text.append(values.isEmpty() ? "" : ",")
                        .append("le=\"")
                        .append(bound)
                        .append('"');
            }
            text.append('}');
        }
        text.append(' ').append(number(figure)).append('\n');
    }

    private static String number(double figure) {
        return figure == Math.rint(figure) && Math.abs(figure) < 1e15
                ? Long.toString((long) figure)
                : Double.toString(figure);
    }

    private static String help(String text) {
        return text.replace("\\", "\\\\").replace("\n", "\\n");
    }

    private static String label(String value) {
        return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }
}
