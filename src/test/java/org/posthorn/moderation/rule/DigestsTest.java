package org.posthorn.moderation.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.posthorn.moderation.Posts.aPost;

import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.posthorn.moderation.Posts;
import org.posthorn.moderation.Verdict.Hit;
import org.posthorn.template.Texts;

class DigestsTest {

    private static final String MASTHEAD = """
            I agree.

            > Send Test mailing list submissions to
            >         test@lists.example.org
            >
            > To subscribe or unsubscribe via the World Wide Web, visit
            >         https://lists.example.org/lists/test
            > or, via email, send a message with subject or body 'help' to
            >         test-request@lists.example.org
            """;

    private static boolean hits(String subject, String body) {
        Posts post = aPost().from("ann@example.com")
                .toTheList()
                .field("Subject", subject)
                .body(body);
        post.list.posting().setAdministrivia(false);
        post.list.posting().setHoldDigest(true);
        return new Digests().check(post.build()) instanceof Hit;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Re: Test Digest, Vol 3, Issue 14",
                "AW: [Other] Other Digest, Vol 120, Issue 2",
                "Re: Test Sammlung, Vol. 3, Nr. 14",
                "re: test digest, vol 1 #2",
                "Re: Test Sammelmail, Vol 3, Ausgabe 14",
                "Re: Condensé Test, Vol 3, n° 14",
                "Re: Resumen de Test, Vol 3, Núm. 14"
            })
    void answerToADigestsSubjectShouldHit(String subject) {
        assertThat(hits(subject, "I agree.\n")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Re: Digest of volumes", "Reader's Digest", "Vol 3, Issue 14 is out", "Digestion, volume 2"})
    void otherSubjectsShouldMiss(String subject) {
        assertThat(hits(subject, "I agree.\n")).isFalse();
    }

    @Test
    void fourQuotedLinesOfAMastheadShouldHit() {
        assertThat(hits("A question", MASTHEAD)).isTrue();
        assertThat(hits("A question", MASTHEAD.substring(0, MASTHEAD.indexOf("> or, via"))))
                .as("two of them")
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "de", "fr", "es"})
    void mastheadThatThisSiteWritesShouldHitInEachLanguage(String language) {
        String masthead = Texts.fill(
                language,
                "digest.masthead",
                Map.of(
                        "display_name", "Test",
                        "list", "test@lists.example.org",
                        "request", "test-request@lists.example.org",
                        "owner", "test-owner@lists.example.org"));
        String quoted = masthead.lines().map(line -> "> " + line + "\n").collect(Collectors.joining());
        assertThat(hits("A question", "I agree.\n\n" + quoted)).isTrue();
        assertThat(hits("A question", "I agree.\n\n" + quoted.substring(0, quoted.length() / 3)))
                .as("its beginning")
                .isFalse();
        assertThat(Texts.LANGUAGES).contains(language).hasSize(4);
    }

    @Test
    void listThatDoesNotAskShouldMiss() {
        Posts post = aPost().from("ann@example.com").toTheList().field("Subject", "Re: Test Digest, Vol 3, Issue 14");
        assertThat(new Digests().check(post.build()) instanceof Hit).isFalse();
    }
}
