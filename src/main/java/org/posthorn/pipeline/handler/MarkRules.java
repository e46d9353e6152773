package org.posthorn.pipeline.handler;

import java.util.List;
import java.util.Locale;
import org.posthorn.mail.HeaderBlock;
import org.posthorn.pipeline.Draft;
import org.posthorn.pipeline.Handler;

/**
 * Says in the post's header which rules it was asked about, in Mailman's fields: whoever sorts mail by them goes on doing
 * so. Those that it came with are another list's, or a lie.
 */
public final class MarkRules implements Handler {

    private static final String HITS = "X-Mailman-Rule-Hits";
    private static final String MISSES = "X-Mailman-Rule-Misses";

    @Override
    public String name() {
        return "mark-rules";
    }

    @Override
    public void handle(Draft draft) {
        HeaderBlock header = draft.header();
        header.remove(field -> field.name().toLowerCase(Locale.ROOT).startsWith("x-mailman-rule-"));
        add(header, HITS, draft.marks().hits());
        add(header, MISSES, draft.marks().misses());
    }

    private static void add(HeaderBlock header, String field, List<String> rules) {
        if (!rules.isEmpty()) {
            header.add(field, String.join("; ", rules));
        }
    }
}
