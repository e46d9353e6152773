package org.posthorn.moderation.rule;

import java.time.Duration;
import org.posthorn.moderation.IncomingPost;
import org.posthorn.moderation.Reason;
import org.posthorn.moderation.Rule;
import org.posthorn.moderation.Verdict;

/**
 * Whoever joined a few days ago, and may have joined to send spam. An action that is set for a member ends it: a moderator
 * who knows them sets "defer" or "accept".
 */
public final class NewMember implements Rule {

    @Override
    public String name() {
        return "new-member";
    }

    @Override
    public Verdict check(IncomingPost post) {
        int days = post.list().posting().getNewMemberDays();
        return Verdict.hitIf(
                days > 0
                        && post.standing()
                                .joinedAt()
                                .filter(joined ->
                                        joined.plus(Duration.ofDays(days)).isAfter(post.receivedAt()))
                                .isPresent(),
                Reason.of("new-member", "days", days));
    }
}
