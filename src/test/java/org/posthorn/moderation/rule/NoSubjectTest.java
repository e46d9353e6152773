package org.posthorn.moderation.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.posthorn.moderation.Posts.aPost;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.posthorn.moderation.Posts;
import org.posthorn.moderation.Rule;
import org.posthorn.moderation.Verdict.Hit;

class NoSubjectTest {

    private static boolean hits(Rule rule, Posts post) {
        return rule.check(post.build()) instanceof Hit;
    }

    @Test
    void aPostWithoutSubjectShouldHit() {
        assertThat(hits(new NoSubject(), aPost())).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   ", "=?utf-8?q?_?="})
    void aBlankSubjectShouldHit(String subject) {
        assertThat(hits(new NoSubject(), aPost().field("Subject", subject))).isTrue();
    }

    @Test
    void aSubjectShouldMiss() {
        assertThat(hits(new NoSubject(), aPost().field("SUBJECT", "."))).isFalse();
    }
}
