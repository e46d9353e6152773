package org.posthorn.moderation.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.posthorn.moderation.Posts.aPost;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.posthorn.list.Action;
import org.posthorn.moderation.Posts;
import org.posthorn.moderation.Reason;
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
        assertThat(new MemberModeration().check(post.build()))
                .isEqualTo(new Hit(Reason.of("moderated-member"), action, "ann@example.com"));
        assertThat(hits(new NonmemberModeration(), post)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ACCEPT", "HOLD", "REJECT", "DISCARD"})
    void memberModerationShouldHitEverybodyWhenTheListModeratesByDefault(Action action) {
        Posts post = aPost().from("ann@example.com");
        post.people.member("ann@example.com", null);
        post.list.posting().setDefaultMemberAction(action);
        assertThat(new MemberModeration().check(post.build()))
                .isEqualTo(new Hit(Reason.of("moderated-member"), action, "ann@example.com"));
    }
}
