package org.posthorn.moderation.rule;

import org.posthorn.moderation.IncomingPost;
import org.posthorn.moderation.Reason;
import org.posthorn.moderation.Rule;
import org.posthorn.moderation.Verdict;

/** There is no subject, or a blank one. */
public final class NoSubject implements Rule {

    @Override
    public String name() {
        return "no-subject";
    }

    @Override
    public Verdict check(IncomingPost post) {
        return Verdict.hitIf(post.header().subject().isBlank(), Reason.of("no-subject"));
    }
}
