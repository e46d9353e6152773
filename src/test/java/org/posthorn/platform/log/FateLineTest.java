package org.posthorn.platform.log;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FateLineTest {

    @Test
    void lineShouldNameListPostingEntryAndMessageId() {
        assertThat(FateLine.of(Fate.DELIVERED)
                        .list("test.lists.example.org")
                        .posting(7L)
                        .entry(9)
                        .messageId("<a@b.example>")
                        .with("delivered", 3)
                        .toString())
                .isEqualTo(
                        "Delivered list=test.lists.example.org posting=7 entry=9 message-id=<a@b.example> delivered=3");
    }

    @Test
    void textShouldNotForgeAFieldOrALine() {
        String line = FateLine.of(Fate.HELD)
                .messageId("<x@y> list=\"other\"\r\nPosted list=forged")
                .with("reason", "no\u2028\u0085 member\" by=\"root\\")
                .toString();

        assertThat(line)
                .isEqualTo("Held message-id=\"<x@y> list=\\\"other\\\"  Posted list=forged\""
                        + " reason=\"no   member\\\" by=\\\"root\\\\\"");
    }

    @Test
    void equalsSignAloneShouldBeQuotedToo() {
        assertThat(FateLine.of(Fate.HELD).messageId("<a=b@c>").toString()).isEqualTo("Held message-id=\"<a=b@c>\"");
    }

    @Test
    void addressesShouldBeMaskedAlsoWithinTexts() {
        assertThat(FateLine.of(Fate.DEFERRED)
                        .address("sender", "ann@example.org")
                        .with("reason", "550 5.1.1 <bob.smith@example.net>: unknown, not carol@example.com")
                        .toString())
                .isEqualTo("Deferred sender=a***@example.org"
                        + " reason=\"550 5.1.1 <b***@example.net>: unknown, not c***@example.com\"");
    }

    @Test
    void nullPathShouldBeSeen() {
        assertThat(FateLine.of(Fate.RECEIVED).address("sender", "").toString()).isEqualTo("Received sender=<>");
    }

    @Test
    void longTextShouldBeCut() {
        assertThat(FateLine.of(Fate.HELD).with("reason", "x".repeat(100_000)).toString())
                .hasSizeLessThan(400);
    }
}
