package org.posthorn.moderation.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.posthorn.moderation.Posts.aPost;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.posthorn.moderation.Posts;
import org.posthorn.moderation.Rule;
import org.posthorn.moderation.Verdict.Hit;

class AdministriviaTest {

    private static boolean hits(Rule rule, Posts post) {
        return rule.check(post.build()) instanceof Hit;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "unsubscribe",
                "Unsubscribe",
                " UNSUBSCRIBE  me@example.com",
                "subscribe",
                "subscribe a b c",
                "confirm 123abc",
                "help",
                "who",
                "set delivery off please",
                "password old new",
                "leave",
                "=?utf-8?q?unsubscribe?="
            })
    void aCommandAsTheSubjectShouldHit(String subject) {
        assertThat(hits(new Administrivia(), aPost().field("Subject", subject).body("")))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"help", "Info", "lists", "options", "who"})
    void aWordOfAskingAboveATextShouldBeAPostsTitle(String subject) {
        assertThat(hits(
                        new Administrivia(),
                        aPost().field("Subject", subject).body("Dear list,\n\nthe printer is on fire.\n")))
                .isFalse();
        assertThat(hits(
                        new Administrivia(),
                        aPost().field("Subject", "Re: printer").body(subject + "\n")))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"unsubscribe", "leave", "remove", "join", "subscribe me", "confirm 123abc"})
    void aCommandToChangeSomethingShouldHitWhateverIsBelowIt(String subject) {
        assertThat(hits(new Administrivia(), aPost().field("Subject", subject).body("Please take me off.\n\nAnn\n")))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "help me with my disk",
                "unsubscribe me please",
                "who is coming on Friday",
                "confirm",
                "set the date",
                "leave early",
                "Re: unsubscribe",
                "information",
                "",
                "subscribe to my new channel now"
            })
    void aSentenceThatOnlyBeginsLikeOneShouldMiss(String subject) {
        assertThat(hits(new Administrivia(), aPost().field("Subject", subject).body(subject + "\n")))
                .isFalse();
    }

    @Test
    void theTextsFirstTenLinesShouldBeLookedAt() {
        String blank = "\n  \n";
        assertThat(hits(new Administrivia(), aPost().body(("line" + blank).repeat(9) + "  unsubscribe \n")))
                .isTrue();
        assertThat(hits(new Administrivia(), aPost().body(("line" + blank).repeat(10) + "unsubscribe\n")))
                .isFalse();
    }

    @Test
    void onlyThePlainTextShouldBeLookedAtInWhicheverEncoding() {
        assertThat(hits(
                        new Administrivia(),
                        aPost().field("Content-Type", "text/html").body("unsubscribe\n")))
                .isFalse();
        String parts = """
                --b
                Content-Type: text/html

                unsubscribe
                --b
                Content-Type: text/plain
                Content-Transfer-Encoding: base64

                dW5zdWJzY3JpYmU=
                --b--
                """;
        assertThat(hits(
                        new Administrivia(),
                        aPost().field("Content-Type", "multipart/alternative; boundary=b")
                                .body(parts)))
                .isTrue();
    }

    @Test
    void aListThatDoesNotWantItShouldNotHoldCommands() {
        Posts post = aPost().field("Subject", "unsubscribe").body("unsubscribe\n");
        post.list.posting().setAdministrivia(false);
        assertThat(hits(new Administrivia(), post)).isFalse();
    }
}
