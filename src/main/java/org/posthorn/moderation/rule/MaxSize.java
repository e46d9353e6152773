package org.posthorn.moderation.rule;

import java.util.Map;
import org.posthorn.moderation.IncomingPost;
import org.posthorn.moderation.Reason;
import org.posthorn.moderation.Rule;
import org.posthorn.moderation.Verdict;

/** The message, as it came, is larger than the list takes. */
public final class MaxSize implements Rule {

    @Override
    public String name() {
        return "max-size";
    }

    @Override
    public Verdict check(IncomingPost post) {
        long mostKib = post.list().posting().getMaxMessageSize();
        return Verdict.hitIf(
                mostKib > 0 && post.sizeBytes() > mostKib * 1024,
                new Reason("too-large", Map.of("size", "" + (post.sizeBytes() + 1023) / 1024, "most", "" + mostKib)));
    }
}
