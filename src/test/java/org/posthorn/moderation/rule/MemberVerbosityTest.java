package org.posthorn.moderation.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.posthorn.moderation.Posts.aPost;

import org.junit.jupiter.api.Test;
import org.posthorn.moderation.Posts;
import org.posthorn.moderation.Verdict;
import org.posthorn.moderation.Verdict.Hit;

class MemberVerbosityTest {

    private static Posts by(String address) {
        Posts post = aPost().from(address).toTheList();
        post.people.member("ann@example.com", null);
        post.list.posting().setMemberVerbosityThreshold(3);
        return post;
    }

    private static Verdict check(Posts post) {
        return new MemberVerbosity().check(post.build());
    }

    @Test
    void membersPostsShouldHitFromTheLimitOn() {
        assertThat(check(by("ann@example.com").recentPosts(2))).isEqualTo(Verdict.MISS);
        Verdict verdict = check(by("ann@example.com").recentPosts(3));
        assertThat(verdict)
                .isInstanceOfSatisfying(
                        Hit.class,
                        hit -> assertThat(hit.reason().english())
                                .isEqualTo("3 posts of the sender came within 300 seconds."));
    }

    @Test
    void strangersAndListsWithoutALimitShouldMiss() {
        Posts stranger = by("zoe@example.com").reversePath("zoe@example.com").recentPosts(9);
        assertThat(check(stranger)).isEqualTo(Verdict.MISS);
        Posts unlimited = by("ann@example.com").recentPosts(9);
        unlimited.list.posting().setMemberVerbosityThreshold(0);
        assertThat(check(unlimited)).isEqualTo(Verdict.MISS);
    }
}
