package org.posthorn.moderation.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.posthorn.moderation.Posts.aPost;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.posthorn.moderation.Posts;
import org.posthorn.moderation.Verdict;
import org.posthorn.moderation.Verdict.Hit;

class SuspiciousHeaderTest {

    private static Verdict check(String... lines) {
        Posts post = aPost().field("X-Mailer", "Bulk  Blaster 3")
                .field("Subject", "=?utf-8?q?Gewinn=21?=")
                .toTheList();
        post.list.posting().setBounceMatchingHeaders(List.of(lines));
        return new SuspiciousHeader().check(post.build());
    }

    @Test
    void fieldThatMatchesALineShouldHitWhateverItsCase() {
        assertThat(check("# programs", "x-mailer: ^bulk\\s+BLASTER"))
                .isInstanceOfSatisfying(
                        Hit.class, hit -> assertThat(hit.reason().english()).contains("x-mailer"));
    }

    @Test
    void fieldShouldBeLookedAtAsPeopleReadIt() {
        assertThat(check("Subject: ^Gewinn!$")).isInstanceOf(Hit.class);
        assertThat(check("Subject: =21")).as("and as it came").isInstanceOf(Hit.class);
    }

    @Test
    void otherFieldsCommentsAndNoLinesShouldMiss() {
        assertThat(check("X-Other: blaster")).isEqualTo(Verdict.MISS);
        assertThat(check("# X-Mailer: blaster")).isEqualTo(Verdict.MISS);
        assertThat(check()).isEqualTo(Verdict.MISS);
        assertThat(check("X-Mailer: (", "no colon"))
                .as("lines that cannot be set any more")
                .isEqualTo(Verdict.MISS);
    }
}
