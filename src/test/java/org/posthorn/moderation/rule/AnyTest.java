package org.posthorn.moderation.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.posthorn.moderation.Posts.aPost;

import org.junit.jupiter.api.Test;
import org.posthorn.moderation.Chains;
import org.posthorn.moderation.Disposition.Accept;
import org.posthorn.moderation.Disposition.Hold;
import org.posthorn.moderation.Posts;

/** Mailman's rule any: whatever was deferred holds the post at the end of the chain, and all of it is told. */
class AnyTest {

    private static Posts fromAMember() {
        Posts post = aPost().from("ann@example.com").toTheList();
        post.people.member("ann@example.com", null);
        return post;
    }

    @Test
    void oneDeferredHitShouldHoldThePost() {
        Posts post = fromAMember();
        assertThat(Chains.DEFAULT_POSTING.decide(post.build()).disposition())
                .isInstanceOfSatisfying(
                        Hold.class, hold -> assertThat(hold.rules()).containsExactly("no-subject"));
    }

    @Test
    void severalShouldAllBeNamedInTheOrderOfTheChain() {
        Posts post = fromAMember().size(1_000_000);
        post.list.posting().setMaxNumRecipients(1);
        assertThat(Chains.DEFAULT_POSTING.decide(post.build()).disposition())
                .isInstanceOfSatisfying(
                        Hold.class,
                        hold -> assertThat(hold.rules()).containsExactly("max-recipients", "max-size", "no-subject"));
    }

    @Test
    void noneShouldLetThePostThrough() {
        Posts post = fromAMember().field("Subject", "First light");
        assertThat(Chains.DEFAULT_POSTING.decide(post.build()).disposition()).isEqualTo(new Accept());
    }
}
