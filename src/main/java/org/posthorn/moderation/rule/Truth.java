package org.posthorn.moderation.rule;

import org.posthorn.moderation.IncomingPost;
import org.posthorn.moderation.Reason;
import org.posthorn.moderation.Rule;
import org.posthorn.moderation.Verdict;

/** Hits whatever comes: for a list that treats all mail alike. Mailman's name of it is {@code truth}. */
public final class Truth implements Rule {

    @Override
    public String name() {
        return "truth";
    }

    @Override
    public Verdict check(IncomingPost post) {
        return new Verdict.Hit(Reason.of("all-posts"));
    }
}
