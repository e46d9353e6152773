package org.posthorn.template;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.posthorn.mail.EmailAddress;
import org.posthorn.mail.HeaderBlock;
import org.posthorn.mail.NamedAddress;
import org.posthorn.template.Notice.Occasion;

class NoticeTest {

    private static final Instant AT = Instant.parse("2026-01-02T03:04:05Z");

    private static byte[] octets(String subject, String text, HeaderBlock attached) {
        Notice notice = new Notice(
                1L,
                new NamedAddress(
                        "Überliste",
                        EmailAddress.parse("test-owner@lists.example.org").orElseThrow()),
                EmailAddress.parse("ann@example.com").orElseThrow(),
                subject,
                text,
                Optional.ofNullable(attached).map(Attached::header),
                Occasion.REPLY);
        return ComposeNotice.octets(notice, "<1@lists.example.org>", AT);
    }

    private static MimeMessage parsed(byte[] octets) throws MessagingException {
        return new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(octets));
    }

    @Test
    void aNoticeShouldSayWhoWroteItAndThatNobodyShouldAnswer() throws Exception {
        MimeMessage mail = parsed(octets("Grüße", "Zeile eins\nüber = alles\n", null));
        assertThat(mail.getHeader("From", null)).isEqualTo("=?utf-8?q?=C3=9Cberliste?= <test-owner@lists.example.org>");
        assertThat(mail.getHeader("To", null)).isEqualTo("ann@example.com");
        assertThat(mail.getSubject()).isEqualTo("Grüße");
        assertThat(mail.getHeader("Auto-Submitted", null)).isEqualTo("auto-replied");
        assertThat(mail.getHeader("Precedence", null)).isEqualTo("bulk");
        assertThat(mail.getMessageID()).isEqualTo("<1@lists.example.org>");
        assertThat(mail.getSentDate()).isEqualTo(AT);
        assertThat(mail.getContent()).isEqualTo("Zeile eins\r\nüber = alles\r\n");
    }

    @Test
    void whatIsFilledInShouldNotBringAFieldOfItsOwn() {
        String mail = new String(octets("a\r\nX-Injected: yes\n\nb\u2028c", "x", null), StandardCharsets.UTF_8);
        assertThat(mail.lines()).noneMatch(line -> line.startsWith("X-Injected"));
    }

    @Test
    void anotherMailsHeaderShouldBeAttachedWhole() throws Exception {
        HeaderBlock header =
                HeaderBlock.parse("Subject: a\r\nX-Odd: \u00e9 =20 .\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
        MimeMessage mail = parsed(octets("s", "text\n", header));
        Multipart parts = (Multipart) mail.getContent();
        assertThat(parts.getCount()).isEqualTo(2);
        assertThat(parts.getBodyPart(0).getContent()).isEqualTo("text\r\n");
        assertThat(parts.getBodyPart(1).getContentType()).startsWith("text/rfc822-headers");
        assertThat(parts.getBodyPart(1).getInputStream().readAllBytes())
                .isEqualTo("Subject: a\r\nX-Odd: \u00e9 =20 .\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "trailing \nspace\t\n", "=", "é", "\r", "\n\n", "a\rb\r\nc\nd", ".\n..\n"})
    void quotedPrintableShouldComeBackAsItWas(String text) throws IOException, MessagingException {
        ByteArrayOutputStream encoded = new ByteArrayOutputStream();
        QuotedPrintable.write(text.getBytes(StandardCharsets.UTF_8), encoded);
        String decoded = new String(
                jakarta.mail.internet.MimeUtility.decode(
                                new ByteArrayInputStream(encoded.toByteArray()), "quoted-printable")
                        .readAllBytes(),
                StandardCharsets.UTF_8);
        String expected = text.replaceAll("\r\n|\r|\n", "\r\n");
        assertThat(decoded).isEqualTo(expected.isEmpty() || expected.endsWith("\r\n") ? expected : expected + "\r\n");
    }

    @Test
    void quotedPrintableShouldHaveShortLines() {
        ByteArrayOutputStream encoded = new ByteArrayOutputStream();
        QuotedPrintable.write("ü".repeat(5000).getBytes(StandardCharsets.UTF_8), encoded);
        assertThat(encoded.toString(StandardCharsets.US_ASCII).lines()).allMatch(line -> line.length() <= 76);
    }

    @Test
    void textsShouldBeFilledOnceAndLeaveUnknownNames() {
        assertThat(Texts.fill("${a} ${b} $1 ${nope} ${A}", Map.of("a", "${b}", "b", "\\$x")))
                .isEqualTo("${b} \\$x $1 ${nope} ${A}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "de", "fr", "es", "pt", "", "..", "de-AT"})
    void eachTextShouldBeThereInEachLanguage(String language) {
        for (String key :
                new String[] {"held.subject", "held.text", "rejected.subject", "rejected.text", "footer.text"}) {
            assertThat(Texts.fill(language, key, Map.of())).isNotBlank().doesNotContain("\\");
        }
    }
}
