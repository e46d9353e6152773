package org.posthorn.mail;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmailAddressTest {

    private static EmailAddress address(String text) {
        return EmailAddress.parse(text).orElseThrow();
    }

    @Test
    void partsShouldBeAsOnTheWireAndTheOriginalKept() {
        EmailAddress ann = address("Ann.Lee+news@Example.COM");
        assertThat(ann.local()).isEqualTo("Ann.Lee+news");
        assertThat(ann.domain()).isEqualTo("example.com");
        assertThat(ann.address()).isEqualTo("Ann.Lee+news@example.com");
        assertThat(ann.key()).isEqualTo("ann.lee+news@example.com");
        assertThat(ann).hasToString("Ann.Lee+news@Example.COM");
    }

    @Test
    void addressesShouldBeEqualWhateverTheirCase() {
        assertThat(address("Ann@Example.com"))
                .isEqualTo(address("aNN@eXAMPLE.COM"))
                .hasSameHashCodeAs(address("ann@example.com"));
        assertThat(address("ann@example.com")).isNotEqualTo(address("bob@example.com"));
    }

    @Test
    void internationalDomainShouldBecomeALabels() {
        assertThat(address("post@b\u00dccher.example").domain()).isEqualTo("xn--bcher-kva.example");
        assertThat(address("post@b\u00fccher.example")).isEqualTo(address("post@xn--bcher-kva.example"));
    }

    @Test
    void sharpSShouldNotBecomeAnotherDomain() {
        assertThat(EmailAddress.parse("post@stra\u00dfe.example")).isEmpty();
        assertThat(EmailAddress.parse("post@xn--strae-oqa.example")).isPresent();
    }

    @Test
    void internationalLocalPartShouldBeTakenAndComposed() {
        EmailAddress zoe = address("Zoe\u0308@example.com");
        assertThat(zoe.local()).isEqualTo("Zo\u00eb");
        assertThat(zoe.key()).isEqualTo("zo\u00eb@example.com");
        assertThat(zoe.isAscii()).isFalse();
    }

    @Test
    void quotesShouldGoWhereTheyAreNotNeededAndStayWhereTheyAre() {
        assertThat(address("\"ann\"@example.com").local()).isEqualTo("ann");
        assertThat(address("\"a\\nn b\"@example.com").local()).isEqualTo("\"ann b\"");
        assertThat(address("\"a@b\"@example.com").local()).isEqualTo("\"a@b\"");
        assertThat(address("\"a\\\"\\\\b\"@example.com").local()).isEqualTo("\"a\\\"\\\\b\"");
        assertThat(address("\"a..b\"@example.com").local()).isEqualTo("\"a..b\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "@",
                "a@",
                "@b",
                "a",
                "a@b@c",
                "a b@example.com",
                " a@example.com",
                "a@example.com ",
                "a@exa mple.com",
                "<a@example.com>",
                "@x,@y:a@example.com",
                "@x:a@example.com",
                ".a@example.com",
                "a.@example.com",
                "a..b@example.com",
                "a@.example.com",
                "a@example.com.",
                "a@example..com",
                "a@-x.example",
                "a@x-.example",
                "a@under_score.example",
                "a@[127.0.0.1]",
                "a@127.0.0.1",
                "a@[IPv6:::1]",
                "a,b@example.com",
                "a;b@example.com",
                "a(b)@example.com",
                "a:b@example.com",
                "\"a@example.com",
                "\"a\"b@example.com",
                "\"\"@example.com",
                "a\0b@example.com",
                "a\rb@example.com",
                "a\nb@example.com",
                "a@example.com\r\nX: y",
                "\"a\rb\"@example.com",
                "\"a\\\nb\"@example.com",
                "a\tb@example.com",
                "a\u2028b@example.com",
                "a\u0085b@example.com",
                "a\u202eb@example.com",
                "a\ud800@example.com",
                "\"a\u2028b\"@example.com",
                "a@ex\0ample.com",
                "a@\u2028.example",
                "\"\\",
                "\"a\\\"@example.com"
            })
    void whatIsNoMailboxShouldBeRefused(String text) {
        assertThat(EmailAddress.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a@b",
                "!#$%&'*+-/=?^_`{|}~@example.com",
                "1@1.example",
                "x@xn--bcher-kva.example",
                "customer/department=shipping@example.com",
                "o'hara@example.com"
            })
    void whatIsOneShouldBeTaken(String text) {
        assertThat(address(text).address()).isEqualTo(text);
    }

    @Test
    void lengthsShouldBeCountedInOctets() {
        assertThat(EmailAddress.parse("a".repeat(64) + "@example.com")).isPresent();
        assertThat(EmailAddress.parse("a".repeat(65) + "@example.com")).isEmpty();
        assertThat(EmailAddress.parse("\u00eb".repeat(32) + "@example.com")).isPresent();
        assertThat(EmailAddress.parse("\u00eb".repeat(33) + "@example.com")).isEmpty();
        String domain = "d".repeat(63) + "." + "e".repeat(63) + "." + "f".repeat(61);
        assertThat(EmailAddress.parse("a".repeat(64) + "@" + domain)).isPresent();
        assertThat(EmailAddress.parse("a".repeat(64) + "@" + domain + "g")).isEmpty();
        assertThat(EmailAddress.parse("a@" + "x".repeat(64) + ".example")).isEmpty();
        assertThat(EmailAddress.parse("a".repeat(10_000_000) + "@example.com")).isEmpty();
        assertThat(EmailAddress.parse(null)).isEmpty();
    }

    @Test
    void foreignAddressesMayBeOddButNeverHoldControls() {
        assertThat(EmailAddress.parseForeign("root@[IPv6:2001:db8::1]")
                        .orElseThrow()
                        .domain())
                .isEqualTo("[ipv6:2001:db8::1]");
        assertThat(EmailAddress.parseForeign("a..b@example.com").orElseThrow().local())
                .isEqualTo("\"a..b\"");
        assertThat(EmailAddress.parseForeign("a".repeat(100) + "@example.com")).isPresent();
        for (String bad : List.of(
                "a\r\n@example.com", "a\0@example.com", "a b@example.com", "a@b c", "a@[x y]", "a@[\r\n]", "a@[")) {
            assertThat(EmailAddress.parseForeign(bad)).as(bad).isEmpty();
        }
    }

    @Test
    void everyParsedAddressShouldParseToItselfAgain() {
        for (String text : List.of("A@B", "\"a b\"@x.example", "\"a\\\"b\"@x.example", "\u00eb@\u00eb.example")) {
            assertThat(address(address(text).address())).isEqualTo(address(text));
            assertThat(address(address(text).toString())).isEqualTo(address(text));
        }
    }

    @Test
    void domainNameShouldShowItsLettersToPeople() {
        assertThat(DomainName.parse("Lists.B\u00fccher.example").orElseThrow().ascii())
                .isEqualTo("lists.xn--bcher-kva.example");
        assertThat(DomainName.parse("lists.xn--bcher-kva.example").orElseThrow().unicode())
                .isEqualTo("lists.b\u00fccher.example");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "a.",
                ".a",
                "a..b",
                "a b",
                "10.0.0.1",
                "[::1]",
                "a_b.example",
                "-a.example",
                "a\0.example",
                "a\r\n.example",
                "a\u3002\u3002b"
            })
    void whatIsNoDomainNameShouldBeRefused(String text) {
        assertThat(DomainName.parse(text)).isEmpty();
    }

    /** A plain address is read in one pass, one with capitals in its domain label by label: both come to the same. */
    @Test
    void theQuickWayShouldTakeAndRefuseWhatTheLongOneDoes() {
        Random random = new Random(5321);
        int taken = 0;
        for (int i = 0; i < 100_000; i++) {
            StringBuilder text = new StringBuilder();
            int length = 1 + random.nextInt(12);
            for (int j = 0; j < length; j++) {
                text.append("ab1.-@@+_ \u00e9(".charAt(random.nextInt(i % 2 == 0 ? 7 : 12)));
            }
            if (random.nextInt(50) == 0) {
                text.insert(random.nextInt(text.length()), "a".repeat(55 + random.nextInt(20)));
            }
            String quick = text.toString();
            int at = quick.indexOf('@');
            String slow = quick.substring(0, at + 1)
                    + quick.substring(at + 1).replace('a', 'A').replace('b', 'B');
            Optional<EmailAddress> expected = EmailAddress.parse(slow);
            assertThat(EmailAddress.parse(quick)).as(quick).isEqualTo(expected);
            if (expected.isPresent()) {
                EmailAddress address = EmailAddress.parse(quick).get();
                assertThat(address.local()).isEqualTo(expected.get().local());
                assertThat(address.domain()).isEqualTo(expected.get().domain());
                assertThat(address.address()).isEqualTo(expected.get().address());
                assertThat(address).hasToString(quick);
                taken++;
            }
        }
        assertThat(taken).isGreaterThan(1_000);
    }
}
