package org.posthorn.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContentTypeTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "text/plain|text/plain",
                "TEXT/Plain; CharSet=UTF-8|text/plain; charset=UTF-8",
                "text/plain; charset=\"utf-8\"; format=flowed|text/plain; charset=utf-8; format=flowed",
                "text/plain; charset=us-ascii (Plain text)|text/plain; charset=us-ascii",
                "text / plain (comment) ; ; charset=x;;|text/plain; charset=x",
                "multipart/mixed; boundary=\"a b;=\\\"c\"|multipart/mixed; boundary=\"a b;=\\\"c\"",
                "multipart/mixed; boundary=----=_Part(1)/x|multipart/mixed; boundary=\"----=_Part(1)/x\"",
                "multipart/mixed; boundary=\"open|multipart/mixed; boundary=open",
                "multipart/mixed; boundary=|multipart/mixed; boundary=\"\"",
                "multipart/mixed; boundary*0=abc; boundary*1=def|multipart/mixed; boundary=abcdef",
                "multipart/mixed; boundary*1=def; boundary*0=\"abc\"|multipart/mixed; boundary=abcdef",
                "application/x; name*=utf-8'de'caf%C3%A9|application/x; name=\"caf\u00e9\"",
                "application/x; name*0*=iso-8859-1''caf%E9; name*1=%41|application/x; name=\"caf\u00e9%41\"",
                "application/x; name*=%ZZ%4|application/x; name=%ZZ%4",
                "text/plain; charset=a; charset=b|text/plain; charset=a",
                "text/plain; charset|text/plain",
                "text/plain; =x; a=|text/plain; a=\"\"",
                "text/x-y+z|text/x-y+z"
            })
    void valueShouldBeReadLeniently(String value, String expected) {
        assertThat(ContentType.parse(value).orElseThrow()).hasToString(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "text",
                "/",
                "text/",
                "/plain",
                ";",
                "te xt/plain",
                "text/plain/x",
                "text charset=x",
                "=/=",
                "(text/plain)"
            })
    void nonsenseShouldBeNone(String value) {
        assertThat(ContentType.parse(value)).isEmpty();
    }

    @Test
    void charsetShouldNeverThrow() {
        for (String name : new String[] {"../../x", "", " ", "x-no-such", "\u00fc", "'", "utf-8'", "a".repeat(1000)}) {
            assertThat(new ContentType("text", "plain", Map.of("charset", name)).charset())
                    .as(name)
                    .isEmpty();
        }
        assertThat(ContentType.DEFAULT.charset()).contains(StandardCharsets.US_ASCII);
        assertThat(ContentType.parse("text/plain; charset=latin1").orElseThrow().charset())
                .contains(StandardCharsets.ISO_8859_1);
    }

    @Test
    void messageWithoutOrWithNonsenseShouldHaveOneToo() {
        assertThat(ContentType.of(new HeaderBlock()).is("text/plain")).isTrue();
        HeaderBlock header = new HeaderBlock();
        header.set("Content-Type", "nonsense");
        assertThat(ContentType.of(header).is("application/octet-stream")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {";", "a=b;", "a*1=b;", "=", "\"", "a=\"", "(", "*", "'", "a*0*='';", "%"})
    void timeShouldBeLinear(String piece) {
        assertTimeoutPreemptively(
                Duration.ofSeconds(60),
                () -> ContentType.parse("text/plain; " + piece.repeat(1_000_000 / piece.length())));
    }

    @Test
    void smimeThatIsWrittenAsAFileShouldBeSealed() {
        for (String value : List.of(
                "application/octet-stream; name=smime.p7m",
                "application/octet-stream; name=\"SMIME.P7S\"",
                "application/pkcs7-mime; smime-type=enveloped-data")) {
            assertThat(ContentType.parse(value).orElseThrow().isSealed())
                    .as(value)
                    .isTrue();
        }
        assertThat(ContentType.parse("application/octet-stream; name=a.p7m.exe")
                        .orElseThrow()
                        .isSealed())
                .isFalse();
    }
}
