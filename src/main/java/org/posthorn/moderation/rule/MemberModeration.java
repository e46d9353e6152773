package org.posthorn.moderation.rule;

import org.posthorn.list.Action;
import org.posthorn.moderation.IncomingPost;
import org.posthorn.moderation.Rule;
import org.posthorn.moderation.Standing;
import org.posthorn.moderation.Verdict;

/** A member whose posts are not just passed on. What is done with them stands in the post's standing. */
public final class MemberModeration implements Rule {

    @Override
    public String name() {
        return "member-moderation";
    }

    @Override
    public Verdict check(IncomingPost post) {
        Standing standing = post.standing();
        return standing.member() && standing.action() != Action.DEFER
                ? new Verdict.Hit(standing.reason(), standing.action(), standing.email())
                : Verdict.MISS;
    }
}
