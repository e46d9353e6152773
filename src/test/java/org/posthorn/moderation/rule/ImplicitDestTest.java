package org.posthorn.moderation.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.posthorn.moderation.Posts.aPost;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.posthorn.moderation.Posts;
import org.posthorn.moderation.Rule;
import org.posthorn.moderation.Verdict.Hit;

class ImplicitDestTest {

    private static boolean hits(Rule rule, Posts post) {
        return rule.check(post.build()) instanceof Hit;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "test@lists.example.org",
                "TEST@Lists.Example.Org",
                "Somebody <x@y.example>, \"Test\" <test@lists.example.org>",
                "alias@example.org",
                "old-name@any.example",
                "sales7@example.org"
            })
    void implicitDestShouldMissWhereTheListIsNamed(String to) {
        Posts post = aPost().field("To", to);
        post.list.posting().setAcceptableAliases(List.of("Alias@example.org", "old-name", "^sales[0-9]@"));
        assertThat(hits(new ImplicitDest(), post)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"undisclosed-recipients:;", "other@lists.example.org", "mytest@lists.example.org", "(((((", ""})
    void implicitDestShouldHitWhereTheListIsNotNamed(String to) {
        Posts post = aPost().field("To", to);
        assertThat(hits(new ImplicitDest(), post)).isTrue();
        post.list.posting().setRequireExplicitDestination(false);
        assertThat(hits(new ImplicitDest(), post)).isFalse();
    }

    @Test
    void implicitDestShouldKnowTheDomainsOtherNames() {
        Posts post = aPost().field("Cc", "test@example.net");
        assertThat(hits(new ImplicitDest(), post)).isTrue();
        post.list.getDomain().answerTo("example.net");
        assertThat(hits(new ImplicitDest(), post)).isFalse();
    }

    @Test
    void implicitDestShouldTakeAWrongPatternForNoMatch() {
        Posts post = aPost().field("To", "x@example.org");
        post.list.posting().setAcceptableAliases(List.of("^(((", "^["));
        assertThat(hits(new ImplicitDest(), post)).isTrue();
    }
}
