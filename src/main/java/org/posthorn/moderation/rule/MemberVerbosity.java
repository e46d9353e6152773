package org.posthorn.moderation.rule;

import java.util.Map;
import org.posthorn.list.PostingPolicy;
import org.posthorn.moderation.IncomingPost;
import org.posthorn.moderation.Reason;
import org.posthorn.moderation.Rule;
import org.posthorn.moderation.Verdict;

/**
 * A member has sent many posts in a short time: a program that goes astray, an account in somebody else's hands, or a
 * quarrel. Mailman 2.1's {@code member_verbosity}; the member is not put on moderation for good.
 */
public final class MemberVerbosity implements Rule {

    @Override
    public String name() {
        return "member-verbosity";
    }

    @Override
    public Verdict check(IncomingPost post) {
        PostingPolicy policy = post.list().posting();
        int most = policy.getMemberVerbosityThreshold();
        return Verdict.hitIf(
                most > 0 && post.standing().member() && post.recentPosts() >= most,
                new Reason(
                        "member-verbosity",
                        Map.of("count", "" + post.recentPosts(), "seconds", "" + policy.getMemberVerbosityInterval())));
    }
}
