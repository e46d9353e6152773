package org.posthorn.moderation.rule;

import org.posthorn.moderation.IncomingPost;
import org.posthorn.moderation.Reason;
import org.posthorn.moderation.Rule;
import org.posthorn.moderation.Verdict;

/** The list is shut for the time being, whoever writes. */
public final class Emergency implements Rule {

    @Override
    public String name() {
        return "emergency";
    }

    @Override
    public Verdict check(IncomingPost post) {
        return Verdict.hitIf(post.list().posting().isEmergency(), Reason.of("emergency"));
    }
}
