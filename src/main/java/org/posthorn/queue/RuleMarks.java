package org.posthorn.queue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which rules a post was asked about: what moderation tells the pipeline with an entry's attributes.
 *
 * @param hits the names of those that hit
 * @param misses the names of those that did not
 */
public record RuleMarks(List<String> hits, List<String> misses) {

    private static final String HITS = "hits";
    private static final String MISSES = "misses";

    public static final RuleMarks NONE = new RuleMarks(List.of(), List.of());

    public RuleMarks {
        hits = List.copyOf(hits);
        misses = List.copyOf(misses);
    }

    /** @return none where nobody has been asked, as for mail to the owners */
    public static RuleMarks of(Map<String, String> attributes) {
        return new RuleMarks(names(attributes.get(HITS)), names(attributes.get(MISSES)));
    }

    /** @return the attributes with these marks */
    public Map<String, String> in(Map<String, String> attributes) {
        Map<String, String> marked = new HashMap<>(attributes);
        put(marked, HITS, hits);
        put(marked, MISSES, misses);
        return marked;
    }

    private static void put(Map<String, String> attributes, String name, List<String> rules) {
        if (!rules.isEmpty()) {
            attributes.put(name, String.join(",", rules));
        }
    }

    /** @param text null or empty for none */
    public static List<String> names(String text) {
        return text == null || text.isEmpty() ? List.of() : List.of(text.split(","));
    }
}
