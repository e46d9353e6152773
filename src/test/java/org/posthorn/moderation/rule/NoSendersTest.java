package org.posthorn.moderation.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.posthorn.moderation.Posts.aPost;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.posthorn.moderation.Posts;
import org.posthorn.moderation.Rule;
import org.posthorn.moderation.Verdict.Hit;

class NoSendersTest {

    private static boolean hits(Rule rule, Posts post) {
        return rule.check(post.build()) instanceof Hit;
    }

    @Test
    void aMessageOfNobodyShouldHitWhateverItsReversePath() {
        assertThat(hits(new NoSenders(), aPost().toTheList())).isTrue();
        assertThat(hits(new NoSenders(), aPost().from("undisclosed:;").field("Sender", "nobody at all")))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"From", "Sender", "Reply-To"})
    void eachOfTheThreeFieldsShouldDo(String field) {
        assertThat(hits(new NoSenders(), aPost().field(field, "Ann <ann@example.com>")))
                .isFalse();
    }
}
