package org.posthorn.digest;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.posthorn.list.DeliveryMode;
import org.posthorn.pipeline.FlowOnDatabase;
import org.posthorn.template.Templates;
import org.posthorn.testing.TestDatabases;

/** What is written, taken apart again by somebody else's rules: those of RFC 1153 and Jakarta Mail. */
class DigestFormsTest {

    private static final String THIRTY = "-".repeat(30);

    @TempDir
    Path spool;

    private FlowOnDatabase flow;
    private final List<byte[]> mails = new ArrayList<>();
    private final List<CollectedPost> unshown = new ArrayList<>();
    private int broken = -1;

    /** A message on whose text our own code fails, far behind its header. */
    private static final class Broken extends InputStream {
        private final InputStream octets;

        Broken(byte[] octets) {
            this.octets = new ByteArrayInputStream(octets);
        }

        @Override
        public int read() throws IOException {
            if (octets.available() < 1000) {
                throw new IllegalStateException("cannot be");
            }
            return octets.read();
        }
    }

    @BeforeEach
    void open() {
        flow = new FlowOnDatabase(TestDatabases.H2.fresh(), spool);
    }

    @AfterEach
    void close() {
        flow.close();
    }

    private void mail(String mail) {
        mails.add(mail.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8));
    }

    private Digest digest() {
        List<CollectedPost> posts = new ArrayList<>();
        for (int i = 0; i < mails.size(); i++) {
            posts.add(new CollectedPost(i, i, i, mails.get(i).length));
        }
        return new Digest(
                flow.list,
                new Issue(1, 3, 14),
                new DigestTexts(flow.list, new Templates(flow.templateTexts, flow.templates)),
                posts,
                id -> id == broken ? new Broken(mails.get((int) id)) : new ByteArrayInputStream(mails.get((int) id)),
                "<digest@lists.example.org>",
                FlowOnDatabase.NOW,
                unshown::add);
    }

    private MimeMessage written(DeliveryMode mode) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        DigestKind.of(mode).write(digest(), out);
        assertThat(new String(out.toByteArray(), StandardCharsets.ISO_8859_1))
                .as("lines end in CRLF")
                .doesNotContainPattern("(?<!\r)\n|\r(?!\n)|\0");
        return DigestsOnFlow.parsed(out.toByteArray());
    }

    private void twoMails() {
        mail("""
                Received: from somewhere
                Message-ID: <1@example.com>
                Keywords: light
                Subject: =?utf-8?q?Gr=C3=BC=C3=9Fe_aus_K=C3=B6ln?=
                To: test@lists.example.org
                From: =?utf-8?b?SsO8cmdlbg==?= <j@example.com>
                Date: Fri, 2 Jan 2026 10:00:00 +0000
                Archived-At: <https://lists.example.org/archives/message/ABC/>
                Content-Type: text/plain; charset=utf-8
                Content-Transfer-Encoding: 8bit

                Schöne Grüße
                """ + THIRTY + """


                --
                """ + "-".repeat(70) + "\n");
        mail("""
                Message-ID: <2@example.com>
                Subject:
                From: bob@example.com
                MIME-Version: 1.0
                Content-Type: multipart/mixed; boundary=b

                --b
                Content-Type: multipart/alternative; boundary=c

                --c
                Content-Type: text/html

                <p>Only <b>HTML</b> here</p>
                --c
                Content-Type: text/richtext

                never shown
                --c--
                --b
                Content-Type: image/png; name=light.png
                Content-Transfer-Encoding: base64

                iVBORw0KGgo=
                --b--
                """);
    }

    /** As a program does that knows nothing but RFC 1153. @return preamble, messages, and what says that it ends */
    private static List<String> burst(String digest) {
        String[] parts = digest.split("\n\n" + "-".repeat(70) + "\n\n", -1);
        assertThat(parts).as("one line of seventy hyphens").hasSize(2);
        List<String> all = new ArrayList<>(List.of(parts[0]));
        all.addAll(List.of(parts[1].split("\n\n" + THIRTY + "\n\n", -1)));
        return all;
    }

    @Test
    void aPlainDigestShouldBeTakenApartByRfc1153() throws Exception {
        twoMails();
        MimeMessage message = written(DeliveryMode.PLAINTEXT_DIGESTS);

        assertThat(message.getSubject()).isEqualTo("Test Digest, Vol 3, Issue 14");
        assertThat(message.getFrom()[0].toString()).isEqualTo("Test <test-request@lists.example.org>");
        assertThat(message.getReplyTo()[0].toString()).isEqualTo(FlowOnDatabase.LIST);
        assertThat(message.getContentType()).isEqualTo("text/plain; charset=utf-8");
        String text = ((String) message.getContent()).replace("\r\n", "\n");
        List<String> parts = burst(text);
        assertThat(parts).hasSize(5);
        assertThat(parts.get(0))
                .startsWith("Send Test mailing list submissions to")
                .contains("test-request@lists.example.org", "test-owner@lists.example.org")
                .endsWith("""
                        Today's Topics (2 messages):

                           1. Grüße aus Köln (Jürgen)
                           2. (no subject) (bob@example.com)""");
        assertThat(parts.get(1)).isEqualTo("""
                        Date: Fri, 2 Jan 2026 10:00:00 +0000
                        From: Jürgen <j@example.com>
                        To: test@lists.example.org
                        Subject: Grüße aus Köln
                        Message-ID: <1@example.com>
                        Keywords: light

                        Schöne Grüße
                        \s""" + THIRTY + """


                        --
                        \s""" + "-".repeat(70));
        assertThat(parts.get(2)).isEqualTo("""
                        From: bob@example.com
                        Message-ID: <2@example.com>

                        Only HTML here

                        [A part was left out: light.png, image/png, 1 KiB]""");
        assertThat(parts.get(3)).startsWith("Subject: Digest Footer\n\n").contains("test-leave@lists.example.org");
        String end = "End of Test Digest, Vol 3, Issue 14";
        assertThat(parts.get(4)).isEqualTo(end + "\n" + "*".repeat(end.length()) + "\n");
    }

    @Test
    void aMimeDigestShouldHoldItsPostsWhole() throws Exception {
        twoMails();
        MimeMultipart mixed = (MimeMultipart) written(DeliveryMode.MIME_DIGESTS).getContent();

        assertThat(mixed.isComplete()).isTrue();
        assertThat(mixed.getCount()).isEqualTo(4);
        assertThat((String) mixed.getBodyPart(0).getContent()).startsWith("Send Test mailing list submissions to");
        assertThat((String) mixed.getBodyPart(1).getContent()).contains("1. Grüße aus Köln (Jürgen)");
        assertThat(mixed.getBodyPart(2).getContentType()).startsWith("multipart/digest");
        MimeMultipart posts = (MimeMultipart) mixed.getBodyPart(2).getContent();
        assertThat(posts.getCount()).isEqualTo(2);
        for (int i = 0; i < 2; i++) {
            assertThat(posts.getBodyPart(i).isMimeType("message/rfc822")).isTrue();
            assertThat(posts.getBodyPart(i).getInputStream().readAllBytes()).isEqualTo(mails.get(i));
        }
        assertThat((String) mixed.getBodyPart(3).getContent()).contains("test-leave@lists.example.org");
    }

    @Test
    void aSummaryShouldSayWhoWroteWhatAndWhereItIsToRead() throws Exception {
        twoMails();
        String text = ((String) written(DeliveryMode.SUMMARY_DIGESTS).getContent()).replace("\r\n", "\n");

        assertThat(text).contains("""
                        Today's Topics (2 messages):

                           1. Grüße aus Köln
                              Jürgen
                              Fri, 2 Jan 2026 10:00:00 +0000
                              https://lists.example.org/archives/message/ABC/

                           2. (no subject)
                              bob@example.com

                        """).contains("test-leave@lists.example.org").doesNotContain("Schöne");
    }

    @Test
    void aDigestShouldSpeakTheListsLanguage() throws Exception {
        twoMails();
        for (String[] expected : new String[][] {
            {"de", "Test Sammelmail, Vol 3, Ausgabe 14", "Themen (2 Beiträge):"},
            {"fr", "Condensé Test, Vol 3, n° 14", "Sujets (2 messages) :"},
            {"es", "Resumen de Test, Vol 3, Núm. 14", "Temas (2 mensajes):"}
        }) {
            flow.list.presentation().setPreferredLanguage(expected[0]);
            MimeMessage message = written(DeliveryMode.PLAINTEXT_DIGESTS);
            assertThat(message.getSubject()).isEqualTo(expected[1]);
            assertThat((String) message.getContent()).contains(expected[2]);
        }
    }

    @Test
    void aPostThatCannotBeShownShouldNotKeepTheOthersFromTheirReaders() throws Exception {
        mail("From: ann@example.com\nSubject: One\nMessage-ID: <1@example.com>\n\nFirst text\n");
        mail("From: bob@example.com\nSubject: Two\nMessage-ID: <2@example.com>\n\n" + "Second text\n".repeat(20_000));
        mail("From: cat@example.com\nSubject: Three\nMessage-ID: <3@example.com>\n\nThird text\n");
        broken = 1;

        String text = (String) written(DeliveryMode.PLAINTEXT_DIGESTS).getContent();

        assertThat(text)
                .contains(
                        "Message-ID: <2@example.com>\r\n\r\nSecond text\r\n",
                        "\r\n\r\n[This message could not be shown to its end]\r\n\r\n" + THIRTY,
                        "First text",
                        "Third text");
        assertThat(unshown).extracting(CollectedPost::postingId).containsExactly(1L);
    }

    @Test
    void aPostWhoseHeaderCannotBeReadShouldNotKeepTheOthersFromTheirReaders() throws Exception {
        mail("From: ann@example.com\nSubject: One\nMessage-ID: <1@example.com>\n\nFirst text\n");
        mail("From: bob@example.com\nSubject: Two\nMessage-ID: <2@example.com>\n\nSecond text\n");
        mail("From: cat@example.com\nSubject: Three\nMessage-ID: <3@example.com>\n\nThird text\n");
        broken = 1;

        assertThat((String) written(DeliveryMode.PLAINTEXT_DIGESTS).getContent())
                .contains(
                        "   1. One (ann@example.com)\r\n   2. [This message could not be shown to its end]\r\n   3. Three",
                        "First text",
                        THIRTY + "\r\n\r\n\r\n[This message could not be shown to its end]\r\n\r\n" + THIRTY,
                        "Third text");
        assertThat((String) written(DeliveryMode.SUMMARY_DIGESTS).getContent())
                .contains("   1. One", "   2. [This message could not be shown to its end]", "   3. Three");
        assertThat(unshown).extracting(CollectedPost::postingId).containsOnly(1L);
    }

    @Test
    void aTextThatASmarthostWouldNotTakeShouldBeCut() throws Exception {
        mail("From: ann@example.com\nSubject: Long\nContent-Type: text/plain; charset=utf-8\n\n"
                + "Длинный текст\n".repeat(200_000));
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        DigestKind.of(DeliveryMode.PLAINTEXT_DIGESTS).write(digest(), out);

        assertThat(out.size()).isBetween(5_000_000, 10_000_000);
        assertThat((String) DigestsOnFlow.parsed(out.toByteArray()).getContent())
                .contains("Длинный текст\r\nДлинный текст\r\n", "[This message could not be shown to its end]\r\n");
        assertThat(unshown).extracting(CollectedPost::postingId).containsExactly(0L);
    }

    @Test
    void textsOfOnePostShouldStandApart() throws Exception {
        mail("""
                From: ann@example.com
                Subject: Two parts
                Content-Type: multipart/mixed; boundary=b

                --b
                Content-Type: text/plain

                A mail
                --b
                Content-Type: text/x-patch

                A patch
                --b--
                """);
        assertThat((String) written(DeliveryMode.PLAINTEXT_DIGESTS).getContent())
                .contains("\r\n\r\nA mail\r\n\r\nA patch\r\n");
    }
}
