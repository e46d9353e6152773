package org.posthorn.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import jakarta.mail.BodyPart;
import jakarta.mail.Multipart;
import jakarta.mail.Session;
import jakarta.mail.internet.ContentType;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.posthorn.list.ContentFilter;
import org.posthorn.list.FilterAction;
import org.posthorn.list.Personalization;
import org.posthorn.mail.CrLfOutputStream;
import org.posthorn.mail.MailMessage;
import org.posthorn.mail.reading.ReadMessage;
import org.posthorn.pipeline.Kitchen.Cooked;
import org.posthorn.queue.MessageSource;
import org.posthorn.queue.Posting;
import org.posthorn.queue.QueueName;
import org.posthorn.queue.RuleMarks;
import org.posthorn.testing.TestDatabases;

/** Nasty messages of other projects' test suites on their way from acceptance to the fan-out, with several content filters. */
@Timeout(value = 300, unit = TimeUnit.SECONDS)
public class PipelineCorpusTest {

    private static final Path CORPUS = Path.of("../shared/corpora/mime");
    private static final long SLOWEST = TimeUnit.SECONDS.toNanos(20);
    private static final Pattern NOT_ON_THE_WIRE = Pattern.compile("(?<!\r)\n|\r(?!\n)|\0");
    private static final int MUTANTS = 3;

    @TempDir
    static Path spool;

    private static List<Path> files;
    private static FlowOnDatabase flow;
    private static long postings;

    /** The settings of a list, and which of a message's texts are to come out. */
    private enum Filter {
        OFF {
            @Override
            void set(ContentFilter filter) {
                filter.setFilterContent(false);
            }
        },
        NOTHING {
            @Override
            void set(ContentFilter filter) {
                filter.setCollapseAlternatives(false);
            }
        },
        NO_BINARIES {
            @Override
            void set(ContentFilter filter) {
                filter.setCollapseAlternatives(false);
                filter.setFilterTypes(List.of("image", "audio", "video", "application"));
                filter.setFilterExtensions(List.of("exe", "zip"));
            }
        },
        TEXT_ONLY {
            @Override
            void set(ContentFilter filter) {
                filter.setConvertHtmlToPlaintext(true);
                filter.setPassTypes(List.of("multipart", "text", "message"));
            }
        },
        PLAIN {
            @Override
            void set(ContentFilter filter) {
                filter.setConvertHtmlToPlaintext(true);
            }
        },
        LINKS {
            @Override
            void set(ContentFilter filter) {
                filter.setFilterContent(false);
            }
        };

        abstract void set(ContentFilter filter);

        int fewestChanges() {
            return this == OFF || this == NOTHING ? 0 : this == LINKS ? 10 : 20;
        }
    }

    @BeforeAll
    static void findCorpus() throws IOException {
        if (!Files.isDirectory(CORPUS)) {
            System.err.println("PipelineCorpusTest PROVES NOTHING HERE: no corpus at " + CORPUS.toAbsolutePath());
        }
        assumeTrue(Files.isDirectory(CORPUS), "the corpus is not at " + CORPUS.toAbsolutePath() + ": skipped");
        try (Stream<Path> found = Files.walk(CORPUS)) {
            files = found.filter(Files::isRegularFile)
                    .filter(file -> !file.endsWith("EXPECT.tsv"))
                    .sorted()
                    .toList();
        }
        assertThat(files).hasSizeGreaterThan(350);
        flow = new FlowOnDatabase(TestDatabases.H2.fresh(), spool);
        flow.list.appearance().setPersonalize(Personalization.FULL);
    }

    @AfterAll
    static void close() {
        if (flow != null) {
            flow.close();
        }
    }

    @ParameterizedTest
    @EnumSource(Filter.class)
    void everyMessageShouldComeOutReadableWithItsTexts(Filter filter) throws IOException {
        ContentFilter settings = settings(filter);
        int judged = 0;
        int changed = 0;
        List<String> failures = new ArrayList<>();
        for (Path file : files) {
            byte[] octets = Files.readAllBytes(file);
            long begun = System.nanoTime();
            Optional<byte[]> cooked = cook(octets, file);
            assertThat(System.nanoTime() - begun).as("%s: nanoseconds", file).isLessThan(SLOWEST);
            List<String> kept = kept(octets, settings);
            if (kept == null) {
                continue;
            }
            judged++;
            if (cooked.isEmpty()) {
                if (!kept.isEmpty() && !isWhollyForbidden(octets, settings)) {
                    failures.add(file + ": nothing is left, but there was " + kept);
                }
                continue;
            }
            changed += isFiltered(cooked.get()) ? 1 : 0;
            failures.addAll(faults(file, octets, cooked.get(), kept));
        }
        assertThat(failures).isEmpty();
        assertThat(judged).as("messages of which Jakarta Mail makes sense").isGreaterThan(files.size() * 8 / 10);
        assertThat(changed).as("filtered").isGreaterThanOrEqualTo(filter.fewestChanges());
    }

    /** As digests gather posts: filtered, with the list's fields, without its footer. */
    @Test
    void whatIsNotDecoratedShouldBeReadableToo() throws IOException {
        ContentFilter settings = settings(Filter.TEXT_ONLY);
        List<String> failures = new ArrayList<>();
        int written = 0;
        for (Path file : files) {
            byte[] octets = Files.readAllBytes(file);
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            boolean goesOn = flow.inTransaction(() -> {
                try (Cooking cooking = flow.kitchen.beginToSend(
                        flow.list, posting(octets), () -> new ByteArrayInputStream(octets), RuleMarks.NONE)) {
                    boolean through = cooking.through(Pipelines.DEFAULT_POSTING);
                    cooking.writeTo(out);
                    return through;
                }
            });
            List<String> kept = kept(octets, settings);
            if (goesOn && kept != null) {
                written++;
                failures.addAll(faults(file, octets, out.toByteArray(), kept));
            }
        }
        assertThat(failures).isEmpty();
        assertThat(written).isGreaterThan(files.size() / 2);
    }

    /** A message as digests gather posts, by the list's settings. */
    public static byte[] undecorated(FlowOnDatabase on, byte[] octets) {
        return on.inTransaction(() -> {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            Posting posting = new Posting(
                    ++postings,
                    on.list.getId(),
                    FlowOnDatabase.LIST,
                    QueueName.IN,
                    "<m@example.com>",
                    "ann@example.com",
                    "s",
                    octets.length,
                    FlowOnDatabase.NOW,
                    null,
                    false);
            try (Cooking cooking =
                    on.kitchen.beginToSend(on.list, posting, () -> new ByteArrayInputStream(octets), RuleMarks.NONE)) {
                cooking.through(Pipelines.DEFAULT_POSTING);
                cooking.writeTo(out);
            }
            return out.toByteArray();
        });
    }

    @ParameterizedTest
    @EnumSource(Filter.class)
    void whateverIsDoneToAMessageShouldComeOutOrEndInTime(Filter filter) throws IOException {
        settings(filter);
        Random random = new Random(20_260_102 + filter.ordinal());
        for (Path file : files) {
            byte[] octets = Files.readAllBytes(file);
            for (int i = 0; i < MUTANTS && octets.length < 200_000; i++) {
                byte[] mutant = mutant(octets, random);
                long begun = System.nanoTime();
                Optional<byte[]> cooked = cook(mutant, file);
                assertThat(System.nanoTime() - begun)
                        .as("%s: nanoseconds", file)
                        .isLessThan(SLOWEST);
                if (cooked.isPresent()) {
                    assertThat(NOT_ON_THE_WIRE.matcher(latin(cooked.get())).find())
                            .as("%s, mutant %s: wrong line ends", file, i)
                            .isFalse();
                    ReadMessage.of(new ByteArrayInputStream(cooked.get()));
                }
            }
        }
    }

    private static ContentFilter settings(Filter filter) {
        ContentFilter settings = flow.list.contentFilter();
        settings.setFilterContent(true);
        settings.setFilterAction(FilterAction.PRESERVE);
        settings.setFilterTypes(List.of());
        settings.setPassTypes(List.of());
        settings.setFilterExtensions(List.of());
        settings.setCollapseAlternatives(true);
        settings.setConvertHtmlToPlaintext(false);
        filter.set(settings);
        flow.list.appearance().setAttachmentLinkThreshold(filter == Filter.LINKS ? 1 : 0);
        return settings;
    }

    /** @return the cooked message; empty: nothing of it was left */
    private static Optional<byte[]> cook(byte[] octets, Path file) {
        try {
            return flow.inTransaction(() -> {
                long raw = flow.messages.store(MessageSource.of(octets));
                Cooked cooked =
                        flow.kitchen.cook(flow.list, posting(octets), raw, RuleMarks.NONE, Pipelines.DEFAULT_POSTING);
                return cooked.dish().map(dish -> flow.messages.head(dish.messageId(), Integer.MAX_VALUE - 8));
            });
        } catch (RuntimeException e) {
            throw new AssertionError(file + ": " + e, e);
        }
    }

    private static Posting posting(byte[] octets) {
        return new Posting(
                ++postings,
                flow.list.getId(),
                FlowOnDatabase.LIST,
                QueueName.IN,
                "<m@example.com>",
                "ann@example.com",
                "s",
                octets.length,
                FlowOnDatabase.NOW,
                null,
                false);
    }

    private static boolean isFiltered(byte[] cooked) {
        String text = latin(cooked);
        return text.contains("\r\nX-Content-Filtered-By: Posthorn\r\n")
                || text.contains("An attachment is too large to be sent along.");
    }

    private static List<String> faults(Path file, byte[] before, byte[] after, List<String> kept) throws IOException {
        List<String> faults = new ArrayList<>();
        if (NOT_ON_THE_WIRE.matcher(latin(after)).find()) {
            faults.add(file + ": wrong line ends, or NUL");
        }
        ReadMessage.of(new ByteArrayInputStream(after));
        List<String> texts = texts(after);
        if (texts == null) {
            faults.add(file + ": Jakarta Mail no longer makes sense of it");
            return faults;
        }
        if (!hasNestedTwins(before) && hasNestedTwins(after)) {
            faults.add(file + ": a boundary stands within a multipart of the same");
        }
        String all = squeezed(String.join("\n", texts));
        for (String text : kept) {
            if (!all.contains(squeezed(text)) && !isEmptyPart(before)) {
                faults.add(file + ": lost [" + text.substring(0, Math.min(200, text.length())) + "]");
            }
        }
        return faults;
    }

    private static byte[] mutant(byte[] octets, Random random) {
        List<String> lines = new ArrayList<>(List.of(latin(octets).split("(?<=\n)")));
        for (int i = 0; i < 1 + random.nextInt(4); i++) {
            int at = random.nextInt(lines.size());
            switch (random.nextInt(6)) {
                case 0 -> lines.remove(at);
                case 1 -> lines.add(at, lines.get(random.nextInt(lines.size())));
                case 2 -> lines.set(at, lines.get(at).replace("\r", "").replace("\n", ""));
                case 3 -> lines.set(at, lines.get(at) + "\0\r" + (char) random.nextInt(256));
                case 4 -> lines.subList(at, lines.size()).clear();
                default ->
                    lines.add(
                            at,
                            "Content-Type: multipart/mixed; boundary=\"" + random.nextInt(3) + "\"\n\n--"
                                    + random.nextInt(3) + "\n");
            }
            if (lines.isEmpty()) {
                lines.add("");
            }
        }
        return String.join("", lines).getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String latin(byte[] octets) {
        return new String(octets, StandardCharsets.ISO_8859_1);
    }

    public static boolean isEmptyPart(byte[] octets) {
        return latin(octets).matches("(?s).*\n(--[^\r\n]+)\r?\n\\1--\r?\n.*");
    }

    private static String squeezed(String text) {
        return text.replaceAll("[\\s\\x00\\u00a0]+", "");
    }

    // What Jakarta Mail says: the judge.

    private static MimeMessage parsed(byte[] octets) throws Exception {
        ByteArrayOutputStream mended = new ByteArrayOutputStream();
        MailMessage message = MailMessage.open(new ByteArrayInputStream(octets));
        message.header().writeTo(mended);
        message.body().transferTo(new CrLfOutputStream(mended));
        return new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(mended.toByteArray()));
    }

    public static List<String> texts(byte[] octets) {
        try {
            List<String> texts = new ArrayList<>();
            collect(parsed(octets), texts::add, 0);
            return texts;
        } catch (Exception e) {
            return null;
        }
    }

    private static void collect(jakarta.mail.Part part, Consumer<String> texts, int depth) throws Exception {
        if (part.isMimeType("multipart/*") && part.getContent() instanceof Multipart multipart && depth < 20) {
            for (int i = 0; i < multipart.getCount(); i++) {
                collect(multipart.getBodyPart(i), texts, depth + 1);
            }
        } else if (part.isMimeType("message/rfc822") && part.getContent() instanceof MimeMessage inner && depth < 20) {
            collect(inner, texts, depth + 1);
        } else if (part.isMimeType("text/*")) {
            texts.accept(text(part));
        }
    }

    private static String text(jakarta.mail.Part part) throws Exception {
        try (InputStream in = part.getInputStream()) {
            byte[] octets = in.readAllBytes();
            String name = new ContentType(part.getContentType()).getParameter("charset");
            boolean known = name != null && isKnown(name);
            return new String(octets, known ? Charset.forName(name) : StandardCharsets.ISO_8859_1);
        }
    }

    private static boolean isKnown(String charset) {
        try {
            return Charset.isSupported(charset);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** @return the plain texts that have to come out; null: Jakarta Mail cannot make sense of the message */
    public static List<String> kept(byte[] octets, ContentFilter settings) {
        try {
            List<String> kept = new ArrayList<>();
            keep(parsed(octets), settings, kept, 0);
            return kept;
        } catch (Exception e) {
            return null;
        }
    }

    private static void keep(jakarta.mail.Part part, ContentFilter settings, List<String> kept, int depth)
            throws Exception {
        if (settings.isFilterContent() && isForbidden(part, settings) || depth > 20) {
            return;
        }
        if (part.isMimeType("multipart/*") && part.getContent() instanceof Multipart multipart) {
            boolean sealed = part.isMimeType("multipart/signed") || part.isMimeType("multipart/encrypted");
            if (sealed && settings.isFilterContent()) {
                return; // as a whole, or not at all: PartPlanTest
            }
            boolean one = settings.isFilterContent()
                    && settings.isCollapseAlternatives()
                    && part.isMimeType("multipart/alternative");
            for (int i = 0; i < multipart.getCount(); i++) {
                BodyPart child = multipart.getBodyPart(i);
                int before = kept.size();
                keep(child, settings, kept, depth + 1);
                if (one && kept.size() > before) {
                    return;
                }
                if (one && !isForbidden(child, settings)) {
                    return; // what it is reduced to says nothing that is judged here
                }
            }
        } else if (part.isMimeType("message/rfc822") && part.getContent() instanceof MimeMessage inner) {
            keep(inner, settings, kept, depth + 1);
        } else if (part.isMimeType("text/plain")) {
            kept.add(text(part));
        } else if (part.isMimeType("text/html") && settings.isFilterContent() && settings.isConvertHtmlToPlaintext()) {
            words(text(part), kept);
        }
    }

    /** Its first words stand for an HTML text: between them there may be where a link leads. */
    private static void words(String html, List<String> kept) {
        Stream.of(Jsoup.parse(html).body().text().split("[^\\p{IsAlphabetic}]+"))
                .filter(word -> word.length() > 3 && word.chars().allMatch(c -> c < 0x80))
                .limit(50)
                .forEach(kept::add);
    }

    private static boolean isForbidden(jakarta.mail.Part part, ContentFilter settings) throws Exception {
        String name = part.getFileName();
        boolean extension = name != null
                && settings.getFilterExtensions().stream()
                        .anyMatch(forbidden -> name.toLowerCase().endsWith("." + forbidden));
        Set<String> pass = Set.copyOf(settings.getPassTypes());
        String main = new ContentType(part.getContentType()).getPrimaryType().toLowerCase();
        return extension || settings.getFilterTypes().contains(main) || !pass.isEmpty() && !pass.contains(main);
    }

    private static boolean isWhollyForbidden(byte[] octets, ContentFilter settings) {
        try {
            return isForbidden(parsed(octets), settings);
        } catch (Exception e) {
            return true;
        }
    }

    private static boolean hasNestedTwins(byte[] octets) {
        try {
            return hasNestedTwins(parsed(octets), new TreeMap<>(), 0);
        } catch (Exception e) {
            return true;
        }
    }

    private static boolean hasNestedTwins(jakarta.mail.Part part, TreeMap<String, Integer> around, int depth)
            throws Exception {
        if (part.isMimeType("message/rfc822") && part.getContent() instanceof MimeMessage inner && depth < 20) {
            return hasNestedTwins(inner, around, depth + 1);
        }
        if (!part.isMimeType("multipart/*") || !(part.getContent() instanceof Multipart multipart) || depth >= 20) {
            return false;
        }
        String boundary = String.valueOf(new ContentType(part.getContentType()).getParameter("boundary"));
        if (around.merge(boundary, 1, Integer::sum) > 1) {
            return true;
        }
        for (int i = 0; i < multipart.getCount(); i++) {
            if (hasNestedTwins(multipart.getBodyPart(i), around, depth + 1)) {
                return true;
            }
        }
        around.remove(boundary);
        return false;
    }
}
