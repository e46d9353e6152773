package org.posthorn.pipeline;

import java.util.Map;
import org.posthorn.template.Texts;

/**
 * A post's way ends in the pipeline, since a handler found that nothing of it can go out.
 *
 * @param why as a sentence
 */
public record Ending(How how, Why why) {

    /** What becomes of the post. */
    public enum How {
        /** It is dropped in silence. */
        DISCARDED,
        /** Its author is told why, with its header. */
        REJECTED,
        /** The owners and moderators get it, and nobody else. */
        FORWARDED,
        /** It waits in the queue {@code bad} for an administrator, who can put it back. */
        PRESERVED
    }

    /**
     * @param key among the texts of {@code template.notices}, there with {@code filtered.} before it
     * @param values what is filled in; they may come from mail
     */
    public record Why(String key, Map<String, String> values) {

        public Why {
            values = Map.copyOf(values);
        }

        public String in(String language) {
            return Texts.fill(language, "filtered." + key, values);
        }

        /** For traces and logs. */
        public String english() {
            return in("en");
        }
    }
}
