package org.posthorn.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.mail.internet.MimeUtility;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeaderBlockTest {

    private static final String HEADER = """
            Received: from a.example
             by b.example
            subject : =?utf-8?q?caf=C3=A9?=
            X-Odd:no blank
            X-Same: 1
            X-Same: 2
            """;

    private static HeaderBlock parse(String text) {
        return HeaderBlock.parse(text.getBytes(StandardCharsets.UTF_8));
    }

    private static HeaderBlock with(String name, String value) {
        HeaderBlock header = new HeaderBlock();
        header.set(name, value);
        return header;
    }

    @Test
    void fieldsShouldBeFoundWhateverTheirCaseUnfoldedAndDecoded() {
        HeaderBlock header = parse(HEADER);
        assertThat(header.first("RECEIVED")).contains("from a.example by b.example");
        assertThat(header.subject()).isEqualTo("caf\u00e9");
        assertThat(header.values("Subject")).containsExactly("=?utf-8?q?caf=C3=A9?=");
        assertThat(header.all("x-same")).containsExactly("1", "2");
        assertThat(header.first("X-None")).isEmpty();
        assertThat(header.has("X-Odd")).isTrue();
    }

    @Test
    void untouchedFieldsShouldKeepTheirOctets() {
        HeaderBlock header = parse(HEADER);
        header.set("X-Same", "3");
        header.add("X-Last", "l");
        header.addFirst("X-First", "f");
        header.remove("X-Odd");
        assertThat(header.toString().replace("\r\n", "\n")).isEqualTo("""
                X-First: f
                Received: from a.example
                 by b.example
                subject : =?utf-8?q?caf=C3=A9?=
                X-Same: 3
                X-Last: l

                """);
    }

    @Test
    void copyShouldBeChangedByItself() {
        HeaderBlock header = parse(HEADER);
        header.copy().remove(field -> true);
        assertThat(header.fields()).hasSize(5);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Test\r\nX-Injected: yes",
                "Test\nX-Injected: yes",
                "Test\rX-Injected: yes",
                "Test\r\n\r\nX-Injected: body",
                "Test\u2028X-Injected: yes\0",
                "Test\u0085X-Injected: yes",
                "\r\n\r\nX-Injected: yes",
                "Test\u000bX-Injected: yes",
                "Test\u000cX-Injected: yes",
                "\u010dX-Injected: yes\u010aX",
                "Test\ud800\r\nX-Injected: yes",
                "=?utf-8?q?=0D=0AX-Injected:_yes?=",
                "\r\n",
                "\0",
                ""
            })
    void noValueShouldBeginAnotherField(String value) throws Exception {
        HeaderBlock header = with("Subject", value);
        header.add("X-More", value);
        header.addFirst("X-Before", value);
        header.setAddresses(
                "From",
                List.of(new NamedAddress(
                        value, EmailAddress.parse("a@example.com").orElseThrow())));
        assertThat(header.fields()).hasSize(4);
        HeaderBlock again = parse(header.toString());
        assertThat(again.fields())
                .extracting(HeaderField::name)
                .containsExactly("X-Before", "Subject", "X-More", "From");
        String octets = header.toString();
        assertThat(octets)
                .doesNotContainPattern("(?<!\r)\n|\r(?!\n)|[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f-\\uffff]")
                .endsWith("\r\n\r\n");
        assertThat(octets.indexOf("\r\n\r\n")).isEqualTo(octets.length() - 4);
        assertThat(MimeUtility.decodeText(again.values("Subject").get(0))).doesNotContain("\n\n");
        assertThat(again.addresses("From")).hasSize(1);
    }

    @Test
    void whatIsDecodedShouldHoldNoControls() {
        HeaderBlock header = parse("Subject: =?utf-8?q?a=0D=0AX-Injected:_b=00?=\nX-Tab: a\tb\n");
        assertThat(header.subject()).isEqualTo("a  X-Injected: b");
        assertThat(header.first("X-Tab")).contains("a b");
    }

    @Test
    void textShouldBeEncodedOnlyWhereItMust() throws Exception {
        HeaderBlock header = with("Subject", "[Test] Gr\u00fc\u00dfe und mehr");
        assertThat(header.values("Subject")).containsExactly("[Test] =?utf-8?q?Gr=C3=BC=C3=9Fe?= und mehr");
        assertThat(header.subject()).isEqualTo("[Test] Gr\u00fc\u00dfe und mehr");
        assertThat(with("Subject", "Re: a =?b").subject()).isEqualTo("Re: a =?b");
    }

    @ParameterizedTest
    @ValueSource(ints = {60, 80, 997, 5000, 200_000})
    void anyLengthShouldBeFoldedAndComeBack(int length) {
        for (String word : List.of(
                "words of some length ", "nospacesatall", "\u00fcml\u00e4ute und so ", "\u65e5\u672c ", "x    ")) {
            String text = word.repeat(length / word.length() + 1).strip();
            HeaderBlock header = with("Subject", text);
            for (String line : header.toString().split("\r\n")) {
                assertThat(line.length()).isLessThanOrEqualTo(998);
                assertThat(line).isNotBlank();
            }
            assertThat(parse(header.toString()).subject()).isEqualTo(text);
        }
    }

    @Test
    void linesShouldPreferablyBeShort() {
        HeaderBlock header = with("Subject", "some words ".repeat(50));
        assertThat(header.toString().lines()).allMatch(line -> line.length() <= 78);
        assertThat(with("List-Post", "<mailto:" + "x".repeat(200) + ">").toString())
                .startsWith("List-Post: <mailto:");
    }

    @Test
    void badNameShouldBeRefused() {
        for (String name : List.of("", "a b", "a:", "a\r\nb", "\u00fc", "x".repeat(100))) {
            assertThatThrownBy(() -> with(name, "x")).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void messageIdShouldBeCleanAndBounded() {
        assertThat(parse("Message-Id: (c) <a b@c>\n x").messageId()).contains("<ab@c>");
        assertThat(parse("Message-ID: a\0b@c\n").messageId()).contains("ab@c");
        assertThat(parse("Message-ID: \nMessage-ID: <x@y>").messageId()).contains("<x@y>");
        assertThat(parse("Message-ID: " + "x".repeat(100_000)).messageId().orElseThrow())
                .hasSize(998);
        assertThat(parse("Subject: x\n").messageId()).isEmpty();
    }

    @Test
    void eightBitValuesShouldBeGuessed() {
        byte[] latin = "Subject: caf\u00e9\r\nX-\u00ff: \u0080\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1);
        HeaderBlock header = HeaderBlock.parse(latin);
        assertThat(header.subject()).isEqualTo("caf\u00e9");
        assertThat(parse("Subject: caf\u00e9\n").subject()).isEqualTo("caf\u00e9");
        assertThat(header.fields()).hasSize(2);
    }
}
