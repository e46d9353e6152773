package org.posthorn.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import jakarta.mail.BodyPart;
import jakarta.mail.Multipart;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Nasty messages of other projects' test suites, judged by Jakarta Mail. */
class MimeCorpusTest {

    private static final Path CORPORA = Path.of("../shared/corpora");
    private static final List<String> FOLDERS = List.of("mime", "bounce", "dkim-arc");
    private static final Footer FOOTER = new Footer("Above all", "____\nPosthorn footer f\u00fcr alle\n");
    private static final String MARK = "Posthorn footer";

    private static List<Path> files;

    @BeforeAll
    static void findCorpora() throws IOException {
        if (!Files.isDirectory(CORPORA)) {
            System.err.println("MimeCorpusTest PROVES NOTHING HERE: no corpora at " + CORPORA.toAbsolutePath());
        }
        assumeTrue(Files.isDirectory(CORPORA), "the corpora are not at " + CORPORA.toAbsolutePath() + ": skipped");
        files = new ArrayList<>();
        for (String folder : FOLDERS) {
            try (Stream<Path> found = Files.walk(CORPORA.resolve(folder))) {
                found.filter(Files::isRegularFile)
                        .filter(file -> !file.endsWith("EXPECT.tsv"))
                        .sorted()
                        .forEach(files::add);
            }
        }
        assertThat(files).hasSizeGreaterThan(400);
    }

    @Test
    void everyHeaderShouldBeReadAndWrittenBackWithTheSameOctets() {
        each(octets -> {
            MailMessage message = open(octets);
            String written = message.header().toString();
            assertThat(HeaderBlock.parse(written.getBytes(StandardCharsets.UTF_8))
                            .toString())
                    .isEqualTo(written);
            assertThat(message.header().truncated()).isFalse();
            for (HeaderField field : message.header().fields()) {
                assertThat(field.text()).doesNotContain("\r", "\n", "\0");
                message.header().addresses(field.name());
            }
            message.header().messageId();
            ContentType.of(message.header());
        });
    }

    @Test
    void everyTextShouldBeReadAndAPasswordAboveItFoundAndWithheld() {
        int[] found = {0};
        each(octets -> {
            MailMessage message = open(octets);
            byte[] body = body(message);
            assertThat(BodyText.firstLines(message.header(), body, 10)).hasSizeLessThanOrEqualTo(10);
            ApprovedLine.find(message.header(), body).ifPresent(line -> line.withhold(message.header(), body, true));
            if (ContentType.of(message.header()).is("text/plain")
                    && TransferEncoding.of(message.header()).equals(Optional.of(TransferEncoding.SEVEN_BIT))) {
                byte[] above = "\r\nApproved: s3same-open\r\n".getBytes(StandardCharsets.US_ASCII);
                byte[] with = Arrays.copyOf(above, above.length + body.length);
                System.arraycopy(body, 0, with, above.length, body.length);
                ApprovedLine line = ApprovedLine.find(message.header(), with).orElseThrow();
                assertThat(line.password()).isEqualTo("s3same-open");
                byte[] without = line.withhold(message.header(), with, true);
                assertThat(Arrays.copyOfRange(without, 2, without.length)).isEqualTo(body);
                found[0]++;
            }
        });
        assertThat(found[0]).isGreaterThan(50);
    }

    private static byte[] body(MailMessage message) {
        try {
            return message.body().readAllBytes();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void everyMessageShouldBeDecoratedSoThatItsTextsAndTheFooterCanBeRead() {
        int[] ways = new int[Decoration.Way.values().length];
        int[] judged = {0};
        each(octets -> {
            ByteArrayOutputStream decorated = new ByteArrayOutputStream();
            Decoration.Way way = decorate(octets, decorated);
            ways[way.ordinal()]++;
            byte[] result = decorated.toByteArray();
            assertThat(new String(result, StandardCharsets.ISO_8859_1)).doesNotContainPattern("(?<!\r)\n|\r(?!\n)|\0");
            List<String> before = texts(octets);
            List<String> after = texts(result);
            if (before == null) {
                return;
            }
            assertThat(after).as("read by Jakarta Mail as the original was").isNotNull();
            String all = String.join("\n", after);
            if (way != Decoration.Way.LEFT_ALONE) {
                assertThat(all).contains(MARK).contains("Above all");
            }
            judged[0]++;
            String squeezed = squeezed(all);
            for (String text : before) {
                assertThat(squeezed.contains(squeezed(text)) || isEmptyPart(octets))
                        .as("has %s", text)
                        .isTrue();
            }
        });
        assertThat(judged[0]).as("messages of which Jakarta Mail makes sense").isGreaterThan(files.size() * 9 / 10);
        assertThat(ways).as("left alone, appended, inserted, wrapped").doesNotContain(0);
    }

    private interface Work {
        void on(byte[] octets) throws Exception;
    }

    private static void each(Work work) {
        List<AssertionError> failures = new ArrayList<>();
        for (Path file : files) {
            assertTimeoutPreemptively(Duration.ofSeconds(60), () -> {
                try {
                    work.on(Files.readAllBytes(file));
                } catch (Exception | AssertionError e) {
                    failures.add(new AssertionError(file + ": " + e.getMessage(), e));
                }
            });
        }
        assertThat(failures).isEmpty();
    }

    private static MailMessage open(byte[] octets) throws IOException {
        return MailMessage.open(new ByteArrayInputStream(octets));
    }

    private static Decoration.Way decorate(byte[] octets, ByteArrayOutputStream out) throws IOException {
        MailMessage message = open(octets);
        return Decoration.apply(message.header(), message.body(), FOOTER, out).way();
    }

    /** Of a closing delimiter right after an opening one Jakarta Mail makes a part that begins with the epilogue. */
    private static boolean isEmptyPart(byte[] octets) {
        return new String(octets, StandardCharsets.ISO_8859_1).matches("(?s).*\n(--[^\r\n]+)\r?\n\\1--\r?\n.*");
    }

    private static String squeezed(String text) {
        return text.replaceAll("[\\s\\x00]+", "");
    }

    /** @return the text/plain parts; null when Jakarta Mail cannot make sense of the message */
    private static List<String> texts(byte[] octets) {
        try {
            List<String> texts = new ArrayList<>();
            MimeMessage message = new MimeMessage(
                    Session.getInstance(new Properties()), new ByteArrayInputStream(fromSeparated(octets)));
            collect(message, texts::add, 0);
            return texts;
        } catch (Exception e) {
            return null;
        }
    }

    /** Jakarta Mail is given the message as Posthorn reads it, less the footer: header, empty line, body, all with CRLF. */
    private static byte[] fromSeparated(byte[] octets) throws IOException {
        ByteArrayOutputStream mended = new ByteArrayOutputStream();
        MailMessage message = open(octets);
        message.header().writeTo(mended);
        message.body().transferTo(new CrLfOutputStream(mended));
        return mended.toByteArray();
    }

    private static void collect(jakarta.mail.Part part, Consumer<String> texts, int depth) throws Exception {
        if (depth > 20) {
            return;
        }
        if (part.isMimeType("multipart/*") && part.getContent() instanceof Multipart multipart) {
            for (int i = 0; i < multipart.getCount(); i++) {
                BodyPart child = multipart.getBodyPart(i);
                collect(child, texts, depth + 1);
            }
        } else if (part.isMimeType("text/plain")) {
            try (InputStream in = part.getInputStream()) {
                texts.accept(text(in.readAllBytes(), part.getContentType()));
            }
        }
    }

    private static String text(byte[] octets, String contentType) {
        return ContentType.parse(contentType)
                .flatMap(ContentType::charset)
                .map(charset -> new String(octets, charset))
                .orElse(new String(octets, StandardCharsets.ISO_8859_1));
    }
}
