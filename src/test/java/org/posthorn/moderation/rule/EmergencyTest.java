package org.posthorn.moderation.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.posthorn.moderation.Posts.aPost;

import org.junit.jupiter.api.Test;
import org.posthorn.list.Action;
import org.posthorn.moderation.Posts;
import org.posthorn.moderation.Rule;
import org.posthorn.moderation.Verdict.Hit;

class EmergencyTest {

    private static boolean hits(Rule rule, Posts post) {
        return rule.check(post.build()) instanceof Hit;
    }

    @Test
    void emergencyShouldHitMembersToo() {
        Posts post = aPost().from("ann@example.com");
        post.people.member("ann@example.com", Action.ACCEPT);
        assertThat(hits(new Emergency(), post)).isFalse();
        post.list.posting().setEmergency(true);
        assertThat(hits(new Emergency(), post)).isTrue();
    }
}
