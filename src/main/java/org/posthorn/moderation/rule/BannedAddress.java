package org.posthorn.moderation.rule;

import org.posthorn.moderation.IncomingPost;
import org.posthorn.moderation.Reason;
import org.posthorn.moderation.Rule;
import org.posthorn.moderation.Verdict;

/** A sender is banned from the list or the site. */
public final class BannedAddress implements Rule {

    @Override
    public String name() {
        return "banned-address";
    }

    @Override
    public Verdict check(IncomingPost post) {
        return post.banned()
                .<Verdict>map(sender -> new Verdict.Hit(Reason.of("banned", "sender", sender)))
                .orElse(Verdict.MISS);
    }
}
