package org.posthorn.moderation.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.posthorn.moderation.Posts.aPost;

import org.junit.jupiter.api.Test;
import org.posthorn.moderation.Posts;
import org.posthorn.moderation.Rule;
import org.posthorn.moderation.Verdict.Hit;

class MaxRecipientsTest {

    private static boolean hits(Rule rule, Posts post) {
        return rule.check(post.build()) instanceof Hit;
    }

    @Test
    void maxRecipientsShouldHitFromTheLimitOn() {
        Posts nine = aPost().toTheList()
                .field(
                        "Cc",
                        "a1@x.example, a2@x.example, a3@x.example, a4@x.example, a5@x.example, a6@x.example, a7@x.example, a8@x.example");
        assertThat(hits(new MaxRecipients(), nine)).isFalse();
        Posts ten = nine.field("CC", "a9@x.example");
        assertThat(hits(new MaxRecipients(), ten)).isTrue();
        ten.list.posting().setMaxNumRecipients(0);
        assertThat(hits(new MaxRecipients(), ten)).isFalse();
    }
}
