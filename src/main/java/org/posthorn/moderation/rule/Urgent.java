package org.posthorn.moderation.rule;

import org.posthorn.list.Action;
import org.posthorn.moderation.IncomingPost;
import org.posthorn.moderation.Reason;
import org.posthorn.moderation.Rule;
import org.posthorn.moderation.Urgency;
import org.posthorn.moderation.Verdict;

/**
 * It asks to go to everybody at once, by a header field Urgent, without the list's moderator password in it. Misses with whoever may
 * not post anyway: to them it happens as without the field, so that what is discarded in silence stays so, and no stranger's
 * password is checked. What is held is asked once more when a moderator lets it pass.
 */
public final class Urgent implements Rule {

    @Override
    public String name() {
        return "urgent";
    }

    private static boolean maySend(Action action) {
        return action == Action.ACCEPT || action == Action.DEFER;
    }

    @Override
    public Verdict check(IncomingPost post) {
        return Verdict.hitIf(
                maySend(post.standing().action()) && post.urgency().get() == Urgency.REFUSED, Reason.of("urgent"));
    }
}
