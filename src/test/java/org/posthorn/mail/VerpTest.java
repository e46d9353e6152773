package org.posthorn.mail;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VerpTest {

    private static final EmailAddress BOUNCES =
            EmailAddress.parse("test-bounces@lists.example.org").orElseThrow();

    private static EmailAddress address(String text) {
        return EmailAddress.parse(text).orElseThrow();
    }

    private static String detail(EmailAddress verp) {
        return verp.local().substring(verp.local().indexOf('+') + 1);
    }

    @Test
    void plainAddressShouldStayLegible() {
        assertThat(Verp.encode(BOUNCES, address("ann.lee@example.com")))
                .hasValueSatisfying(verp ->
                        assertThat(verp.address()).isEqualTo("test-bounces+ann.lee=example.com@lists.example.org"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ann@example.com",
                "Ann@Example.com",
                "a+b@example.com",
                "a=b@example.com",
                "a%b@example.com",
                "a=3Db@example.com",
                "a!b@x.example",
                "\"a b\"@x.example",
                "\"a@b\"@x.example",
                "\"a..b\"@x.example",
                "\"\\\"\\\\\"@x.example",
                "zo\u00eb@x.example",
                "\ud83d\udcef@x.example",
                "o'hara@x.example",
                "a@b\u00fccher.example",
                "-@x.example",
                "$|`/@x.example",
                "=41@x.example",
                "a==@x.example"
            })
    void anyAddressShouldComeBack(String text) {
        EmailAddress recipient = address(text);
        EmailAddress verp = Verp.encode(BOUNCES, recipient).orElseThrow();
        assertThat(verp.local()).matches("test-bounces\\+[A-Za-z0-9._=-]+");
        assertThat(Verp.decode(detail(verp))).contains(recipient);
        assertThat(Verp.decode(detail(verp)).orElseThrow().local()).isEqualTo(recipient.local());
    }

    @Test
    void addressThatAnMtaTurnedIntoLowerCaseShouldComeBack() {
        EmailAddress recipient = address("A+B@example.com");
        assertThat(Verp.decode(
                        detail(Verp.encode(BOUNCES, recipient).orElseThrow()).toLowerCase(java.util.Locale.ROOT)))
                .contains(recipient);
    }

    @Test
    void tooLongAddressShouldHaveNone() {
        assertThat(Verp.encode(BOUNCES, address("a".repeat(39) + "@example.com")))
                .isPresent();
        assertThat(Verp.encode(BOUNCES, address("a".repeat(40) + "@example.com")))
                .isEmpty();
    }

    @Test
    void bouncesOfOtherProgramsWithAPlusShouldBeRead() {
        assertThat(Verp.decode("ann+tag=example.com")).contains(address("ann+tag@example.com"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "=",
                "a",
                "=b",
                "a=",
                "a=b c",
                "=00=x",
                "%00=[127.0.0.1]",
                "=0D=0A=x",
                "a\0=x",
                "ann=example.com' OR '1'='1",
                "=E2=80=A8=x.example"
            })
    void rubbishShouldNameNobody(String detail) {
        assertThat(Verp.decode(detail)).isEmpty();
    }
}
