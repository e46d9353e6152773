package org.posthorn.moderation.rule;

import java.util.Map;
import org.posthorn.moderation.IncomingPost;
import org.posthorn.moderation.Reason;
import org.posthorn.moderation.Rule;
import org.posthorn.moderation.Verdict;

/** Too many addresses in To and Cc: often a sign of spam, or of a quarrel. */
public final class MaxRecipients implements Rule {

    @Override
    public String name() {
        return "max-recipients";
    }

    @Override
    public Verdict check(IncomingPost post) {
        int most = post.list().posting().getMaxNumRecipients();
        int count = post.header().countAddresses("To", "Cc");
        return Verdict.hitIf(
                most > 0 && count >= most,
                new Reason("too-many-recipients", Map.of("count", "" + count, "most", "" + most)));
    }
}
