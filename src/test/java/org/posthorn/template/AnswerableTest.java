package org.posthorn.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.posthorn.moderation.Posts.aPost;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerableTest {

    @Test
    void aPersonShouldBeAnsweredByTheReversePath() {
        assertThat(Answerable.author(
                                aPost().from("other@example.com")
                                        .field("Auto-Submitted", "No")
                                        .field("Feedback-ID", "1:2:3:provider")
                                        .header(),
                                "Ann@example.com")
                        .orElseThrow())
                .hasToString("Ann@example.com");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "not an address",
                "MAILER-DAEMON@example.com",
                "other-bounces@example.com",
                "x-bounces+ann=example.com@example.org",
                "list-request@example.com",
                "owner-list@example.com"
            })
    void machinesAndNobodyShouldNotBeAnswered(String reversePath) {
        assertThat(Answerable.author(aPost().header(), reversePath)).isEmpty();
    }

    @Test
    void knownAuthorShouldBeTheOneOfFromAndReversePathWhateverTheirName() {
        assertThat(Answerable.knownAuthor(aPost().from("Postmaster@example.com").header(), "postmaster@example.com"))
                .isPresent();
        assertThat(Answerable.knownAuthor(aPost().from("ann@example.com").header(), "mailer-daemon@example.com"))
                .isEmpty();
        assertThat(Answerable.knownAuthor(aPost().from("ann@example.com").header(), ""))
                .isEmpty();
        assertThat(Answerable.knownAuthor(
                        aPost().from("ann@example.com")
                                .field("Precedence", "bulk")
                                .header(),
                        "ann@example.com"))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Auto-Submitted           | auto-replied (vacation)",
                "Auto-Submitted           | auto-generated; x=y",
                "Precedence               | BULK",
                "Precedence               | list",
                "Precedence               | junk",
                "List-Id                  | <other.example.org>",
                "X-Auto-Response-Suppress | All",
                "List-Unsubscribe         | <https://news.example.org/x>",
                "list-post                | NO",
                "X-Autoreply              | yes",
                "X-Autorespond            | ann@example.com",
                "Content-Type             | multipart/report; report-type=delivery-status",
                "Content-Type             | Multipart/Report ;report-type=disposition-notification",
            })
    void mailOfMachinesAndListsShouldNotBeAnswered(String field, String value) {
        assertThat(Answerable.author(aPost().field(field, value).header(), "ann@example.com"))
                .isEmpty();
    }
}
