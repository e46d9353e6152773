package org.posthorn.moderation.rule;

import org.posthorn.moderation.IncomingPost;
import org.posthorn.moderation.Reason;
import org.posthorn.moderation.Rule;
import org.posthorn.moderation.Verdict;

/** It carries the list's moderator password: its author is a moderator, or has one's leave. */
public final class Approved implements Rule {

    @Override
    public String name() {
        return "approved";
    }

    @Override
    public Verdict check(IncomingPost post) {
        return Verdict.hitIf(post.approved(), Reason.of("approved"));
    }
}
