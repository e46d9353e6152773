package org.posthorn.moderation.rule;

import org.posthorn.moderation.IncomingPost;
import org.posthorn.moderation.Reason;
import org.posthorn.moderation.Rule;
import org.posthorn.moderation.Verdict;

/** Neither From nor Sender nor Reply-To has an address: nobody stands for the message, and nobody can be answered. */
public final class NoSenders implements Rule {

    @Override
    public String name() {
        return "no-senders";
    }

    @Override
    public Verdict check(IncomingPost post) {
        boolean anybody = post.header().anyAddress(address -> true, "From", "Sender", "Reply-To");
        return Verdict.hitIf(!anybody, Reason.of("no-senders"));
    }
}
