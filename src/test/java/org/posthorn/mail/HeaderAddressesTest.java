package org.posthorn.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HeaderAddressesTest {

    private static final EmailAddress LIST =
            EmailAddress.parse("test@lists.example.org").orElseThrow();

    private static HeaderBlock to(String value) {
        return HeaderBlock.parse(("To: " + value + "\r\n\r\n").getBytes(StandardCharsets.UTF_8));
    }

    private static String shown(String value) {
        return to(value).addresses("to").stream()
                .map(a -> a.name().isEmpty() ? a.address().toString() : a.name() + " <" + a.address() + ">")
                .collect(Collectors.joining(" | "));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "a@b.example~a@b.example",
                "<a@b.example>~a@b.example",
                "Ann Lee <a@b.example>, bob@c.example~Ann Lee <a@b.example> | bob@c.example",
                "\"Lee, Ann\" <a@b.example>~Lee, Ann <a@b.example>",
                "\"A \\\"B\\\" C\" <a@b.example>~A \"B\" C <a@b.example>",
                "a@b.example (Ann Lee)~Ann Lee <a@b.example>",
                "(c (nested)) a@b.example~c (nested) <a@b.example>",
                "=?utf-8?q?Zo=C3=AB?= <z@b.example>~Zo\u00eb <z@b.example>",
                "\"=?utf-8?q?Zo=C3=AB?=\" <z@b.example>~Zo\u00eb <z@b.example>",
                "=?utf-8?q?a=40evil.example=3E=2C?= <z@b.example>~a@evil.example>, <z@b.example>",
                "Friends: a@b.example, B <b@b.example>;, c@b.example~a@b.example | B <b@b.example> | c@b.example",
                "undisclosed-recipients:;~''",
                "<@x.example,@y.example:a@b.example>~a@b.example",
                "\"a b\"@c.example~\"a b\"@c.example",
                "Lee, Ann <a@b.example>~Ann <a@b.example>",
                "a@b.example; c@d.example~a@b.example | c@d.example",
                "a @ b . example~a@b.example",
                "Ann <a@b.example~''",
                "Ann \"Lee <a@b.example>, c@d.example~Ann \"Lee <a@b.example> | c@d.example",
                "Ann (Lee <a@b.example>, c@d.example~Ann (Lee <a@b.example> | c@d.example",
                "nonsense, , <>, @, a@, c@d.example~c@d.example",
                "=?utf-8?q?a=40b.example?=, c@d.example~c@d.example",
                "Zo\u00eb <z@b.example>~Zo\u00eb <z@b.example>",
                "''~''"
            })
    void mailboxesShouldBeReadLeniently(String value, String expected) {
        assertThat(shown(value)).isEqualTo(expected);
    }

    @Test
    void mentionsShouldBeFoundInWhateverField() {
        assertThat(to("x@y.example, Test List <TEST@Lists.Example.org>").mentions(LIST))
                .isTrue();
        assertThat(HeaderBlock.parse(
                                "To: a@b\ncc: c@d,\n test@lists.example.org\n\n".getBytes(StandardCharsets.US_ASCII))
                        .mentions(LIST))
                .isTrue();
        assertThat(to("\"test@lists.example.org\" <a@b.example>").mentions(LIST))
                .isFalse();
        assertThat(to("mytest@lists.example.org").mentions(LIST)).isFalse();
    }

    @Test
    void hundredThousandAddressesShouldBeTestedAllButListedInPart() {
        String many =
                IntStream.range(0, 100_000).mapToObj(i -> "u" + i + "@e.org").collect(Collectors.joining(","));
        assertTimeoutPreemptively(Duration.ofSeconds(60), () -> {
            HeaderBlock header = to(many.substring(0, 1_000_000) + ", test@lists.example.org");
            assertThat(header.mentions(LIST)).isTrue();
            assertThat(header.addresses("To")).hasSize(AddressScanner.MAX_LISTED);
            assertThat(header.countAddresses("To", "Cc")).isGreaterThan(50_000);
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(", "\"", "<", ")", "((", "(\\", "\"\\", "<\"", ":", ",", "()", "(a@b)", "a@b(", "<a@b", "@", "\\",
                "=?a?q?(", ".", "(\")", "<>("
            })
    void timeShouldBeLinearInWhateverComes(String piece) {
        String value = piece.repeat(900_000 / piece.length());
        assertTimeoutPreemptively(Duration.ofSeconds(60), () -> {
            to(value).addresses("To");
            to(value + ", test@lists.example.org").mentions(LIST);
            to(value + ")\">").mentions(LIST);
        });
    }

    @Test
    void addressesShouldBeWrittenSoThatTheyReadTheSame() {
        List<NamedAddress> addresses = List.of(
                new NamedAddress("", LIST),
                new NamedAddress("Ann Lee", LIST),
                new NamedAddress("Lee, \"Ann\" \\", LIST),
                new NamedAddress("Zo\u00eb <x@y>, b@c", LIST),
                new NamedAddress("=?utf-8?q?x?=", LIST),
                new NamedAddress("Ann via Test", LIST),
                new NamedAddress("J. R. (Bob)", LIST));
        HeaderBlock header = new HeaderBlock();
        header.setAddresses("Reply-To", addresses);
        assertThat(HeaderBlock.parse(header.toString().getBytes(StandardCharsets.UTF_8))
                        .addresses("reply-to"))
                .isEqualTo(addresses);
    }
}
