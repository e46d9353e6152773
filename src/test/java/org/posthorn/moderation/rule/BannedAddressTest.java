package org.posthorn.moderation.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.posthorn.moderation.Posts.aPost;

import org.junit.jupiter.api.Test;
import org.posthorn.moderation.Posts;
import org.posthorn.moderation.Reason;
import org.posthorn.moderation.Rule;
import org.posthorn.moderation.Verdict.Hit;

class BannedAddressTest {

    private static boolean hits(Rule rule, Posts post) {
        return rule.check(post.build()) instanceof Hit;
    }

    @Test
    void bannedAddressShouldHitEachOfTheSenders() {
        Posts post = aPost().from("ann@example.com").field("Sender", "Eve <EVE@example.net>");
        assertThat(hits(new BannedAddress(), post)).isFalse();
        post.people.ban("eve@example.net");
        assertThat(new BannedAddress().check(post.build()))
                .isEqualTo(new Hit(Reason.of("banned", "sender", "eve@example.net")));
    }
}
