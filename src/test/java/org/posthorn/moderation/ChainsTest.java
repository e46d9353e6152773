package org.posthorn.moderation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.posthorn.moderation.Posts.aPost;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.posthorn.list.Action;
import org.posthorn.moderation.Disposition.Accept;
import org.posthorn.moderation.Disposition.Discard;
import org.posthorn.moderation.Disposition.Hold;
import org.posthorn.moderation.Disposition.Reject;

class ChainsTest {

    private static Posts fromAMember() {
        Posts post = aPost().from("ann@example.com").toTheList();
        post.people.member("ann@example.com", null);
        return post;
    }

    private static Ruling ruling(Posts post) {
        return Chains.DEFAULT_POSTING.decide(post.build());
    }

    @Test
    void aMembersPostShouldBeAcceptedAfterAllRulesHaveMissed() {
        Ruling ruling = ruling(fromAMember());
        assertThat(ruling.disposition()).isEqualTo(new Accept());
        assertThat(ruling.hits()).isEmpty();
        assertThat(ruling.misses())
                .containsExactly(
                        "loop",
                        "banned-address",
                        "emergency",
                        "member-moderation",
                        "nonmember-moderation",
                        "implicit-dest",
                        "max-recipients",
                        "max-size");
    }

    @Test
    void aStrangersPostShouldBeHeldAndSayWhy() {
        Ruling ruling = ruling(aPost().from("stranger@example.org").toTheList());
        assertThat(ruling.disposition())
                .isEqualTo(new Hold("The message is not from a list member.", List.of("nonmember-moderation")));
        assertThat(ruling.grounds())
                .isEqualTo(
                        "hit: nonmember-moderation (The message is not from a list member.); missed: loop, banned-address, emergency, member-moderation");
    }

    @ParameterizedTest
    @EnumSource(Action.class)
    void theListsActionForStrangersShouldBeCarriedOut(Action action) {
        Posts post = aPost().from("stranger@example.org").toTheList();
        post.list.posting().setDefaultNonmemberAction(action);
        String reason = "The message is not from a list member.";
        assertThat(ruling(post).disposition())
                .isEqualTo(
                        switch (action) {
                            case ACCEPT, DEFER -> new Accept();
                            case HOLD -> new Hold(reason, List.of("nonmember-moderation"));
                            case REJECT -> new Reject(reason);
                            case DISCARD -> new Discard("nonmember-moderation", reason);
                        });
    }

    @Test
    void anAcceptedSenderShouldSkipTheRulesAfterIt() {
        Posts post = aPost().from("stranger@example.org").size(1_000_000);
        post.list.posting().setDefaultNonmemberAction(Action.ACCEPT);
        assertThat(ruling(post).disposition()).isEqualTo(new Accept());
    }

    @Test
    void deferredHitsShouldAllBeNamedInTheHold() {
        Posts post = fromAMember().size(100_000);
        post.list.posting().setMaxNumRecipients(1);
        assertThat(ruling(post).disposition())
                .isEqualTo(new Hold(
                        "The message has 1 recipients in its header; fewer than 1 are allowed. The message has 98 KiB; 40 KiB are allowed.",
                        List.of("max-recipients", "max-size")));
    }

    @Test
    void aLoopShouldBeDiscardedBeforeAnythingElse() {
        Posts post = fromAMember().field("List-Post", "<mailto:test@lists.example.org>");
        post.list.posting().setEmergency(true);
        post.people.ban("ann@example.com");
        assertThat(ruling(post).disposition())
                .isEqualTo(new Discard("loop", "The message has been through this list already."));
    }

    @Test
    void aBannedMembersPostShouldBeDiscarded() {
        Posts post = fromAMember();
        post.people.ban("ann@example.com");
        assertThat(ruling(post).disposition()).isInstanceOf(Discard.class);
    }

    @Test
    void anEmergencyShouldHoldEvenAnAcceptedMember() {
        Posts post = fromAMember();
        post.people.member("ann@example.com", Action.ACCEPT);
        post.list.posting().setEmergency(true);
        assertThat(ruling(post).disposition())
                .isEqualTo(new Hold("The list holds all posts at the moment.", List.of("emergency")));
    }

    @Test
    void mailToTheOwnersShouldAlwaysPass() {
        Posts post = aPost().from("stranger@example.org");
        post.list.posting().setEmergency(true);
        post.people.ban("stranger@example.org");
        assertThat(Chains.DEFAULT_OWNER.decide(post.build()).disposition()).isEqualTo(new Accept());
    }
}
