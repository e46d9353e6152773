package org.posthorn.moderation;

import java.util.ArrayList;
import java.util.List;

/**
 * What a chain has decided, and on what grounds.
 *
 * @param hits the rules that hit, in the order in which they were asked
 * @param misses the names of those that were asked and missed
 */
public record Ruling(Disposition disposition, List<Finding> hits, List<String> misses) {

    /** A rule that hit. */
    public record Finding(String rule, String reason) {}

    /** @return the grounds in one line, for the trace */
    public String grounds() {
        List<String> parts = new ArrayList<>();
        if (!hits.isEmpty()) {
            parts.add("hit: "
                    + String.join(
                            ", ",
                            hits.stream()
                                    .map(hit -> hit.rule() + " (" + hit.reason() + ")")
                                    .toList()));
        }
        if (!misses.isEmpty()) {
            parts.add("missed: " + String.join(", ", misses));
        }
        return parts.isEmpty() ? "no rule was asked" : String.join("; ", parts);
    }
}
