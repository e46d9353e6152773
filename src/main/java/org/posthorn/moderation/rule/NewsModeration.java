package org.posthorn.moderation.rule;

import org.posthorn.list.NewsgroupModeration;
import org.posthorn.moderation.IncomingPost;
import org.posthorn.moderation.Reason;
import org.posthorn.moderation.Rule;
import org.posthorn.moderation.Verdict;

/** The list goes along with a moderated newsgroup: what is posted there needs a moderator's word, so here it does, too. */
public final class NewsModeration implements Rule {

    @Override
    public String name() {
        return "news-moderation";
    }

    @Override
    public Verdict check(IncomingPost post) {
        return Verdict.hitIf(
                post.list().news().getNewsgroupModeration() == NewsgroupModeration.MODERATED,
                Reason.of("news-moderation"));
    }
}
