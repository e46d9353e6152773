package org.posthorn.moderation.rule;

import org.posthorn.moderation.IncomingPost;
import org.posthorn.moderation.Reason;
import org.posthorn.moderation.Rule;
import org.posthorn.moderation.Urgency;
import org.posthorn.moderation.Verdict;

/** It asks to go to everybody at once, by a header field Urgent, without the list's moderator password in it. */
public final class Urgent implements Rule {

    @Override
    public String name() {
        return "urgent";
    }

    @Override
    public Verdict check(IncomingPost post) {
        return Verdict.hitIf(post.urgency() == Urgency.REFUSED, Reason.of("urgent"));
    }
}
