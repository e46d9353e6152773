package org.posthorn.moderation;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.posthorn.queue.RuleMarks;

/**
 * What a chain has decided, and on what grounds.
 *
 * @param hits the rules that hit, in the order in which they were asked
 * @param misses the names of those that were asked and missed
 */
public record Ruling(Disposition disposition, List<Finding> hits, List<String> misses) {

    /**
     * A rule that hit.
     *
     * @param note for the trace; empty for nothing
     */
    public record Finding(String rule, Reason reason, String note) {

        private String inTrace() {
            return rule + " (" + reason.english() + (note.isEmpty() ? "" : " " + note) + ")";
        }
    }

    /** The rules' names, for the post's header. */
    public RuleMarks marks() {
        return new RuleMarks(hits.stream().map(Finding::rule).toList(), misses);
    }

    /** @return the grounds in one line, for the trace */
    public String grounds() {
        List<String> parts = new ArrayList<>();
        if (!hits.isEmpty()) {
            parts.add("hit: " + hits.stream().map(Finding::inTrace).collect(Collectors.joining(", ")));
        }
        if (!misses.isEmpty()) {
            parts.add("missed: " + String.join(", ", misses));
        }
        return parts.isEmpty() ? "no rule was asked" : String.join("; ", parts);
    }
}
