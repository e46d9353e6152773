package org.posthorn.moderation.rule;

import org.posthorn.list.Action;
import org.posthorn.moderation.IncomingPost;
import org.posthorn.moderation.Rule;
import org.posthorn.moderation.Standing;
import org.posthorn.moderation.Verdict;

/** Somebody who is not a member. What is done with the post stands in its standing. */
public final class NonmemberModeration implements Rule {

    @Override
    public String name() {
        return "nonmember-moderation";
    }

    @Override
    public Verdict check(IncomingPost post) {
        Standing standing = post.standing();
        return !standing.member() && standing.action() != Action.DEFER
                ? new Verdict.Hit(standing.reason(), standing.action(), standing.email())
                : Verdict.MISS;
    }
}
