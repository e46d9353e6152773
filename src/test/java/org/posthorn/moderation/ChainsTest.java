package org.posthorn.moderation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.posthorn.moderation.Posts.aPost;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.posthorn.list.Action;
import org.posthorn.list.PostingPolicy;
import org.posthorn.moderation.Disposition.Accept;
import org.posthorn.moderation.Disposition.Discard;
import org.posthorn.moderation.Disposition.Hold;
import org.posthorn.moderation.Disposition.Reject;

class ChainsTest {

    private static Posts fromAMember() {
        Posts post = aPost().from("ann@example.com").toTheList().field("Subject", "First light");
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
                .as("Mailman's order, and what is ours")
                .containsExactly(
                        "no-senders",
                        "approved",
                        "loop",
                        "banned-address",
                        "header-match",
                        "urgent",
                        "emergency",
                        "member-moderation",
                        "nonmember-moderation",
                        "member-verbosity",
                        "new-member",
                        "administrivia",
                        "implicit-dest",
                        "max-recipients",
                        "max-size",
                        "news-moderation",
                        "no-subject",
                        "digests",
                        "suspicious-header");
    }

    @Test
    void aStrangersPostShouldBeHeldAndSayWhy() {
        Ruling ruling = ruling(aPost().from("stranger@example.org").toTheList());
        assertThat(ruling.disposition())
                .isEqualTo(new Hold(List.of(Reason.of("nonmember")), List.of("nonmember-moderation")));
        assertThat(ruling.grounds())
                .isEqualTo(
                        "hit: nonmember-moderation (The message is not from a list member. stranger@example.org); missed: no-senders, approved, loop, banned-address, header-match, urgent, emergency, member-moderation");
    }

    @ParameterizedTest
    @EnumSource(Action.class)
    void theListsActionForStrangersShouldBeCarriedOut(Action action) {
        Posts post = aPost().from("stranger@example.org").toTheList().field("Subject", "x");
        post.list.posting().setDefaultNonmemberAction(action);
        Reason reason = Reason.of("nonmember");
        assertThat(ruling(post).disposition())
                .isEqualTo(
                        switch (action) {
                            case ACCEPT, DEFER -> new Accept();
                            case HOLD -> new Hold(List.of(reason), List.of("nonmember-moderation"));
                            case REJECT -> new Reject(reason);
                            case DISCARD -> new Discard("nonmember-moderation", reason);
                        });
    }

    @ParameterizedTest
    @EnumSource(Action.class)
    void aMembersOwnActionShouldBeCarriedOutWhateverTheListsIs(Action action) {
        Posts post = fromAMember();
        post.people.member("ann@example.com", action);
        post.list.posting().setDefaultMemberAction(action == Action.HOLD ? Action.DISCARD : Action.HOLD);
        Reason reason = Reason.of("moderated-member");
        assertThat(ruling(post).disposition())
                .isEqualTo(
                        switch (action) {
                            case ACCEPT, DEFER -> new Accept();
                            case HOLD -> new Hold(List.of(reason), List.of("member-moderation"));
                            case REJECT -> new Reject(reason);
                            case DISCARD -> new Discard("member-moderation", reason);
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
        Hold hold = (Hold) ruling(post).disposition();
        assertThat(hold.rules()).containsExactly("max-recipients", "max-size");
        assertThat(Reason.english(hold.reasons()))
                .isEqualTo(
                        "The message has 1 recipients in its header; fewer than 1 are allowed. The message has 98 KiB; 40 KiB are allowed.");
    }

    @Test
    void aLoopShouldBeDiscardedBeforeAnythingElse() {
        Posts post = fromAMember().field("List-Post", "<mailto:test@lists.example.org>");
        post.list.posting().setEmergency(true);
        post.people.ban("ann@example.com");
        assertThat(ruling(post).disposition()).isEqualTo(new Discard("loop", Reason.of("loop")));
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
                .isEqualTo(new Hold(List.of(Reason.of("emergency")), List.of("emergency")));
    }

    @Test
    void mailToTheOwnersShouldAlwaysPass() {
        Posts post = aPost().from("stranger@example.org");
        post.list.posting().setEmergency(true);
        post.people.ban("stranger@example.org");
        assertThat(Chains.DEFAULT_OWNER.decide(post.build()).disposition()).isEqualTo(new Accept());
    }

    @Test
    void aPostThatCarriesThePasswordShouldPassWhateverElseItIs() {
        Posts post = aPost().from("stranger@example.org")
                .approved()
                .size(1_000_000)
                .field("List-Post", "<mailto:" + Posts.LIST + ">");
        post.list.posting().setEmergency(true);
        post.people.ban("stranger@example.org");
        Ruling ruling = ruling(post);
        assertThat(ruling.disposition()).isEqualTo(new Accept());
        assertThat(ruling.grounds()).startsWith("hit: approved");
    }

    @Test
    void aPostOfNobodyShouldBeDiscardedEvenWithThePassword() {
        assertThat(ruling(aPost().approved().toTheList()).disposition())
                .isEqualTo(new Discard("no-senders", Reason.of("no-senders")));
    }

    @ParameterizedTest
    @EnumSource(
            value = Action.class,
            names = {"ACCEPT", "HOLD", "REJECT", "DISCARD"})
    void aHeaderMatchShouldDoWhatWasChosenForIt(Action action) {
        Posts post = fromAMember().check("Subject", "light", action);
        Reason reason = Reason.of("header-match", "header", "Subject");
        assertThat(ruling(post).disposition())
                .isEqualTo(
                        switch (action) {
                            case ACCEPT -> new Accept();
                            case HOLD -> new Hold(List.of(reason), List.of("header-match"));
                            case REJECT -> new Reject(reason);
                            case DISCARD -> new Discard("header-match", reason);
                            case DEFER -> throw new IllegalArgumentException();
                        });
        assertThat(ruling(post).grounds()).contains("Subject: light");
    }

    @Test
    void aHeaderMatchThatAcceptsShouldCountMoreThanAnEmergency() {
        Posts post = fromAMember().check("Subject", "light", Action.ACCEPT);
        post.list.posting().setEmergency(true);
        assertThat(ruling(post).disposition()).isEqualTo(new Accept());
    }

    @Test
    void aPostThatIsUrgentWithoutRightShouldBeRejectedWhoeverWritesIt() {
        Posts post = fromAMember().urgency(Urgency.REFUSED);
        post.people.member("ann@example.com", Action.ACCEPT);
        post.list.posting().setEmergency(true);
        assertThat(ruling(post).disposition()).isEqualTo(new Reject(Reason.of("urgent")));
        assertThat(ruling(fromAMember().urgency(Urgency.GRANTED)).disposition()).isEqualTo(new Accept());
    }

    @Test
    void whoIsBannedShouldNotLearnThatAPostIsUrgentWithoutRight() {
        Posts post = fromAMember().urgency(Urgency.REFUSED);
        post.people.ban("ann@example.com");
        assertThat(ruling(post).disposition()).isInstanceOf(Discard.class);
    }

    @Test
    void everyReasonOfADeferredHoldShouldBeNamedInTheTrace() {
        Posts post = aPost().from("ann@example.com").body("unsubscribe\n").size(100_000);
        post.people.member("ann@example.com", null);
        assertThat(((Hold) ruling(post).disposition()).rules())
                .containsExactly("administrivia", "implicit-dest", "max-size", "no-subject");
    }

    @Test
    void aListShouldGoByTheChainThatItNames() {
        IncomingPost post = fromAMember().build();
        assertThat(Chains.posting("accept").decide(post).disposition()).isEqualTo(new Accept());
        assertThat(Chains.posting("hold").decide(post).disposition())
                .isEqualTo(new Hold(List.of(Reason.of("all-posts")), List.of("truth")));
        assertThat(Chains.posting("reject").decide(post).disposition()).isInstanceOf(Reject.class);
        assertThat(Chains.posting("discard").decide(post).disposition()).isInstanceOf(Discard.class);
        assertThat(Chains.owner("discard").decide(post).disposition()).isInstanceOf(Discard.class);
    }

    @Test
    void eachChainThatTheSettingsAllowShouldBeThere() {
        for (String name : PostingPolicy.POSTING_CHAINS) {
            assertThat(Chains.posting(name).name()).isEqualTo(name);
        }
        for (String name : PostingPolicy.OWNER_CHAINS) {
            assertThat(Chains.owner(name).name()).isEqualTo(name);
        }
        assertThat(Chains.posting("of-another-release")).isEqualTo(Chains.DEFAULT_POSTING);
        assertThat(Chains.owner("hold")).as("mail to the owners cannot be held").isEqualTo(Chains.DEFAULT_OWNER);
    }

    @Test
    void noRuleShouldThrowOnAHeaderOfRubbish() {
        Posts post = aPost().field("From", "\"\\<<@@>,;:(")
                .field("Reply-To", "x@example.org")
                .field("To", "\u0000 <a@b")
                .field("List-Post", ">")
                .field("X-BeenThere", Posts.LIST + "x");
        assertThat(ruling(post).disposition()).isInstanceOf(Disposition.Hold.class);
    }
}
