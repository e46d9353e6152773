package org.posthorn.digest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import jakarta.mail.Multipart;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.posthorn.list.ContentFilter;
import org.posthorn.list.DeliveryMode;
import org.posthorn.pipeline.FlowOnDatabase;
import org.posthorn.pipeline.PipelineCorpusTest;
import org.posthorn.template.Templates;
import org.posthorn.testing.TestDatabases;

/** Nasty messages of other projects' test suites in all kinds of digests: each by itself, and all of them in one. */
@Timeout(value = 300, unit = TimeUnit.SECONDS)
class DigestCorpusTest {

    private static final Path CORPUS = Path.of("../shared/corpora/mime");
    private static final long SLOWEST = TimeUnit.SECONDS.toNanos(20);
    private static final Pattern NOT_ON_THE_WIRE = Pattern.compile("(?<!\r)\n|\r(?!\n)|\0");

    @TempDir
    static Path spool;

    private static List<Path> files;
    private static List<byte[]> posts;
    private static FlowOnDatabase flow;
    private static DigestTexts texts;

    @BeforeAll
    static void findCorpus() throws IOException {
        if (!Files.isDirectory(CORPUS)) {
            System.err.println("DigestCorpusTest PROVES NOTHING HERE: no corpus at " + CORPUS.toAbsolutePath());
        }
        assumeTrue(Files.isDirectory(CORPUS));
        flow = new FlowOnDatabase(TestDatabases.H2.fresh(), spool);
        texts = new DigestTexts(flow.list, new Templates(flow.templateTexts, flow.templates));
        try (Stream<Path> all = Files.walk(CORPUS)) {
            files = all.filter(Files::isRegularFile)
                    .filter(file -> !file.toString().endsWith(".tsv"))
                    .sorted()
                    .collect(Collectors.toList());
        }
        posts = new ArrayList<>();
        for (Path file : files) {
            posts.add(PipelineCorpusTest.undecorated(flow, Files.readAllBytes(file)));
        }
    }

    @AfterAll
    static void close() {
        if (flow != null) {
            flow.close();
        }
    }

    private static byte[] written(DeliveryMode mode, List<byte[]> mails) throws IOException {
        List<CollectedPost> collected = new ArrayList<>();
        for (int i = 0; i < mails.size(); i++) {
            collected.add(new CollectedPost(i, i, i, mails.get(i).length));
        }
        Digest digest = new Digest(
                flow.list,
                new Issue(1, 1, 1),
                texts,
                collected,
                id -> new ByteArrayInputStream(mails.get((int) id)),
                "<digest@lists.example.org>",
                FlowOnDatabase.NOW,
                post -> {
                    throw new AssertionError("not shown: posting " + post.postingId());
                });
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        long begun = System.nanoTime();
        DigestKind.of(mode).write(digest, out);
        assertThat(System.nanoTime() - begun).as("nanoseconds").isLessThan(SLOWEST * mails.size());
        assertThat(NOT_ON_THE_WIRE
                        .matcher(new String(out.toByteArray(), StandardCharsets.ISO_8859_1))
                        .find())
                .as("wrong line ends, or NUL")
                .isFalse();
        return out.toByteArray();
    }

    private static String squeezed(String text) {
        return text.replaceAll("[\\s\\p{Cntrl}\\p{Cf}\\u00a0\\ufffd\\ufffe\\uffff]+", "");
    }

    private static String ascii(String text) {
        return text.replaceAll("[^A-Za-z0-9]+", "");
    }

    private static ContentFilter textOnly() {
        ContentFilter filter = new ContentFilter();
        filter.setFilterContent(true);
        filter.setCollapseAlternatives(true);
        filter.setConvertHtmlToPlaintext(true);
        filter.setPassTypes(List.of("multipart", "text", "message"));
        return filter;
    }

    /** Its parts are messages, of which a plain digest leaves out most fields; Jakarta Mail takes them for texts. */
    private static boolean holdsDigest(byte[] octets) {
        return new String(octets, StandardCharsets.ISO_8859_1)
                .toLowerCase(Locale.ROOT)
                .contains("multipart/digest");
    }

    @Test
    void noTextShouldBeLostInAPlainDigest() throws Exception {
        List<String> failures = new ArrayList<>();
        int judged = 0;
        int wholly = 0;
        for (int i = 0; i < files.size(); i++) {
            List<String> kept = PipelineCorpusTest.kept(posts.get(i), textOnly());
            MimeMessage digest = DigestsOnFlow.parsed(written(DeliveryMode.PLAINTEXT_DIGESTS, List.of(posts.get(i))));
            String text = (String) digest.getContent();
            assertThat(text).as("%s", files.get(i)).contains("\r\nEnd of Test Digest, Vol 1, Issue 1\r\n");
            if (kept == null || PipelineCorpusTest.isEmptyPart(posts.get(i)) || holdsDigest(posts.get(i))) {
                continue;
            }
            judged++;
            boolean all = true;
            for (String one : kept) {
                all &= squeezed(text).contains(squeezed(one));
                if (!ascii(text).contains(ascii(one))) {
                    failures.add(files.get(i) + ": lost [" + one.substring(0, Math.min(200, one.length())) + "]");
                }
            }
            wholly += all ? 1 : 0;
        }
        assertThat(failures).isEmpty();
        assertThat(judged).as("messages of which Jakarta Mail makes sense").isGreaterThan(files.size() * 8 / 10);
        assertThat(wholly)
                .as("in other scripts, too, where both agree on the charset")
                .isGreaterThan(judged * 9 / 10);
    }

    @Test
    void everyMessageShouldBeWholeInAMimeDigest() throws Exception {
        for (int i = 0; i < files.size(); i++) {
            Multipart mixed =
                    (Multipart) DigestsOnFlow.parsed(written(DeliveryMode.MIME_DIGESTS, List.of(posts.get(i))))
                            .getContent();
            assertThat(mixed.getCount()).as("%s", files.get(i)).isEqualTo(4);
            Multipart digest = (Multipart) mixed.getBodyPart(2).getContent();
            assertThat(digest.getCount()).as("%s", files.get(i)).isEqualTo(1);
            assertThat(digest.getBodyPart(0).getInputStream().readAllBytes())
                    .as("%s", files.get(i))
                    .isEqualTo(posts.get(i));
        }
    }

    @Test
    void allOfThemShouldFitInOneDigestOfEachKind() throws Exception {
        Multipart mixed = (Multipart)
                DigestsOnFlow.parsed(written(DeliveryMode.MIME_DIGESTS, posts)).getContent();
        assertThat(mixed.getCount()).isEqualTo(4);
        assertThat(((Multipart) mixed.getBodyPart(2).getContent()).getCount()).isEqualTo(files.size());

        String plain = (String) DigestsOnFlow.parsed(written(DeliveryMode.PLAINTEXT_DIGESTS, posts))
                .getContent();
        assertThat(plain.split("\r\n\r\n" + TextLines.PREAMBLE_DIVIDER + "\r\n\r\n", -1))
                .hasSize(2);
        assertThat(plain.split("\r\n" + TextLines.DIVIDER + "\r\n", -1))
                .as("posts, footer, end")
                .hasSize(files.size() + 2);

        String summary = (String) DigestsOnFlow.parsed(written(DeliveryMode.SUMMARY_DIGESTS, posts))
                .getContent();
        assertThat(summary).contains("\r\n" + "%4d. ".formatted(files.size()));
        assertThat(summary.lines().filter(line -> line.matches(" *[0-9]+\\. .*")))
                .hasSizeGreaterThanOrEqualTo(files.size());
    }
}
