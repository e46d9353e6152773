package org.posthorn.moderation.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.posthorn.moderation.Posts.aPost;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.posthorn.list.Action;
import org.posthorn.moderation.Posts;
import org.posthorn.moderation.Rule;
import org.posthorn.moderation.Verdict.Hit;

class MemberModerationTest {

    private static boolean hits(Rule rule, Posts post) {
        return rule.check(post.build()) instanceof Hit;
    }

    @Test
    void memberModerationShouldMissAMemberWithoutAnAction() {
        Posts post = aPost().from("ann@example.com");
        post.people.member("ann@example.com", null);
        assertThat(hits(new MemberModeration(), post)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ACCEPT", "HOLD", "REJECT", "DISCARD"})
    void memberModerationShouldHitAModeratedMember(Action action) {
        Posts post = aPost().from("ann@example.com");
        post.people.member("ann@example.com", action);
        assertThat(hits(new MemberModeration(), post)).isTrue();
        assertThat(hits(new NonmemberModeration(), post)).isFalse();
    }

    @Test
    void memberModerationShouldHitEverybodyWhenTheListModeratesByDefault() {
        Posts post = aPost().from("ann@example.com");
        post.people.member("ann@example.com", null);
        post.list.posting().setDefaultMemberAction(Action.HOLD);
        assertThat(hits(new MemberModeration(), post)).isTrue();
    }
}
