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
