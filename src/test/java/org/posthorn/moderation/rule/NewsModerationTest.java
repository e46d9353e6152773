package org.posthorn.moderation.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.posthorn.moderation.Posts.aPost;

import org.junit.jupiter.api.Test;
import org.posthorn.list.NewsgroupModeration;
import org.posthorn.moderation.Posts;
import org.posthorn.moderation.Verdict.Hit;

class NewsModerationTest {

    @Test
    void onlyAModeratedNewsgroupShouldHit() {
        Posts post = aPost().from("ann@example.com").toTheList();
        for (NewsgroupModeration kind : NewsgroupModeration.values()) {
            post.list.news().setNewsgroupModeration(kind);
            assertThat(new NewsModeration().check(post.build()) instanceof Hit)
                    .as("%s", kind)
                    .isEqualTo(kind == NewsgroupModeration.MODERATED);
        }
    }
}
