package org.posthorn.moderation.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.posthorn.moderation.Posts.aPost;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.posthorn.moderation.Posts;
import org.posthorn.moderation.Rule;
import org.posthorn.moderation.Verdict.Hit;

class MaxSizeTest {

    private static boolean hits(Rule rule, Posts post) {
        return rule.check(post.build()) instanceof Hit;
    }

    @ParameterizedTest
    @CsvSource({"40960, false", "40961, true"})
    void maxSizeShouldHitAboveTheLimit(long bytes, boolean expected) {
        assertThat(hits(new MaxSize(), aPost().size(bytes))).isEqualTo(expected);
    }

    @Test
    void maxSizeShouldTakeZeroForNoLimit() {
        Posts post = aPost().size(50_000_000);
        post.list.posting().setMaxMessageSize(0);
        assertThat(hits(new MaxSize(), post)).isFalse();
    }
}
