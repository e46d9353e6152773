package org.posthorn.moderation.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.posthorn.moderation.Posts.aPost;

import org.junit.jupiter.api.Test;
import org.posthorn.list.Action;
import org.posthorn.moderation.Posts;
import org.posthorn.moderation.Reason;
import org.posthorn.moderation.Rule;
import org.posthorn.moderation.Verdict.Hit;

class NonmemberModerationTest {

    private static boolean hits(Rule rule, Posts post) {
        return rule.check(post.build()) instanceof Hit;
    }

    @Test
    void nonmemberModerationShouldHitAStranger() {
        Posts post = aPost().from("stranger@example.org");
        assertThat(new NonmemberModeration().check(post.build()))
                .isEqualTo(new Hit(Reason.of("nonmember"), Action.HOLD, "stranger@example.org"));
        assertThat(hits(new MemberModeration(), post)).isFalse();
    }

    @Test
    void nonmemberModerationShouldMissWhenStrangersAreDeferred() {
        Posts post = aPost().from("stranger@example.org");
        post.list.posting().setDefaultNonmemberAction(Action.DEFER);
        assertThat(hits(new NonmemberModeration(), post)).isFalse();
    }
}
