package org.posthorn.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.posthorn.list.TreatSender.Treatment;
import org.posthorn.mail.reading.ReadMessage;
import org.posthorn.moderation.DecideHeld.Choice;

class ReplyTest {

    private static final String SUBJECT = "Re: test@lists.example.org: a message from a@example.org awaits moderation";

    private static Optional<Reply> reply(String subject, String contentType, String body) {
        String mail = "From: m@example.org\r\nContent-Type: " + contentType + "\r\n\r\n" + body;
        try {
            return Reply.read(ReadMessage.of(new ByteArrayInputStream(mail.getBytes(StandardCharsets.UTF_8))), subject);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<Reply> reply(String body) {
        return reply(SUBJECT, "text/plain", body);
    }

    @ParameterizedTest
    @CsvSource({"accept,ACCEPT", "Approve.,ACCEPT", "REJECT,REJECT", "discard!,DISCARD", "defer,DEFER"})
    void firstWordOfTheBodyShouldDecide(String word, Choice meant) {
        assertThat(reply("\r\n> quoted\r\n\r\n" + word + "\r\n> more\r\n"))
                .map(Reply::word)
                .contains(meant);
    }

    @Test
    void firstWordOfTheSubjectShouldDecideWhereTheBodyHasNone() {
        assertThat(reply("Re: AW: accept", "text/plain", "Kind regards\r\n"))
                .map(Reply::word)
                .contains(Choice.ACCEPT);
    }

    @Test
    void bodyShouldGoBeforeTheSubject() {
        assertThat(reply("accept", "text/plain", "discard\r\n"))
                .map(Reply::word)
                .contains(Choice.DISCARD);
    }

    @Test
    void reasonShouldBeWhatFollowsUpToTheSignature() {
        assertThat(reply("reject not about\r\nastronomy\r\n-- \r\nAnn\r\n").orElseThrow())
                .isEqualTo(new Reply(Choice.REJECT, "not about astronomy", Optional.empty()));
    }

    /** As Outlook, telephones and web mail quote: without a mark on each line. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "-----Original Message-----\r\nFrom: test-owner@lists.example.org\r\n",
                "-----Urspr\u00fcngliche Nachricht-----\r\nVon: Test\r\n",
                "---------- Forwarded message ---------\r\nFrom: Test\r\n",
                "________________________________\r\nVon: Test\r\nGesendet: Montag\r\n",
                "From: Test <test-owner@lists.example.org>\r\nSent: Monday, January 2, 2026 10:00\r\nTo: Mod\r\n",
                "Von: Test\r\nGesendet: Montag, 2. Januar 2026\r\nAn: Mod\r\n",
                "De : Test\r\nEnvoy\u00e9 : lundi 2 janvier 2026\r\n\u00c0 : Mod\r\n",
                "De: Test\r\nEnviado el: lunes, 2 de enero de 2026\r\nPara: Mod\r\n",
                "*From:* Test\r\n*Sent:* Monday\r\n"
            })
    void whatIsQuotedWithoutAMarkShouldNotBeAReason(String quotation) {
        String rest = quotation + "A message awaits your decision.\r\naccept\r\n";
        assertThat(reply("reject no ads,\r\nplease\r\n" + rest).map(Reply::reason))
                .contains("no ads, please");
        assertThat(reply("reject\r\n\r\n" + rest).map(Reply::reason)).contains("");
        assertThat(reply(rest))
                .as("an answer may stand below it, or none at all")
                .isEmpty();
        assertThat(reply("Re: accept", "text/plain", rest).map(Reply::word)).contains(Choice.ACCEPT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "reject no ads\r\n\r\nAnn, astronomer\r\n+49 30 1234\r\n",
                "reject\r\n\r\nno ads\r\n\r\nSent from my telephone\r\n",
                "reject no ads\r\n> A message\r\nwaits\r\n",
                "reject\r\nno\r\nads\r\n\r\nFrom here on: my signature\r\n"
            })
    void reasonShouldEndWithItsParagraph(String body) {
        assertThat(reply(body).map(Reply::reason)).contains("no ads");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "On Mon, Jan 2, 2026 at 10:00 AM Test\r\n<test-owner@lists.example.org>\r\nwrote:\r\n",
                "On Mon, Jan 2, 2026 at 10:00 AM Test <test-owner@lists.example.org>\r\nwrote:\r\n\r\n",
                "Am 2. Januar 2026 um 10:00 schrieb Test\r\n<test-owner@lists.example.org>:\r\n"
            })
    void linesThatSayWhoIsQuotedShouldBeNoReason(String attribution) {
        assertThat(reply("reject\r\n\r\n" + attribution + "> A message\r\n").map(Reply::reason))
                .contains("");
        assertThat(reply("reject\r\n" + attribution + "> A message\r\n").map(Reply::reason))
                .contains("");
        assertThat(reply(attribution + "> A message\r\n")).contains(Reply.of(Choice.DISCARD));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\r\n \r\n",
                "-- \r\nAnn, astronomer\r\n",
                "On Mon, 2 Jan 2026, test-owner@lists.example.org wrote:\r\n> A message\r\n> accept\r\n"
            })
    void replyWithoutAWordShouldDiscard(String body) {
        assertThat(reply(body)).contains(Reply.of(Choice.DISCARD));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "I think that we accept it\r\n",
                "Please keep this one:\r\n> Subject: First light\r\n",
                "acceptable\r\n",
                "I am away until Monday\r\n"
            })
    void otherWordsShouldMeanNothing(String body) {
        assertThat(reply(body)).isEmpty();
    }

    @Test
    void whatCannotBeReadShouldMeanNothing() {
        assertThat(reply(SUBJECT, "text/html", "<p>Let it pass</p>")).isEmpty();
        assertThat(reply(SUBJECT, "application/octet-stream", "accept")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "accept always,ACCEPT",
        "Reject always!,REJECT",
        "discard always,DISCARD",
        "defer always,HOLD",
        "discard ban,BAN"
    })
    void alwaysAloneOnTheLineShouldBeForTheSender(String line, Treatment meant) {
        assertThat(reply(line + "\r\nno ads\r\n").flatMap(Reply::always)).contains(meant);
    }

    @Test
    void reasonThatBeginsLikeItShouldBeAReason() {
        assertThat(reply("reject always write in English\r\n"))
                .contains(new Reply(Choice.REJECT, "always write in English", Optional.empty()));
        assertThat(reply("reject always\r\nno ads\r\n").map(Reply::reason)).contains("no ads");
        assertThat(reply("accept ban\r\n").flatMap(Reply::always)).isEmpty();
    }
}
