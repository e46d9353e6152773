package org.posthorn.platform.metrics;

import java.util.List;
import java.util.Locale;

/**
 * One figure at one time.
 *
 * @param name without the prefix
 * @param label empty: none
 */
public record Sample(String name, Kind kind, String label, String value, double figure) {

    /** What Prometheus may do with it. */
    public enum Kind {
        COUNTER,
        GAUGE
    }

    /** @return the samples as Prometheus's text; those of one name must stand together */
    public static String text(List<Sample> samples) {
        StringBuilder text = new StringBuilder();
        String last = "";
        for (Sample sample : samples) {
            if (!sample.name.equals(last)) {
                text.append("# TYPE posthorn_")
                        .append(sample.name)
                        .append(' ')
                        .append(sample.kind.name().toLowerCase(Locale.ROOT))
                        .append('\n');
                last = sample.name;
            }
            text.append("posthorn_").append(sample.name);
            if (!sample.label.isEmpty()) {
                text.append('{')
                        .append(sample.label)
                        .append("=\"")
                        .append(escaped(sample.value))
                        .append("\"}");
            }
            text.append(' ').append(number(sample.figure)).append('\n');
        }
        return text.toString();
    }

    private static String number(double figure) {
        return figure == Math.rint(figure) && Math.abs(figure) < 1e15
                ? Long.toString((long) figure)
                : Double.toString(figure);
    }

    private static String escaped(String value) {
        return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }
}
