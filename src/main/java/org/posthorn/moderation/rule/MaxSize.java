package org.posthorn.moderation.rule;

import org.posthorn.moderation.IncomingPost;
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
                "The message has " + (post.sizeBytes() + 1023) / 1024 + " KiB; " + mostKib + " KiB are allowed.");
    }
}
