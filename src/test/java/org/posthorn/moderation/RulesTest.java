package org.posthorn.moderation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.posthorn.moderation.Posts.LIST;
import static org.posthorn.moderation.Posts.aPost;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.posthorn.list.Action;
import org.posthorn.moderation.Verdict.Hit;
import org.posthorn.moderation.rule.BannedAddress;
import org.posthorn.moderation.rule.Emergency;
import org.posthorn.moderation.rule.ImplicitDest;
import org.posthorn.moderation.rule.Loop;
import org.posthorn.moderation.rule.MaxRecipients;
import org.posthorn.moderation.rule.MaxSize;
import org.posthorn.moderation.rule.MemberModeration;
import org.posthorn.moderation.rule.NonmemberModeration;

class RulesTest {

    private static boolean hits(Rule rule, Posts post) {
        return rule.check(post.build()) instanceof Hit;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "List-Post   | <mailto:test@lists.example.org>",
                "list-post   | <mailto:Test@Lists.Example.ORG>",
                "List-Id     | Test <test.lists.example.org>",
                "List-Id     | <test.lists.example.org>",
                "X-BeenThere | test@lists.example.org",
            })
    void loopShouldHitWhatHasBeenThroughTheList(String field, String value) {
        assertThat(hits(new Loop(), aPost().field(field, value))).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "List-Post   | <mailto:other@lists.example.org>",
                "List-Post   | <mailto:test@lists.example.org.uk>",
                "List-Id     | <mytest.lists.example.org>",
                "List-Id     | <test.lists.example.org.uk>",
                "X-BeenThere | mytest@lists.example.org",
                "To          | test@lists.example.org",
            })
    void loopShouldMissOtherListsOfSimilarNames(String field, String value) {
        assertThat(hits(new Loop(), aPost().field(field, value))).isFalse();
    }

    @Test
    void bannedAddressShouldHitEachOfTheSenders() {
        Posts post = aPost().from("ann@example.com").field("Sender", "Eve <EVE@example.net>");
        assertThat(hits(new BannedAddress(), post)).isFalse();
        post.people.ban("eve@example.net");
        assertThat(new BannedAddress().check(post.build()))
                .isEqualTo(new Hit("The sender is banned: eve@example.net."));
    }

    @Test
    void emergencyShouldHitMembersToo() {
        Posts post = aPost().from("ann@example.com");
        post.people.member("ann@example.com", Action.ACCEPT);
        assertThat(hits(new Emergency(), post)).isFalse();
        post.list.posting().setEmergency(true);
        assertThat(hits(new Emergency(), post)).isTrue();
    }

    @Test
    void memberModerationShouldMissAMemberWithoutAnAction() {
        Posts post = aPost().from("ann@example.com");
        post.people.member("ann@example.com", null);
        assertThat(hits(new MemberModeration(), post)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ACCEPT", "HOLD", "REJECT", "DISCARD"})
    void memberModerationShouldHitAModeratedMember(Action action) {
        Posts post = aPost().from("ann@example.com");
        post.people.member("ann@example.com", action);
        assertThat(hits(new MemberModeration(), post)).isTrue();
        assertThat(hits(new NonmemberModeration(), post)).isFalse();
    }

    @Test
    void memberModerationShouldHitEverybodyWhenTheListModeratesByDefault() {
        Posts post = aPost().from("ann@example.com");
        post.people.member("ann@example.com", null);
        post.list.posting().setDefaultMemberAction(Action.HOLD);
        assertThat(hits(new MemberModeration(), post)).isTrue();
    }

    @Test
    void nonmemberModerationShouldHitAStranger() {
        Posts post = aPost().from("stranger@example.org");
        assertThat(new NonmemberModeration().check(post.build()))
                .isEqualTo(new Hit("The message is not from a list member."));
        assertThat(hits(new MemberModeration(), post)).isFalse();
    }

    @Test
    void nonmemberModerationShouldMissWhenStrangersAreDeferred() {
        Posts post = aPost().from("stranger@example.org");
        post.list.posting().setDefaultNonmemberAction(Action.DEFER);
        assertThat(hits(new NonmemberModeration(), post)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "test@lists.example.org",
                "TEST@Lists.Example.Org",
                "Somebody <x@y.example>, \"Test\" <test@lists.example.org>",
                "alias@example.org",
                "old-name@any.example",
                "sales7@example.org"
            })
    void implicitDestShouldMissWhereTheListIsNamed(String to) {
        Posts post = aPost().field("To", to);
        post.list.posting().setAcceptableAliases(List.of("Alias@example.org", "old-name", "^sales[0-9]@"));
        assertThat(hits(new ImplicitDest(), post)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"undisclosed-recipients:;", "other@lists.example.org", "mytest@lists.example.org", "(((((", ""})
    void implicitDestShouldHitWhereTheListIsNotNamed(String to) {
        Posts post = aPost().field("To", to);
        assertThat(hits(new ImplicitDest(), post)).isTrue();
        post.list.posting().setRequireExplicitDestination(false);
        assertThat(hits(new ImplicitDest(), post)).isFalse();
    }

    @Test
    void implicitDestShouldKnowTheDomainsOtherNames() {
        Posts post = aPost().field("Cc", "test@example.net");
        assertThat(hits(new ImplicitDest(), post)).isTrue();
        post.list.getDomain().answerTo("example.net");
        assertThat(hits(new ImplicitDest(), post)).isFalse();
    }

    @Test
    void implicitDestShouldTakeAWrongPatternForNoMatch() {
        Posts post = aPost().field("To", "x@example.org");
        post.list.posting().setAcceptableAliases(List.of("^(((", "^["));
        assertThat(hits(new ImplicitDest(), post)).isTrue();
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

    @ParameterizedTest
    @CsvSource({"40960, false", "40961, true"})
    void maxSizeShouldHitAboveTheLimit(long bytes, boolean expected) {
        assertThat(hits(new MaxSize(), aPost().size(bytes))).isEqualTo(expected);
    }

    @Test
    void maxSizeShouldTakeZeroForNoLimit() {
        Posts post = aPost().size(50_000_000);
        post.list.posting().setMaxMessageSize(0);
        assertThat(hits(new MaxSize(), post)).isFalse();
    }

    @Test
    void noRuleShouldThrowOnAHeaderOfRubbish() {
        Posts post = aPost().field("From", "\"\\<<@@>,;:(")
                .field("To", "\u0000 <a@b")
                .field("List-Post", ">")
                .field("X-BeenThere", LIST + "x");
        assertThat(Chains.DEFAULT_POSTING.decide(post.build()).disposition()).isInstanceOf(Disposition.Hold.class);
    }
}
