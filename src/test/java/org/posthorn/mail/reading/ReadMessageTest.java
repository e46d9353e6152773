package org.posthorn.mail.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.posthorn.mail.reading.ReadableMessage.Field;

class ReadMessageTest {

    private static final Path CORPUS = Path.of("../shared/corpora/mime");

    private static ReadableMessage read(String message) {
        return read(message.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8));
    }

    private static ReadableMessage read(byte[] octets) {
        try {
            return ReadMessage.of(new ByteArrayInputStream(octets));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void plainMessageShouldShowItsHeaderAndText() {
        ReadableMessage message = read("""
                Received: from somewhere
                Subject: =?iso-8859-1?q?Gr=FC=DFe?=
                From: Zo\u00eb <zoe@example.org>
                To: list@example.com

                Hello,
                \tlist.
                """);

        assertThat(message.fields())
                .containsExactly(
                        new Field("From", "Zo\u00eb <zoe@example.org>"),
                        new Field("To", "list@example.com"),
                        new Field("Subject", "Gr\u00fc\u00dfe"));
        assertThat(message.text()).isEqualTo("Hello,\n\tlist.");
        assertThat(message.html()).isEmpty();
        assertThat(message.attachments()).isEmpty();
        assertThat(message.textCut() || message.htmlCut() || message.partsLeftOut())
                .isFalse();
    }

    @Test
    void alternativesShouldBothBeReadAndAttachmentsOnlyListed() {
        ReadableMessage message = read("""
                Content-Type: multipart/mixed; boundary=outer

                preamble
                --outer
                Content-Type: multipart/alternative; boundary="in ner"

                --in ner
                Content-Type: text/plain; charset=utf-8
                Content-Transfer-Encoding: quoted-printable

                caf=C3=A9 =
                au lait
                --in ner
                Content-Type: text/html; charset=iso-8859-1
                Content-Transfer-Encoding: base64

                PGI+Y2Fm6TwvYj4=
                --in ner--
                --outer
                Content-Type: application/pdf; name="=?utf-8?b?w7xiZXIucGRm?="
                Content-Disposition: attachment
                Content-Transfer-Encoding: base64

                AAAA
                AAAA
                --outer
                Content-Disposition: attachment; filename=note.txt

                not shown
                --outer--
                epilogue
                """);

        assertThat(message.text()).isEqualTo("caf\u00e9 au lait");
        assertThat(message.html()).isEqualTo("<b>caf\u00e9</b>");
        assertThat(message.attachments())
                .containsExactly(
                        new Attachment("\u00fcber.pdf", "application/pdf", 6),
                        new Attachment("note.txt", "text/plain", 11));
    }

    @Test
    void outerDelimiterShouldEndPartsThatWereNeverClosed() {
        ReadableMessage message = read("""
                Content-Type: multipart/mixed; boundary=a

                --a
                Content-Type: multipart/mixed; boundary=a--b

                --a--b

                inner
                --a

                outer
                """);

        assertThat(message.text()).isEqualTo("inner\n\nouter");
    }

    @Test
    void messageWithinTheMessageShouldBeAnAttachment() {
        ReadableMessage message = read("""
                Content-Type: multipart/mixed; boundary=x

                --x
                Content-Type: message/rfc822

                Subject: hidden

                hidden
                --x--
                """);

        assertThat(message.text()).isEmpty();
        assertThat(message.attachments()).extracting(Attachment::type).containsExactly("message/rfc822");
    }

    @Test
    void controlsAndTurnedNamesShouldNotShow() {
        ReadableMessage message = read("""
                From: "a\u202ecba" <x@example.org>
                Content-Type: multipart/mixed; boundary=x

                --x

                bell\u0007 null\u0000 \u202eturned
                --x
                Content-Type: application/octet-stream; name="invoice\u202efdp.exe"

                --x--
                """);

        assertThat(message.fields().get(0).value()).isEqualTo("\"acba\" <x@example.org>");
        assertThat(message.text()).isEqualTo("bell  null  turned");
        assertThat(message.attachments().get(0).name()).isEqualTo("invoicefdp.exe");
    }

    @Test
    void unknownAndLyingCharsetsShouldGiveSomeText() {
        assertThat(read("Content-Type: text/plain; charset=klingon\n\ncaf\u00e9")
                        .text())
                .isEqualTo("caf\u00e9");
        byte[] latin = "Content-Type: text/plain; charset=utf-8\r\n\r\ncaf\u00e9".getBytes(StandardCharsets.ISO_8859_1);
        assertThat(read(latin).text()).isEqualTo("caf\u00e9");
        byte[] japanese = "Content-Type: text/plain; charset=iso-2022-jp\r\n\r\n\u65e5\u672c"
                .getBytes(Charset.forName("ISO-2022-JP"));
        assertThat(read(japanese).text()).isEqualTo("\u65e5\u672c");
    }

    @Test
    void longTextShouldBeCutAndSaySo() {
        ReadableMessage message = read("Subject: x\n\n" + "word \n".repeat(100_000));

        assertThat(message.text().length()).isLessThanOrEqualTo(ReadMessage.MOST_TEXT);
        assertThat(message.textCut()).isTrue();
    }

    @Test
    void textsOfManyPartsShouldTogetherStayWithinTheBound() {
        StringBuilder parts = new StringBuilder("Content-Type: multipart/mixed; boundary=x\n\n");
        for (int i = 0; i < 50; i++) {
            parts.append("--x\n\n").append("y".repeat(10_000)).append('\n');
        }

        ReadableMessage message = read(parts.append("--x--\n").toString());

        assertThat(message.text().length()).isLessThan(ReadMessage.MOST_TEXT + 1000);
        assertThat(message.textCut()).isTrue();
        assertThat(message.attachments()).as("what found no room").isNotEmpty();
    }

    @Test
    void deepNestingShouldEndAtABound() {
        StringBuilder nested = new StringBuilder("Content-Type: multipart/mixed; boundary=b0\n\n");
        for (int i = 0; i < 5000; i++) {
            nested.append("--b")
                    .append(i)
                    .append("\nContent-Type: multipart/mixed; boundary=b")
                    .append(i + 1)
                    .append("\n\n");
        }

        ReadableMessage message = assertTimeoutPreemptively(Duration.ofSeconds(60), () -> read(nested.toString()));

        assertThat(message.partsLeftOut()).isTrue();
    }

    @Test
    void manyPartsShouldEndAtABound() {
        ReadableMessage message = read(
                "Content-Type: multipart/mixed; boundary=b\n\n" + "--b\nContent-Type: image/png\n\nx\n".repeat(5000));

        assertThat(message.attachments()).hasSize(ReadMessage.MOST_PARTS);
        assertThat(message.partsLeftOut()).isTrue();
    }

    @Test
    void hugeAttachmentShouldBeCountedAndNotKept() throws IOException {
        byte[] line =
                (Base64.getMimeEncoder().encodeToString(new byte[57]) + "\r\n").getBytes(StandardCharsets.US_ASCII);
        int lines = 2_000_000; // 156 MB on the wire, in a heap that the test's other halves share
        InputStream head = new ByteArrayInputStream(
                "Content-Type: application/zip; name=a.zip\r\nContent-Transfer-Encoding: base64\r\n\r\n"
                        .getBytes(StandardCharsets.US_ASCII));
        InputStream body = new InputStream() {
            private long left = (long) lines * line.length;

            @Override
            public int read() {
                return left == 0 ? -1 : line[(int) (-left-- % line.length + line.length) % line.length];
            }

            @Override
            public int read(byte[] into, int offset, int length) {
                if (left == 0) {
                    return -1;
                }
                int count = (int) Math.min(Math.min(length, line.length), left);
                int at = (int) ((line.length - left % line.length) % line.length);
                count = Math.min(count, line.length - at);
                System.arraycopy(line, at, into, offset, count);
                left -= count;
                return count;
            }
        };

        ReadableMessage message = ReadMessage.of(new SequenceInputStream(Collections.enumeration(List.of(head, body))));

        assertThat(message.attachments()).containsExactly(new Attachment("a.zip", "application/zip", 57L * lines));
    }

    @Test
    void lineWithoutEndShouldNotFillMemory() {
        byte[] line = new byte[20_000_000];
        java.util.Arrays.fill(line, (byte) '-');

        assertThat(read(line).textCut()).isTrue();
    }

    @Test
    void everyNastyMessageShouldBeReadWithinBounds() throws IOException {
        assumeTrue(Files.isDirectory(CORPUS), "the corpora are not at " + CORPUS.toAbsolutePath() + ": skipped");
        List<Path> files;
        try (Stream<Path> found = Files.walk(CORPUS)) {
            files = found.filter(Files::isRegularFile).sorted().toList();
        }
        List<String> wrong = new ArrayList<>();
        int texts = 0;
        for (Path file : files) {
            ReadableMessage message = assertTimeoutPreemptively(
                    Duration.ofSeconds(60), () -> read(Files.readAllBytes(file)), file::toString);
            String shown = SafeHtml.of(message.html());
            texts += message.text().isBlank() ? 0 : 1;
            if (shown.matches("(?is).*<(script|style|iframe|object|embed|form|input|img|link|meta|base|svg|a)[\\s>/].*")
                    || shown.matches("(?is).*<[^>]*\\s(on\\w+|src|href|style|background|action)\\s*=.*")
                    || message.text().chars().anyMatch(c -> c == 0 || c == '\r')) {
                wrong.add(file.toString());
            }
        }
        assertThat(files).hasSizeGreaterThan(300);
        assertThat(wrong).isEmpty();
        assertThat(texts).as("messages with a text").isGreaterThan(files.size() * 2 / 3);
    }
}
