package org.posthorn.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApprovedLineTest {

    private static final String SECRET = "s3same&open";

    private record Mail(HeaderBlock header, byte[] body) {

        static Mail of(String text) {
            try {
                MailMessage mail = MailMessage.open(
                        new ByteArrayInputStream(text.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8)));
                return new Mail(mail.header(), mail.body().readAllBytes());
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }

        Optional<String> password() {
            return ApprovedLine.find(header, body).map(ApprovedLine::password);
        }

        String without() {
            byte[] rest = ApprovedLine.find(header, body).orElseThrow().withhold(header, body, true);
            return new String(rest, StandardCharsets.UTF_8).replace("\r\n", "\n");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Approved: s3same&open",
                "approve:s3same&open",
                "X-APPROVED :  s3same&open  ",
                "  X-Approve: s3same&open",
                "\n \n\nApproved: s3same&open",
                "\ufeffApproved:\u00a0s3same&open"
            })
    void theFirstLineOfTheTextShouldBeFoundAndTakenOut(String start) {
        Mail mail = Mail.of("Subject: x\n\n" + start + "\nDear list\nApproved: not this one\n");
        assertThat(mail.password()).contains(SECRET);
        assertThat(mail.without())
                .endsWith("Dear list\nApproved: not this one\n")
                .doesNotContain(SECRET);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Dear list\nApproved: s3same&open",
                "Approved by Ann: s3same&open",
                "Approved:",
                "Approved s3same&open",
                "> Approved: s3same&open",
                ""
            })
    void aTextThatOnlyLooksLikeItShouldStay(String text) {
        assertThat(Mail.of("Subject: x\n\n" + text + "\n").password()).isEmpty();
    }

    @Test
    void aMessageOfHtmlAloneShouldHaveNone() {
        assertThat(Mail.of("Content-Type: text/html\n\nApproved: s3same&open\n").password())
                .isEmpty();
    }

    @Test
    void allElseShouldStayOctetForOctet() {
        String rest = "\tDear list, =20 caf\u00e9\n\n--x\n-- \nme";
        assertThat(Mail.of("Subject: x\n\nApproved: s3same&open\n" + rest).without())
                .isEqualTo(rest);
    }

    @Test
    void softBreaksOfQuotedPrintableShouldNotHideIt() {
        Mail mail =
                Mail.of("Content-Transfer-Encoding: quoted-printable\n\nApproved: s3s=\nam=65&open=\n\nDear =C3=A9\n");
        assertThat(mail.password()).contains(SECRET);
        assertThat(mail.without()).isEqualTo("Dear =C3=A9\n");
    }

    @Test
    void base64ShouldNotHideIt() {
        String text = Base64.getMimeEncoder()
                .encodeToString(("Approved: " + SECRET + "\r\nDear list\r\n").getBytes(StandardCharsets.UTF_8));
        Mail mail = Mail.of("Content-Transfer-Encoding: base64\n\n" + text.replace("\r\n", "\n") + "\n");
        assertThat(mail.password()).contains(SECRET);
        assertThat(new String(
                        Base64.getMimeDecoder().decode(mail.without().getBytes(StandardCharsets.US_ASCII)),
                        StandardCharsets.UTF_8))
                .isEqualTo("Dear list\r\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<p>Approved: s3same&amp;open</p><p>Dear list</p>",
                "<p>Approved:&nbsp;s3same&#38;open</p><p>Dear list</p>",
                "<p><b>Approved</b>: <span>s3<wbr>same&#x26;</span>open</p><p>Dear list</p>",
                "<div>s3same&amp;open</div><p>Dear list</p>",
            })
    void theHtmlAlternativeShouldNotShowItEither(String html) {
        Mail mail = Mail.of("""
                Content-Type: multipart/mixed; boundary=outer

                preamble
                --outer
                Content-Type: multipart/alternative; boundary=inner

                --inner
                Content-Type: text/plain; charset=utf-8

                Approved: s3same&open
                Dear list
                --inner
                Content-Type: text/html; charset=utf-8

                HTML
                --inner--

                --outer
                Content-Type: application/octet-stream

                Approved: s3same&open
                --outer--
                """.replace("HTML", html));
        assertThat(mail.password()).contains(SECRET);
        String without = mail.without();
        assertThat(without.replaceAll("<[^>]*>", "").replace("&amp;", "&"))
                .containsPattern("(?s)inner\nContent-Type: text/plain; charset=utf-8\n\nDear list\n--inner")
                .contains("Dear list", "--inner--\n")
                .containsOnlyOnce(SECRET); // in the attachment that is no text
        assertThat(without).doesNotContain("&#38;open").contains("<p>Dear list</p>");
    }

    @Test
    void anEncodedHtmlAlternativeShouldBeCleanedWithinItsEncoding() {
        String html = Base64.getMimeEncoder()
                .encodeToString(
                        "<p>Approved: s3same&amp;open</p><p>Dear list \u00e9</p>".getBytes(StandardCharsets.UTF_8));
        Mail mail = Mail.of("""
                Content-Type: multipart/alternative; boundary=b

                --b

                Approved: s3same&open
                Dear list
                --b
                Content-Type: text/html; charset=utf-8
                Content-Transfer-Encoding: base64

                %s
                --b
                Content-Type: text/html; charset=utf-8
                Content-Transfer-Encoding: quoted-printable

                <p class=3D"a">Approved: s3s=
                ame&amp;open</p><p>Dear list =C3=A9</p>
                --b--
                """.formatted(html));
        String[] parts = mail.without().split("--b\n");
        assertThat(new String(
                        Base64.getMimeDecoder()
                                .decode(parts[2].split("\n\n")[1]
                                        .replace("\n", "")
                                        .getBytes(StandardCharsets.US_ASCII)),
                        StandardCharsets.UTF_8))
                .isEqualTo("<p></p><p>Dear list \u00e9</p>");
        assertThat(parts[3]).contains("<p class=3D\"a\"></p><p>Dear list =C3=A9</p>");
    }

    @Test
    void aShortPasswordShouldNotCostTheTextItsWords() {
        Mail mail = Mail.of("""
                Content-Type: multipart/alternative; boundary=b

                --b

                Approved: open
                --b
                Content-Type: text/html

                <p>Approved: open</p><p>The shop is open.</p>
                --b--
                """);
        assertThat(mail.without()).contains("<p></p><p>The shop is open.</p>");
    }

    @Test
    void rubbishShouldHaveNone() {
        assertThat(Mail.of("Content-Type: multipart/mixed; boundary=b\n\n--b\n--b\n--b--\n--b\nApproved: x\n")
                        .password())
                .isEmpty();
        assertThat(Mail.of("Content-Type: multipart/mixed\n\nApproved: s3same&open\n")
                        .password())
                .isEmpty();
        assertThat(Mail.of("Content-Type: multipart/mixed; boundary=b\n\n\n--b").password())
                .isEmpty();
        StringBuilder nested = new StringBuilder("Content-Type: multipart/mixed; boundary=b0\n\n");
        for (int i = 0; i < 500; i++) {
            nested.append("--b")
                    .append(i)
                    .append("\nContent-Type: multipart/mixed; boundary=b")
                    .append(i + 1)
                    .append("\n\n");
        }
        assertThat(Mail.of(nested + "--b500\n\nApproved: s3same&open\n").password())
                .isEmpty();
    }

    @Test
    void aLongPasswordInALargeTextShouldNotTakeLong() {
        String password = "a<b".repeat(66);
        String html = "<p>a&lt;b</p>".repeat(20_000) + "<p>a" + "<b".repeat(100_000);
        Mail mail = Mail.of("""
                Content-Type: multipart/alternative; boundary=b

                --b

                Approved: %s
                Dear list
                --b
                Content-Type: text/html

                %s
                --b--
                """.formatted(password, html));
        assertThat(assertTimeoutPreemptively(Duration.ofSeconds(60), mail::without))
                .contains("Dear list")
                .doesNotContain(password);
    }

    @ParameterizedTest
    @ValueSource(strings = {"<", "\n", "&shy;", "<b", "a", "a<"})
    void anHtmlAlternativeMadeToBeSearchedLongShouldNotBe(String repeated) {
        String password = "a".repeat(900) + "b";
        Mail mail = Mail.of("""
                Content-Type: multipart/alternative; boundary=b

                --b

                Approved: %s
                Dear list
                --b
                Content-Type: text/html

                %s
                --b--
                """.formatted(password, repeated.repeat(250_000 / repeated.length())));
        assertThat(assertTimeoutPreemptively(Duration.ofSeconds(60), mail::without))
                .contains("Dear list")
                .doesNotContain(password);
    }
}
