package org.posthorn.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.posthorn.delivery.copy.Octets.octets;
import static org.posthorn.delivery.copy.Octets.raw;
import static org.posthorn.delivery.copy.Octets.received;
import static org.posthorn.delivery.copy.Octets.stuffed;
import static org.posthorn.delivery.copy.Octets.text;

import jakarta.mail.BodyPart;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.posthorn.delivery.copy.CompiledMessage;
import org.posthorn.delivery.smtp.MessageCopy;
import org.posthorn.mail.Decoration.Decorated;
import org.posthorn.mail.Decoration.Way;

/** A message cooked once, and what each recipient gets of it: as if it had been cooked for them alone. */
class PersonalCopiesTest {

    private static final Session SESSION = session();
    private static final Path CORPORA = Path.of("../shared/corpora");
    private static final String NAME = PersonalValue.NAME.mark();
    private static final String EMAIL = PersonalValue.EMAIL.mark();

    private static final Footer FULL = new Footer(
            "Dear " + PersonalValue.NAME_OR_ADDRESS.mark() + ",\nas you wished:\n",
            "____ \u00fc\nSent to " + NAME + " <" + EMAIL + ">\n" + NAME + ": read\n=" + NAME + "=\nIn "
                    + PersonalValue.LANGUAGE.mark() + "\nMember " + PersonalValue.NAME_AND_ADDRESS.mark()
                    + "\nLast line for " + NAME + "\n");

    private static final Footer ADDRESS_ONLY =
            new Footer("", "____\nSent to " + PersonalValue.DELIVERED_TO.mark() + "\n" + EMAIL + " you are\n");

    private static final List<Addressee> ADDRESSEES = List.of(
            new Addressee("ann@example.com", "Ann Example", "en"),
            new Addressee("Ann.O@example.com", "", "de"),
            new Addressee("juergen@example.com", "J\u00fcrgen M\u00fcller", "de"),
            new Addressee("wang@example.com", "\u738b\u5c0f\u660e \ud83d\udcef", "zh-TW"),
            new Addressee("o@example.com", "O'Hara, \"The\" \\ Dr. <Dot>", "fr"),
            new Addressee("dots@example.com", "..dots first", "es"),
            new Addressee("stuffed@example.com", "> quoted From here", "es"),
            new Addressee("evil@example.com", "x\r\nBcc: e@example.org\r\n\r\n.\r\nQUIT\0\u2028=0D=0A", "en\r\n"),
            new Addressee("word@example.com", "=?utf-8?q?=0d=0aBcc:_e@example.org?=", ""),
            new Addressee("long@example.com", "long".repeat(250), "en"),
            new Addressee("wide@example.com", "\u00dcn\u00ef c\u00f6de ".repeat(100), "en"),
            new Addressee("post@xn--bcher-kva.example", "IDN", "en"),
            new Addressee("zo\u00eb@example.com", "Zo\u00eb", "en"),
            new Addressee("\"a b\"@example.com", "Quoted", "en"));

    private static Session session() {
        Properties properties = new Properties();
        properties.setProperty("mail.mime.allowutf8", "true");
        return Session.getInstance(properties);
    }

    private static String mime(String type, String encoding, String body) {
        return "From: bob@example.com\r\nTo: \"The list\" <list@example.org>,\r\n other@example.org\r\nSubject: s\r\n"
                + "MIME-Version: 1.0\r\nContent-Type: " + type + "\r\nContent-Transfer-Encoding: " + encoding
                + "\r\n\r\n" + body;
    }

    private static String base64(int octets, String type) {
        String body = "line of text\r\n".repeat(octets / 14 + 1).substring(0, octets);
        return mime(type, "base64", Base64.getMimeEncoder().encodeToString(octets(body)) + "\r\n");
    }

    static Stream<String> structures() {
        String alternative =
                "--b\r\nContent-Type: text/plain\r\n\r\nplain\r\n--b\r\nContent-Type: text/html\r\n\r\n<p>html"
                        + "\r\n--b--\r\n";
        Stream<String> base64 = Stream.iterate(0, octets -> octets < 118, octets -> octets + 1)
                .map(octets -> base64(octets, "text/plain; charset=utf-8"));
        Stream<String> base64Flowed = Stream.iterate(100, octets -> octets < 106, octets -> octets + 1)
                .map(octets -> base64(octets, "text/plain; charset=utf-8; format=flowed"));
        Stream<String> others = Stream.of(
                "Subject: no MIME\r\n\r\nplain\r\n.dot\r\n",
                "Subject: two To\r\nTo: a@example.org\r\nX: y\r\nTo: b@example.org\r\n\r\nplain\r\n",
                "Subject: no body\r\n\r\n",
                "\r\nno header\r\n",
                mime("text/plain", "7bit", "no end"),
                mime("text/plain; charset=us-ascii", "7bit", "plain\r\n..\r\n"),
                mime("text/plain; charset=utf-8", "7bit", "plain\r\n"),
                mime("text/plain; charset=utf-8", "8bit", "gr\u00c3\u00bcn\r\n"),
                mime("text/plain; charset=utf-8", "quoted-printable", "gr=C3=BCn =\r\n.soft=\r\n"),
                mime("text/plain; charset=iso-8859-1", "quoted-printable", "gr=FCn\r\n"),
                mime("text/plain; charset=iso-8859-1", "8bit", "gr\u00fcn\r\n"),
                mime("text/plain; charset=iso-2022-jp", "7bit", "\u001b$B$3$s\u001b(B\r\n"),
                mime("text/plain; charset=nobody-knows", "8bit", "gr\u00fcn\r\n"),
                mime("text/plain; charset=utf-8; format=flowed", "7bit", "flows \r\non \r\n"),
                mime("text/plain; charset=utf-8; format=flowed", "quoted-printable", "flows=20\r\n"),
                mime("text/plain; charset=utf-8; name=nobody-knows", "base64", "not?base64\r\n"),
                mime("text/html; charset=utf-8", "7bit", "<p>html\r\n"),
                mime("multipart/alternative; boundary=b", "7bit", alternative),
                mime("multipart/mixed; boundary=b", "7bit", alternative),
                mime("multipart/mixed; boundary=b", "7bit", "--b\r\n\r\nno end"),
                mime("application/octet-stream", "base64", "AAAA\r\n"));
        return Stream.of(others, base64, base64Flowed).flatMap(all -> all);
    }

    static Stream<String> sealed() {
        return Stream.of(
                mime(
                        "multipart/signed; boundary=b; protocol=\"application/pgp-signature\"",
                        "7bit",
                        "--b\r\n\r\nsigned\r\n--b\r\nContent-Type: application/pgp-signature\r\n\r\nsig\r\n--b--\r\n"),
                mime("multipart/encrypted; boundary=b", "7bit", "--b\r\n\r\nx\r\n--b--\r\n"),
                mime("application/pkcs7-mime", "base64", "AAAA\r\n"),
                mime("text/plain", "7bit", "-----BEGIN PGP SIGNED MESSAGE-----\r\nx\r\n"));
    }

    /** One message, cooked. */
    private record Cooked(Way way, byte[] shared, CopyPlan plan, CompiledMessage copies) {

        static Cooked of(byte[] octets, Footer footer, boolean toRecipient) {
            try {
                MailMessage message = MailMessage.open(new ByteArrayInputStream(octets));
                ByteArrayOutputStream out = new ByteArrayOutputStream();
                Decorated decorated = Decoration.apply(message.header(), message.body(), footer, toRecipient, out);
                CopyPlan plan = decorated.plan().isEmpty()
                        ? CopyPlan.NONE
                        : CopyPlan.parse(decorated.plan().text());
                CompiledMessage copies = new CompiledMessage(out.toByteArray(), plan);
                return new Cooked(decorated.way(), raw(copies.shared()), plan, copies);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static Footer filled(Footer footer, Addressee addressee) {
        return new Footer(
                PersonalValue.replace(footer.above(), addressee), PersonalValue.replace(footer.below(), addressee));
    }

    @ParameterizedTest
    @MethodSource({"structures", "sealed"})
    void everyCopyIsWellFormedAndNamesItsRecipientOnly(String message) throws Exception {
        Cooked cooked = Cooked.of(octets(message), FULL, true);
        for (Addressee addressee : ADDRESSEES) {
            wellFormed(cooked, addressee);
        }
    }

    /** Whatever is checked here holds for each message in the world. */
    private static void wellFormed(Cooked cooked, Addressee addressee) throws Exception {
        MessageCopy copy = cooked.copies().of(addressee);
        byte[] raw = raw(copy);
        String text = text(raw);
        assertThat(received(stuffed(copy))).isEqualTo(raw);
        assertThat(copy.sizeBytes()).isEqualTo(raw.length);
        assertThat(text.indexOf('\0')).isNegative();
        assertThat(text.replace("\r\n", "")).doesNotContain("\r", "\n");
        assertThat(text).endsWith("\r\n");
        assertThat(copy.isEightBit()).isEqualTo(text.chars().anyMatch(c -> c > 0x7f));
        onlyPlacesDiffer(cooked, raw, addressee);

        HeaderBlock header = HeaderBlock.parse(raw);
        HeaderBlock shared = HeaderBlock.parse(cooked.shared());
        if (cooked.plan().places().stream().anyMatch(Place.To.class::isInstance)) {
            assertThat(header.values("To")).hasSize(1);
            MimeMessage read = new MimeMessage(SESSION, new ByteArrayInputStream(raw));
            InternetAddress to = new InternetAddress(read.getHeader("To", null), true);
            assertThat(EmailAddress.parse(to.getAddress())).isEqualTo(EmailAddress.parse(addressee.address()));
            assertThat(to.getPersonal() == null ? "" : to.getPersonal().replaceAll("\\s+", " "))
                    .isEqualTo(addressee.name().replaceAll("\\s+", " "));
        }
        header.remove("To");
        shared.remove("To");
        assertThat(header.toString()).isEqualTo(shared.toString());
    }

    private static void onlyPlacesDiffer(Cooked cooked, byte[] raw, Addressee addressee) {
        ByteArrayOutputStream expected = new ByteArrayOutputStream();
        int at = 0;
        for (Place place : cooked.plan().places()) {
            expected.write(cooked.shared(), at, (int) place.from() - at);
            expected.writeBytes(place.octets(addressee)
                    .orElseGet(() -> Arrays.copyOfRange(cooked.shared(), (int) place.from(), (int) place.to())));
            at = (int) place.to();
        }
        expected.write(cooked.shared(), at, cooked.shared().length - at);
        assertThat(raw).isEqualTo(expected.toByteArray());
    }

    @ParameterizedTest
    @MethodSource("structures")
    void whatTheReaderSeesIsWhatACookForThemAloneWouldHaveGiven(String message) throws Exception {
        for (Footer footer : List.of(FULL, ADDRESS_ONLY)) {
            Cooked cooked = Cooked.of(octets(message), footer, false);
            assertThat(cooked.way()).isNotEqualTo(Way.LEFT_ALONE);
            for (Addressee addressee : ADDRESSEES) {
                byte[] raw = raw(cooked.copies().of(addressee));
                String seen = seen(raw);
                assertThat(seen)
                        .doesNotContain("\ufffd")
                        .startsWith(bare(filled(footer, addressee).above()));
                if (fits(raw, addressee)) {
                    assertThat(seen).endsWith(bare(filled(footer, addressee).below()));
                }
                Cooked alone = Cooked.of(octets(message), filled(footer, addressee), false);
                if (alone.way() == cooked.way() && fits(raw, addressee)) {
                    assertThat(seen).isEqualTo(seen(alone.shared()));
                }
            }
        }
    }

    /** An address that is not ASCII does not fit into every charset: the one thing that may be lost. */
    private static boolean fits(byte[] raw, Addressee addressee) {
        return addressee.address().chars().allMatch(c -> c < 0x80) || !text(raw).contains("charset=iso-");
    }

    /** All text that is shown, without blanks: format=flowed and lines that were too long have some of their own. */
    private static String seen(byte[] raw) throws Exception {
        MimeMessage message = new MimeMessage(SESSION, new ByteArrayInputStream(raw));
        StringBuilder seen = new StringBuilder();
        see(message, seen);
        return bare(seen.toString());
    }

    private static void see(Part part, StringBuilder seen) throws Exception {
        if (part.getContentType().contains("nobody-knows") || part.isMimeType("application/*")) {
            seen.append("cannot be shown");
            return;
        }
        Object content = part.getContent();
        if (content instanceof Multipart parts) {
            for (int i = 0; i < parts.getCount(); i++) {
                BodyPart next = parts.getBodyPart(i);
                see(next, seen);
            }
        } else if (content instanceof InputStream octets) {
            seen.append(text(octets.readAllBytes()));
        } else {
            seen.append(content);
        }
    }

    private static String bare(String text) {
        return text.replaceAll("\\s", "");
    }

    /** Where nothing but the values decides how it is done, it comes to the same octets. */
    @ParameterizedTest
    @MethodSource("structures")
    void theJoinedSegmentsAreTheOctetsOfACookForThemAlone(String message) {
        assertThat(Stream.of(new Footer("", FULL.below()), ADDRESS_ONLY)
                        .mapToLong(footer -> sameOctets(message, footer))
                        .max()
                        .orElseThrow())
                .isGreaterThan(ADDRESSEES.size() / 2);
    }

    /** @return for how many nothing but the values decided */
    private static long sameOctets(String message, Footer footer) {
        Cooked cooked = Cooked.of(octets(message), footer, false);
        long same = 0;
        for (Addressee addressee : ADDRESSEES) {
            Cooked alone = Cooked.of(octets(message), filled(footer, addressee), false);
            String joined = text(raw(cooked.copies().of(addressee)));
            String expected = text(alone.shared());
            if (structureOf(joined).equals(structureOf(expected))) {
                assertThat(withoutBoundary(joined)).isEqualTo(withoutBoundary(expected));
                same++;
            }
        }
        return same;
    }

    private static String structureOf(String message) {
        return message.lines()
                .filter(line -> line.startsWith("Content-"))
                .toList()
                .toString();
    }

    private static String withoutBoundary(String message) {
        return message.replaceAll("=_posthorn_[0-9a-f-]{36}", "=_posthorn_");
    }

    @ParameterizedTest
    @MethodSource("sealed")
    void whatIsSignedOrEncryptedDiffersInItsToOnly(String message) {
        Cooked cooked = Cooked.of(octets(message), FULL, true);
        assertThat(cooked.way()).isEqualTo(Way.LEFT_ALONE);
        for (Addressee addressee : ADDRESSEES) {
            String raw = text(raw(cooked.copies().of(addressee)));
            assertThat(raw.substring(raw.indexOf("\r\n\r\n")))
                    .isEqualTo(message.substring(message.indexOf("\r\n\r\n")));
        }
        Cooked individual = Cooked.of(octets(message), FULL, false);
        assertThat(individual.plan().isEmpty()).isTrue();
        assertThat(individual.copies().isPersonal()).isFalse();
    }

    @Test
    void theSharedCopyTellsOfNobodyAndIsWellFormed() throws Exception {
        Cooked cooked = Cooked.of(octets(mime("text/plain", "7bit", "text\r\n")), FULL, true);
        String seen = seen(cooked.shared());
        assertThat(seen)
                .startsWith("Dear,asyouwished:text")
                .contains("Sentto<>")
                .endsWith("Lastlinefor");
        assertThat(text(cooked.shared()))
                .contains("To: \"The list\" <list@example.org>")
                .doesNotContain("\u00ef\u00b7");
    }

    @Test
    void aMessageWithoutToGetsOne() {
        Cooked cooked = Cooked.of(octets("Subject: s\r\n\r\ntext\r\n"), new Footer("", ""), true);
        assertThat(text(cooked.shared())).isEqualTo("Subject: s\r\n\r\ntext\r\n");
        assertThat(text(raw(cooked.copies().of(ADDRESSEES.get(0)))))
                .isEqualTo("Subject: s\r\nTo: Ann Example <ann@example.com>\r\n\r\ntext\r\n");
    }

    @Test
    void whoHasNoMailboxGetsTheListsTo() {
        Cooked cooked = Cooked.of(octets("To: list@example.org\r\n\r\ntext\r\n"), new Footer("", ""), true);
        assertThat(text(raw(cooked.copies().of(new Addressee("nobody at all", "N", "en")))))
                .isEqualTo("To: list@example.org\r\n\r\ntext\r\n");
    }

    @Test
    void onlyAnAddressBeyondAsciiNeedsMoreOfTheSmarthost() {
        Cooked cooked = Cooked.of(octets(mime("text/plain", "7bit", "text\r\n")), ADDRESS_ONLY, true);
        assertThat(cooked.copies().of(ADDRESSEES.get(0)).isEightBit()).isFalse();
        assertThat(cooked.copies().of(ADDRESSEES.get(2)).isEightBit()).isFalse();
        MessageCopy copy = cooked.copies().of(ADDRESSEES.get(12));
        assertThat(copy.isEightBit()).isTrue();
    }

    @Test
    void everyMessageOfTheCorporaGivesWellFormedCopies() throws Exception {
        if (!Files.isDirectory(CORPORA)) {
            System.err.println("PersonalCopiesTest PROVES LESS HERE: no corpora at " + CORPORA.toAbsolutePath());
        }
        assumeTrue(Files.isDirectory(CORPORA), "the corpora are not at " + CORPORA.toAbsolutePath() + ": skipped");
        int messages = 0;
        int[] ways = new int[Way.values().length];
        for (String folder : List.of("mime", "bounce", "dkim-arc")) {
            List<Path> files;
            try (Stream<Path> found = Files.walk(CORPORA.resolve(folder))) {
                files = found.filter(Files::isRegularFile)
                        .filter(file -> !file.endsWith("EXPECT.tsv"))
                        .sorted()
                        .toList();
            }
            for (Path file : files) {
                Cooked cooked = Cooked.of(Files.readAllBytes(file), FULL, true);
                ways[cooked.way().ordinal()]++;
                for (int i = messages % 4; i < ADDRESSEES.size(); i += 4) {
                    Addressee addressee = ADDRESSEES.get(i);
                    try {
                        wellFormed(cooked, addressee);
                    } catch (AssertionError | Exception e) {
                        throw new AssertionError(file + " for " + addressee, e);
                    }
                }
                messages++;
            }
        }
        assertThat(messages).isGreaterThan(400);
        assertThat(ways).doesNotContain(0);
    }

    @Test
    void aCopysOwnOctetsStayFewWhateverTextAndNameAre() {
        Addressee longest = new Addressee("a".repeat(64) + "@example.com", "\ud83d\udcef".repeat(500), "en");
        Footer many = new Footer("", (NAME + EMAIL + "\n").repeat(10_000));
        Cooked cooked = Cooked.of(octets(mime("text/plain", "7bit", "text\r\n")), many, false);
        String seen = text(raw(cooked.copies().of(longest)));
        assertThat(seen.length()).isLessThan(cooked.shared().length + 100 * 3 * 200 * 2);
        assertThat(seen).contains("=F0=9F=93=AF").doesNotContain("=3F");
    }

    @Test
    void aPlanSurvivesItsText() {
        CopyPlan plan = Cooked.of(octets(base64(100, "text/plain; charset=utf-8")), FULL, true)
                .plan();
        assertThat(plan.places()).hasSize(3);
        assertThat(CopyPlan.parse(plan.text()).text()).isEqualTo(plan.text());
        assertThat(plan.needsMore()).isTrue();
        assertThat(new String(plan.text().getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))
                .isEqualTo(plan.text());
    }
}
