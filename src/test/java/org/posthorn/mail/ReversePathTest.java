package org.posthorn.mail;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ReversePathTest {

    @Test
    void emptyPathShouldBeTheNullPath() {
        assertThat(ReversePath.parse("<>")).contains(new ReversePath.NullPath());
        assertThat(ReversePath.parse("")).contains(new ReversePath.NullPath());
        assertThat(new ReversePath.NullPath().text()).isEmpty();
    }

    @Test
    void mailboxShouldComeWithOrWithoutBrackets() {
        ReversePath ann =
                new ReversePath.Mailbox(EmailAddress.parse("ann@example.com").orElseThrow());
        assertThat(ReversePath.parse("<ann@example.com>")).contains(ann);
        assertThat(ReversePath.parse("Ann@Example.com")).contains(ann);
        assertThat(ReversePath.parse(ann.text())).contains(ann);
    }

    @Test
    void sourceRouteShouldBeIgnored() {
        assertThat(ReversePath.parse("<@a.example,@b.example:ann@example.com>")
                        .orElseThrow()
                        .text())
                .isEqualTo("ann@example.com");
    }

    @Test
    void longVerpOfOthersShouldBeTaken() {
        assertThat(ReversePath.parse("<bounce-" + "x".repeat(90) + "=member.example@lists.example.net>"))
                .isPresent();
    }

    @Test
    void rubbishShouldBeRefused() {
        for (String text : List.of(
                "<",
                ">",
                "@",
                "a",
                "a\0b@example.com",
                "a\rX: y@example.com",
                "a@b@c",
                "<a@b",
                "a".repeat(1000) + "@example.com",
                "<<>>",
                "@:")) {
            assertThat(ReversePath.parse(text)).as(text).isEmpty();
        }
    }
}
