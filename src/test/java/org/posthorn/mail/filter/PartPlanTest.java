package org.posthorn.mail.filter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.posthorn.mail.HeaderBlock;
import org.posthorn.mail.MailMessage;
import org.posthorn.mail.Octets;
import org.posthorn.mail.filter.Refusal.Cause;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class PartPlanTest {

    private static final FilterRules ALL = rules("", "", "", "");

    private static final String MIXED = """
            From: ann@example.com
            Subject: s
            MIME-Version: 1.0
            Content-Type: multipart/mixed; boundary="b"

            For old readers.
            --b
            Content-Type: text/plain; charset=utf-8
            X-Own: stays

            The text.
            --b
            Content-Type: image/png; name="logo.png"
            Content-Transfer-Encoding: base64

            iVBORw0KGgo=
            --b
            Content-Type: application/octet-stream
            Content-Disposition: attachment; filename="Setup.EXE"

            MZ
            --b--
            After all.
            """;

    private static final String ALTERNATIVE = """
            From: ann@example.com
            Subject: s
            MIME-Version: 1.0
            Content-Type: multipart/alternative; boundary="a"
            X-Mine: 1

            --a
            Content-Type: text/plain; charset=utf-8
            Content-Transfer-Encoding: 8bit

            Gr\u00fc\u00dfe
            --a
            Content-Type: text/html

            <p>Gr&uuml;&szlig;e</p>
            --a--
            """;

    private static FilterRules rules(String types, String pass, String extensions, String passExtensions) {
        return new FilterRules(
                true, set(types), set(pass), set(extensions), set(passExtensions), true, false, FilterRules.NO_LINKS);
    }

    private static Set<String> set(String words) {
        return words.isEmpty() ? Set.of() : FilterRules.types(List.of(words.split(" ")));
    }

    private static FilterRules htmlToText() {
        return new FilterRules(true, Set.of(), Set.of(), Set.of(), Set.of(), true, true, FilterRules.NO_LINKS);
    }

    private static final class Filtered {
        private final PartPlan plan;
        private final String message;

        Filtered(String text, FilterRules rules, Shelf shelf) {
            try {
                byte[] octets = text.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
                Octets body =
                        () -> MailMessage.open(new ByteArrayInputStream(octets)).body();
                HeaderBlock header = HeaderBlock.parse(octets);
                plan = PartPlan.of(header, body, rules);
                ByteArrayOutputStream written = new ByteArrayOutputStream();
                if (plan.isChange()) {
                    plan.write(header, body, written, shelf);
                    message = header + written.toString(StandardCharsets.UTF_8);
                } else {
                    message = text.replace("\n", "\r\n");
                }
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }

        String message() {
            return message.replace("\r\n", "\n");
        }

        List<String> changes() {
            return plan.changes().stream().map(Change::toString).toList();
        }
    }

    private static Filtered filter(String message, FilterRules rules) {
        return new Filtered(message, rules, Shelf.NONE);
    }

    @Test
    void whatNoRuleForbidsShouldStayAsItIs() {
        Filtered filtered = filter(MIXED, ALL);

        assertThat(filtered.plan.isChange()).isFalse();
        assertThat(filtered.changes()).isEmpty();
        assertThat(filtered.plan.refusal()).isEmpty();
    }

    @Test
    void aForbiddenTypeAndAForbiddenExtensionShouldGoAndTheRestStayAsItCame() {
        Filtered filtered = filter(MIXED + "", rules("image", "", "exe", ""));

        assertThat(filtered.changes())
                .containsExactly(
                        "removed image/png \"logo.png\" (filter_types)",
                        "removed application/octet-stream \"Setup.EXE\" (filter_extensions)");
        assertThat(filtered.message()).isEqualTo("""
                From: ann@example.com
                Subject: s
                MIME-Version: 1.0
                Content-Type: text/plain; charset=utf-8

                The text.
                """);
    }

    @Test
    void aMultipartOfWhichSeveralPartsStayShouldStayOne() {
        Filtered filtered = filter(MIXED, rules("application/octet-stream", "", "", ""));

        assertThat(filtered.message()).isEqualTo("""
                From: ann@example.com
                Subject: s
                MIME-Version: 1.0
                Content-Type: multipart/mixed; boundary="b"

                For old readers.
                --b
                Content-Type: text/plain; charset=utf-8
                X-Own: stays

                The text.
                --b
                Content-Type: image/png; name="logo.png"
                Content-Transfer-Encoding: base64

                iVBORw0KGgo=
                --b--
                After all.

                """);
    }

    @Test
    void typesThatMayPassShouldHaveToBeNamedAlsoThoseOfMultiparts() {
        assertThat(filter(MIXED, rules("", "text/plain", "", "")).plan.refusal())
                .contains(new Refusal(Cause.TYPE_NOT_ALLOWED, "multipart/mixed"));
        assertThat(filter(MIXED, rules("", "multipart text/plain", "", "")).message())
                .contains("Content-Type: text/plain; charset=utf-8\n\nThe text.\n")
                .doesNotContain("png", "MZ");
    }

    @Test
    void anExtensionThatMayPassShouldHaveToBeNamedAndNoNameIsNone() {
        Filtered filtered = filter(MIXED, rules("", "", "", "png"));

        assertThat(filtered.message()).contains("The text.", "logo.png").doesNotContain("MZ");
    }

    @Test
    void theMessagesOwnTypeAndExtensionShouldBeJudgedFirst() {
        assertThat(filter(MIXED, rules("multipart/mixed", "", "", "")).plan.refusal())
                .contains(new Refusal(Cause.TYPE_FORBIDDEN, "multipart/mixed"));
        String zip = "Content-Type: application/zip\nContent-Disposition: attachment; filename=a.zip\n\nPK\n";
        assertThat(filter(zip, rules("", "", ".zip", "")).plan.refusal()).isEmpty();
        assertThat(filter(zip, rules("", "", "zip", "")).plan.refusal())
                .contains(new Refusal(Cause.EXTENSION_FORBIDDEN, "zip"));
        assertThat(filter(zip, rules("", "", "", "pdf")).plan.refusal())
                .contains(new Refusal(Cause.EXTENSION_NOT_ALLOWED, "zip"));
    }

    @Test
    void nothingShouldBeLeftOfAMessageWhosePartsAllGo() {
        Filtered filtered = filter(MIXED, rules("text image application", "", "", ""));

        assertThat(filtered.plan.refusal())
                .contains(new Refusal(
                        Cause.NOTHING_LEFT, "text/plain, logo.png (image/png), Setup.EXE (application/octet-stream)"));
        assertThat(filtered.plan.isChange()).isFalse();
    }

    @Test
    void ofAlternativesTheFirstThatSaysSomethingShouldStay() {
        assertThat(filter(ALTERNATIVE, ALL).message()).isEqualTo("""
                From: ann@example.com
                Subject: s
                MIME-Version: 1.0
                X-Mine: 1
                Content-Type: text/plain; charset=utf-8
                Content-Transfer-Encoding: 8bit

                Gr\u00fc\u00dfe
                """);
        assertThat(filter(ALTERNATIVE.replace("Gr\u00fc\u00dfe\n", " \n"), ALL).message())
                .as("an empty text is not kept in the place of one that is not")
                .contains("Content-Type: text/html\n\n<p>");
        for (String empty :
                List.of("base64|DQo=", "base64|IA==", "quoted-printable|=20", "quoted-printable|=0D=0A=A0=")) {
            String encoded = ALTERNATIVE
                    .replace("Transfer-Encoding: 8bit", "Transfer-Encoding: " + empty.split("\\|")[0])
                    .replace("Gr\u00fc\u00dfe\n", empty.split("\\|")[1] + "\n");
            assertThat(filter(encoded, ALL).message()).as(empty).contains("Content-Type: text/html\n\n<p>");
        }
        assertThat(filter(
                                ALTERNATIVE
                                        .replace("Transfer-Encoding: 8bit", "Transfer-Encoding: base64")
                                        .replace("Gr\u00fc\u00dfe\n", "SGk=\n"),
                                ALL)
                        .message())
                .as("a short text that says something")
                .contains("text/plain", "SGk=");
        assertThat(filter(ALTERNATIVE, rules("text/plain", "", "", "")).message())
                .as("of those that remain")
                .contains("Content-Type: text/html\n\n<p>");
    }

    @Test
    void alternativeThatIsSignedOrEncryptedShouldNotBeCollapsedAway() {
        String sealed = ALTERNATIVE.replace(
                "Content-Type: text/html\n\n<p>Gr&uuml;&szlig;e</p>",
                "Content-Type: application/pkcs7-mime; smime-type=signed-data\n\nMIAGCSqGSIb3DQEHAqCAMIACAQExCzAJ");

        assertThat(filter(sealed, ALL).message()).contains("Gr\u00fc\u00dfe", "MIAGCSqGSIb3");
    }

    @Test
    void alternativesWithinOtherPartsShouldBeReplacedByTheFirst() {
        String inner = ALTERNATIVE.substring(ALTERNATIVE.indexOf("Content-Type"));
        String message = "Subject: s\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n--b\n"
                + inner.replace("X-Mine: 1\n", "") + "\n--b\nContent-Type: image/png\n\nx\n--b--\n";

        assertThat(filter(message, ALL).message()).isEqualTo("""
                Subject: s
                MIME-Version: 1.0
                Content-Type: multipart/mixed; boundary=b

                --b
                Content-Type: text/plain; charset=utf-8
                Content-Transfer-Encoding: 8bit

                Gr\u00fc\u00dfe
                --b
                Content-Type: image/png

                x
                --b--
                """);
    }

    @Test
    void htmlShouldBecomeTextWithTheRightCharset() {
        String message = """
                Subject: s
                MIME-Version: 1.0
                Content-Type: text/html; charset=iso-8859-1
                Content-Transfer-Encoding: quoted-printable

                <p>Gr=FC=DFe an <a href=3D"https://example.org/a?b=3Dc">alle</a></p>
                """;

        assertThat(filter(message, htmlToText()).message()).isEqualTo("""
                Subject: s
                MIME-Version: 1.0
                Content-Type: text/plain; charset=utf-8
                Content-Transfer-Encoding: quoted-printable
                Content-Disposition: inline

                Gr=C3=BC=C3=9Fe an alle <https://example.org/a?b=3Dc>
                """);
    }

    @Test
    void htmlWithinAMessageWithinAMessageShouldBecomeTextAndTheInnerHeaderStay() {
        String message = """
                Subject: outer
                MIME-Version: 1.0
                Content-Type: multipart/mixed; boundary=b

                --b
                Content-Type: text/plain

                See below.
                --b
                Content-Type: message/rfc822

                From: bob@example.com
                Content-Type: text/html;
                 charset=utf-8
                Subject: inner
                 goes on
                Content-Transfer-Encoding: 7bit

                <b>bold</b> words
                --b--
                """;

        assertThat(filter(message, htmlToText()).message()).contains("""
                Content-Type: message/rfc822

                From: bob@example.com
                Subject: inner
                 goes on
                Content-Type: text/plain; charset=us-ascii
                Content-Transfer-Encoding: 7bit
                Content-Disposition: inline

                bold words

                --b--
                """);
    }

    @Test
    void partsOfAForwardedMessageShouldBeFilteredTooAndItGoWhenNothingIsLeft() {
        String forwarded = MIXED.substring(MIXED.indexOf("From"));
        String message = "Subject: s\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=o\n\n--o\n"
                + "Content-Type: text/plain\n\nFyi\n--o\nContent-Type: message/rfc822\n\n" + forwarded + "--o--\n";

        assertThat(filter(message, rules("image", "", "exe", "")).message())
                .contains("message/rfc822", "The text.")
                .doesNotContain("png", "MZ");
        assertThat(filter(message, rules("image application text", "", "", ""))
                        .plan
                        .refusal())
                .map(Refusal::cause)
                .contains(Cause.NOTHING_LEFT);
        assertThat(filter(message, rules("message", "", "", "")).message())
                .contains("Fyi")
                .doesNotContain("message/rfc822");
    }

    private static String signed(String content) {
        return "Subject: s\nMIME-Version: 1.0\nContent-Type: multipart/signed; boundary=s\n\n--s\n" + content
                + "\n--s\nContent-Type: application/pgp-signature; name=signature.asc\n\n-----BEGIN PGP\n--s--\n";
    }

    @Test
    void signedMailShouldStayIntactOrGoAsAWhole() {
        String html = signed(
                ALTERNATIVE.substring(ALTERNATIVE.indexOf("Content-Type")).replace("X-Mine: 1\n", ""));
        FilterRules strict = new FilterRules(
                true,
                Set.of("text/html", "image"),
                Set.of("multipart", "text"),
                Set.of("exe"),
                Set.of("txt"),
                true,
                true,
                1);

        assertThat(filter(html, strict).plan.isChange()).isFalse();
        assertThat(filter(html, strict).plan.refusal()).isEmpty();
        assertThat(filter(signed(MIXED.substring(MIXED.indexOf("Content-Type"))), strict)
                        .plan
                        .refusal())
                .map(Refusal::cause)
                .contains(Cause.NOTHING_LEFT);
        assertThat(filter(html, rules("application", "", "asc", "")).plan.isChange())
                .as("a signature is not judged")
                .isFalse();
        assertThat(filter(html.replace("application/pgp-signature; name=signature.asc", "application/x-evil"), strict)
                        .plan
                        .refusal())
                .as("what poses as one is")
                .isPresent();
        assertThat(filter(html, rules("multipart/signed", "", "", "")).plan.refusal())
                .contains(new Refusal(Cause.TYPE_FORBIDDEN, "multipart/signed"));
    }

    @Test
    void somethingSignedAmongOthersShouldStayIntactOrGoAsAWhole() {
        String part = signed(
                "Content-Type: multipart/mixed; boundary=m\n\n--m\nContent-Type: text/html\n\n<b>x</b>\n--m--\n");
        String inner = part.substring(part.indexOf("Content-Type"));
        String message = "Subject: s\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n--b\n" + inner
                + "--b\nContent-Type: text/html\n\n<i>y</i>\n--b--\n";

        assertThat(filter(message, htmlToText()).message()).contains(inner.stripTrailing(), "\ny\n");
        String withImage = message.replace("text/html\n\n<b>x", "image/png\n\n<b>x");
        assertThat(filter(withImage, rules("image", "", "", "")).message())
                .isEqualTo("Subject: s\nMIME-Version: 1.0\nContent-Type: text/html\n\n<i>y</i>\n");
    }

    @Test
    void encryptedMailShouldBeJudgedByItsOwnTypeAlone() {
        String message = "Subject: s\nMIME-Version: 1.0\nContent-Type: multipart/encrypted; boundary=s\n\n--s\n"
                + "Content-Type: application/pgp-encrypted\n\nVersion: 1\n--s\n"
                + "Content-Type: application/octet-stream; name=encrypted.asc\n\n-----BEGIN PGP MESSAGE-----\n--s--\n";

        assertThat(filter(message, rules("", "multipart text/plain", "", "txt"))
                        .plan
                        .refusal())
                .isEmpty();
        assertThat(filter(message, rules("", "multipart/mixed", "", "")).plan.refusal())
                .contains(new Refusal(Cause.TYPE_NOT_ALLOWED, "multipart/encrypted"));
    }

    @Test
    void htmlThatHoldsSomethingSignedShouldStay() {
        String message = "Content-Type: text/html\n\n<pre>\n-----BEGIN PGP SIGNED MESSAGE-----\nx</pre>\n";

        assertThat(filter(message, htmlToText()).message())
                .contains("Content-Type: text/html\n", "\n\n<pre>\n-----BEGIN");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "attachment; filename=\"a.exe\"",
                "attachment; filename=a.EXE",
                "attachment; filename=\"a.exe. \"",
                "attachment; filename*=utf-8''a%2Eexe",
                "attachment; filename*0=\"a.e\"; filename*1=\"xe\"",
                "attachment; filename*0*=utf-8''a%2E; filename*1=exe",
                "attachment; filename=\"=?utf-8?B?YS5leGU=?=\"",
                "attachment; filename=\"C:\\\\x\\\\a.exe\"",
                "attachment;\n filename=\"a.exe\"",
                "attachment; filename=\".exe\"",
                "inline; filename=\"a.exe\"",
                "attachment; filename=\"a.txt\"\nContent-Disposition: attachment; filename=\"a.exe\"",
                "attachment; filename=\"a.txt\"\nContent-Type: text/plain; name=\"a.exe\""
            })
    void aForbiddenExtensionShouldBeSeenHoweverItIsWritten(String disposition) {
        String message = "Content-Type: multipart/mixed; boundary=b\n\n--b\n\nText\n--b\nContent-Disposition: "
                + disposition + "\n\nMZ\n--b--\n";

        Filtered filtered = filter(message, rules("", "", "exe", ""));

        assertThat(filtered.changes()).hasSize(1);
        assertThat(filtered.message()).contains("Text").doesNotContain("MZ");
    }

    @Test
    void aTypeSaidTwiceShouldBeForbiddenWhenEitherIs() {
        String message =
                "Content-Type: multipart/mixed; boundary=b\n\n--b\n\nText\n--b\nContent-Type: text/plain\nContent-Type: application/zip\n\nPK\n--b--\n";

        assertThat(filter(message, rules("application/zip", "", "", "")).message())
                .doesNotContain("PK");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Type: multipart/mixed\n\n--b\nContent-Type: text/plain\n\nx\n--b--\n",
                "Content-Type: multipart/mixed; boundary=b\n\nno delimiter\n",
                "Content-Type: multipart/mixed; boundary=b\n\n--b--\n",
                "Content-Type: multipart/mixed; boundary=b\n\n",
                "Content-Type: multipart/mixed; boundary=\"\"\n\n--\n\nx\n",
                "Content-Type: multipart/alternative; boundary=b\n\n--b",
                "Content-Type: message/rfc822\n\n",
                "Content-Type: message/rfc822",
                "",
                "\n",
                "no header at all"
            })
    void whatCannotBeUnderstoodShouldPassAsItIs(String message) {
        Filtered filtered = filter(message, rules("image", "", "exe", ""));

        assertThat(filtered.plan.refusal()).isEmpty();
        assertThat(filtered.message()).isEqualTo(message);
    }

    @Test
    void aBoundaryThatIsTooLongShouldHideNothing() {
        String boundary = "x".repeat(600);
        String message = "Content-Type: multipart/mixed; boundary=" + boundary + "\n\n--" + boundary + "\n\nText\n--"
                + boundary + "\nContent-Type: image/png\n\nPNG\n--" + boundary + "--\n";

        assertThat(filter(message, rules("image", "", "", "")).message())
                .contains("Text")
                .doesNotContain("PNG");
    }

    @Test
    void aMultipartThatIsNeverClosedShouldBeClosed() {
        String message =
                "Content-Type: multipart/mixed; boundary=b\n\n--b\n\none\n--b\n\ntwo\n--b\nContent-Type: image/png\n\nx\n";

        assertThat(filter(message, rules("image", "", "", "")).message())
                .isEqualTo("Content-Type: multipart/mixed; boundary=b\n\n--b\n\none\n--b\n\ntwo\n--b--\n");
    }

    @Test
    void whatIsNestedTooDeeplyToBeLookedAtShouldGoWhenTheFilterIsOn() {
        StringBuilder message = new StringBuilder("Content-Type: multipart/mixed; boundary=b0\n\n--b0\n\nText\n--b0\n");
        for (int i = 1; i <= 200; i++) {
            message.append("Content-Type: multipart/mixed; boundary=b")
                    .append(i)
                    .append("\n\n--b")
                    .append(i)
                    .append('\n');
        }
        message.append("Content-Type: application/x-evil\n\nMZ\n");

        assertThat(filter(message.toString(), rules("application/x-evil", "", "", ""))
                        .message())
                .contains("Text")
                .doesNotContain("MZ");
        FilterRules linksOnly = new FilterRules(false, Set.of(), Set.of(), Set.of(), Set.of(), false, false, 1);
        assertThat(filter(message.toString(), linksOnly).plan.isChange()).isFalse();
    }

    @Test
    void tooManyPartsShouldGoAndAmongThemWhatIsForbidden() {
        String message = "Content-Type: multipart/mixed; boundary=b\n\n" + "--b\n\nx\n".repeat(100_000)
                + "--b\nContent-Type: application/x-evil\n\nMZ\n--b--\n";

        Filtered filtered = filter(message, rules("application/x-evil", "", "", ""));

        assertThat(filtered.message())
                .doesNotContain("MZ")
                .contains("--b\n\nx\n")
                .endsWith("--b--\n");
        assertThat(filtered.changes())
                .containsExactly("removed multipart/mixed (nested too deeply, or too many parts)");
    }

    @Test
    void delimitersWithoutEndShouldTakeLinearTime() {
        String deep = "Content-Type: multipart/mixed; boundary=b\n\n"
                + "--b\nContent-Type: multipart/mixed; boundary=b\n\n".repeat(200_000);
        filter(deep, rules("image", "", "", ""));
        filter("Content-Type: multipart/mixed; boundary=b\n\n" + "--".repeat(5_000_000), rules("image", "", "", ""));
        filter(
                "Content-Type: multipart/mixed; boundary=b\n\n--b\n" + "X: y\n".repeat(2_000_000),
                rules("image", "", "", ""));
        filter(
                "Content-Type: multipart/mixed; boundary=b\n\n--b\nX: " + "y".repeat(10_000_000),
                rules("image", "", "", ""));
    }

    private static final class OnShelf implements Shelf {

        private final List<String> kept = new ArrayList<>();

        @Override
        public Place place(int number, String type, String name) {
            ByteArrayOutputStream octets = new ByteArrayOutputStream();
            return new Place() {
                @Override
                public OutputStream octets() {
                    return octets;
                }

                @Override
                public String notice() {
                    kept.add(number + " " + type + " " + name + " " + octets.toString(StandardCharsets.ISO_8859_1));
                    return "--b is kept\n--b\n";
                }
            };
        }
    }

    @Test
    void whatIsLargeAndNeitherTextNorSignedShouldBeKeptAndANoticeStandInItsPlace() {
        FilterRules links = new FilterRules(false, Set.of(), Set.of(), Set.of(), Set.of(), false, false, 99);
        String large = Base64.getMimeEncoder(76, new byte[] {'\n'})
                .encodeToString("0123456789".repeat(10).getBytes());
        String message = "Subject: s\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\n"
                + "text ".repeat(100)
                + "\n--b\nContent-Type: image/png; name=a.png\nContent-Transfer-Encoding: base64\n\n"
                + large + "\n--b\nContent-Type: application/pdf; name=b.pdf\n\n" + "small\n--b--\n";
        OnShelf shelf = new OnShelf();

        Filtered filtered = new Filtered(message, links, shelf);

        assertThat(shelf.kept).containsExactly("2 image/png a.png " + "0123456789".repeat(10));
        assertThat(filtered.changes()).containsExactly("replaced by a link image/png \"a.png\"");
        assertThat(filtered.message())
                .contains("text text", "b.pdf", "small")
                .contains(
                        "--b\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n",
                        Base64.getEncoder().encodeToString("--b is kept\r\n--b\r\n".getBytes()))
                .doesNotContain(large.substring(0, 20));
        OnShelf whole = new OnShelf();
        assertThat(new Filtered("Subject: s\nContent-Type: application/pdf\n\n" + "x".repeat(100), links, whole)
                        .message())
                .startsWith("Subject: s\nContent-Type: text/plain; charset=us-ascii\n")
                .contains("MIME-Version: 1.0\n")
                .endsWith("--b is kept\n--b\n");
    }

    @Test
    void aLargeMessageShouldNeverBeInMemoryAsAWhole() throws IOException {
        long size = 400L * 1024 * 1024;
        String start =
                "--b\nContent-Type: text/plain\n\ntext\n--b\nContent-Type: image/png\nContent-Transfer-Encoding: base64\n\n";
        Octets body = () -> new Endless(start.replace("\n", "\r\n"), size);
        HeaderBlock header = HeaderBlock.parse("Content-Type: multipart/mixed; boundary=b\r\n\r\n".getBytes());
        long before = used();

        PartPlan plan = PartPlan.of(header, body, rules("image", "", "", ""));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        plan.write(header, body, out, Shelf.NONE);

        assertThat(out.toString(StandardCharsets.US_ASCII)).isEqualTo("text\r\n");
        assertThat(used() - before).isLessThan(64L * 1024 * 1024);
    }

    private static long used() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    /** A start, then lines of base64. */
    private static final class Endless extends InputStream {

        private static final byte[] LINE = ("QUJD".repeat(19) + "\r\n").getBytes(StandardCharsets.US_ASCII);

        private final byte[] start;
        private final long size;
        private long position;

        Endless(String start, long size) {
            this.start = start.getBytes(StandardCharsets.US_ASCII);
            this.size = size;
        }

        @Override
        public int read() {
            return position >= size ? -1 : at(position++);
        }

        private int at(long where) {
            return where < start.length ? start[(int) where] : LINE[(int) ((where - start.length) % LINE.length)];
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            if (position >= size) {
                return -1;
            }
            int count = (int) Math.min(length, size - position);
            for (int i = 0; i < count; i++) {
                target[offset + i] = (byte) at(position + i);
            }
            position += count;
            return count;
        }
    }
}
