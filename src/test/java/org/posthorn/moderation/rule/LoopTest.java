package org.posthorn.moderation.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.posthorn.moderation.Posts.aPost;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.posthorn.moderation.Posts;
import org.posthorn.moderation.Rule;
import org.posthorn.moderation.Verdict.Hit;

class LoopTest {

    private static boolean hits(Rule rule, Posts post) {
        return rule.check(post.build()) instanceof Hit;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "List-Post   | <mailto:test@lists.example.org>",
                "list-post   | <mailto:Test@Lists.Example.ORG>",
                "List-Id     | Test <test.lists.example.org>",
                "List-Id     | <test.lists.example.org>",
                "X-BeenThere | test@lists.example.org",
            })
    void loopShouldHitWhatHasBeenThroughTheList(String field, String value) {
        assertThat(hits(new Loop(), aPost().field(field, value))).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "List-Post   | <mailto:other@lists.example.org>",
                "List-Post   | <mailto:test@lists.example.org.uk>",
                "List-Id     | <mytest.lists.example.org>",
                "List-Id     | <test.lists.example.org.uk>",
                "X-BeenThere | mytest@lists.example.org",
                "To          | test@lists.example.org",
            })
    void loopShouldMissOtherListsOfSimilarNames(String field, String value) {
        assertThat(hits(new Loop(), aPost().field(field, value))).isFalse();
    }
}
