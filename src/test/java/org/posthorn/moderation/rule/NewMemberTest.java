package org.posthorn.moderation.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.posthorn.moderation.Posts.RECEIVED;
import static org.posthorn.moderation.Posts.aPost;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.posthorn.list.Action;
import org.posthorn.moderation.Posts;
import org.posthorn.moderation.Verdict;
import org.posthorn.moderation.Verdict.Hit;

class NewMemberTest {

    private static Verdict check(int days, Action own, Instant joined) {
        Posts post = aPost().from("ann@example.com").toTheList();
        post.people.member("ann@example.com", own, joined);
        post.list.posting().setNewMemberDays(days);
        return new NewMember().check(post.build());
    }

    @Test
    void membersShouldBeNewForSoManyDays() {
        assertThat(check(3, null, RECEIVED.minus(Duration.ofDays(3)))).isEqualTo(Verdict.MISS);
        assertThat(check(3, null, RECEIVED.minus(Duration.ofDays(3)).plusSeconds(1)))
                .isInstanceOfSatisfying(
                        Hit.class, hit -> assertThat(hit.reason().english()).contains("3 days"));
        assertThat(check(0, null, RECEIVED)).as("the list does not ask").isEqualTo(Verdict.MISS);
    }

    @Test
    void memberForWhomAnActionIsSetShouldNotBeNew() {
        assertThat(check(3, Action.DEFER, RECEIVED)).isEqualTo(Verdict.MISS);
    }

    @Test
    void strangersShouldNotBeNewMembers() {
        Posts post =
                aPost().from("zoe@example.com").reversePath("zoe@example.com").toTheList();
        post.list.posting().setNewMemberDays(3);
        assertThat(new NewMember().check(post.build())).isEqualTo(Verdict.MISS);
    }
}
