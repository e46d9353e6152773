package org.posthorn.moderation.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.posthorn.moderation.Posts.aPost;

import org.junit.jupiter.api.Test;
import org.posthorn.moderation.Posts;
import org.posthorn.moderation.Rule;
import org.posthorn.moderation.Verdict.Hit;

class ApprovedTest {

    private static boolean hits(Rule rule, Posts post) {
        return rule.check(post.build()) instanceof Hit;
    }

    @Test
    void aPostWithThePasswordShouldHitAndAnotherMiss() {
        assertThat(hits(new Approved(), aPost().approved())).isTrue();
        assertThat(hits(new Approved(), aPost())).isFalse();
    }
}
