package org.posthorn.moderation.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.posthorn.moderation.Posts.aPost;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.posthorn.list.Action;
import org.posthorn.moderation.Posts;
import org.posthorn.moderation.Reason;
import org.posthorn.moderation.Rule;
import org.posthorn.moderation.Verdict.Hit;

class HeaderMatchTest {

    private static boolean hits(Rule rule, Posts post) {
        return rule.check(post.build()) instanceof Hit;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "X-Spam-Flag | ^yes$        | X-SPAM-FLAG | YES",
                "subject     | lottery      | Subject     | You won the LOTTERY!",
                "Subject     | Grüße        | Subject     | =?iso-8859-1?Q?Gr=FC=DFe?=",
                "Subject     | ^=[?]gb2312  | Subject     | =?gb2312?B?xOO6ww==?=",
                "Received    | evil[.]test  | Received    | from a by evil.test",
            })
    void aFieldThatHoldsThePatternShouldHit(String header, String pattern, String field, String value) {
        Posts post = aPost().field("Received", "from b by good.test")
                .field(field, value)
                .check(header, pattern, Action.DISCARD);
        assertThat(new HeaderMatch().check(post.build()))
                .isEqualTo(
                        new Hit(Reason.of("header-match", "header", header), Action.DISCARD, header + ": " + pattern));
    }

    @Test
    void otherFieldsAndValuesShouldMiss() {
        Posts post = aPost().field("Subject", "X-Spam-Flag: yes")
                .field("X-Spam-Flag-Too", "yes")
                .field("X-Spam-Flag", "no")
                .check("X-Spam-Flag", "^yes", Action.DISCARD);
        assertThat(hits(new HeaderMatch(), post)).isFalse();
        assertThat(hits(new HeaderMatch(), aPost())).isFalse();
    }

    @Test
    void theFirstThatMatchesShouldDecide() {
        Posts post = aPost().field("Subject", "a b")
                .check("Subject", "c", Action.REJECT)
                .check("Subject", "b", Action.HOLD)
                .check("Subject", "a", Action.DISCARD);
        assertThat(((Hit) new HeaderMatch().check(post.build())).action()).isEqualTo(Action.HOLD);
    }

    @Test
    void aPatternThatOthersTakeForeverToMatchShouldTakeNoTime() {
        Posts post = aPost().field("Subject", "a".repeat(50_000)).check("Subject", "^(a+)+$x", Action.HOLD);
        assertThat(hits(new HeaderMatch(), post)).isFalse();
    }
}
