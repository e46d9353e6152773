package org.posthorn.mail;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Properties;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.posthorn.mail.Decoration.Way;

class DecorationTest {

    private static final Footer PLAIN = new Footer("", "____\nTest list\n");
    private static final Footer BOTH = new Footer("Above\n", "Below\n");
    private static final Footer UMLAUT = new Footer("", "F\u00fc\u00dfe\n");
    private static final String FROM = "From: a@example.com\r\n";

    private record Result(Way way, byte[] octets) {

        String text() {
            return new String(octets, StandardCharsets.ISO_8859_1);
        }

        MimeMessage message() throws Exception {
            return new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(octets));
        }

        Part part(int... path) throws Exception {
            Part part = message();
            for (int index : path) {
                part = ((Multipart) part.getContent()).getBodyPart(index);
            }
            return part;
        }

        String content(int... path) throws Exception {
            return (String) part(path).getContent();
        }
    }

    private static Result decorate(String message, Footer footer) throws IOException {
        return decorate(message.getBytes(StandardCharsets.ISO_8859_1), footer);
    }

    private static Result decorate(byte[] octets, Footer footer) throws IOException {
        MailMessage message = MailMessage.open(new ByteArrayInputStream(octets));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Way way =
                Decoration.apply(message.header(), message.body(), footer, out).way();
        assertThat(out.toString(StandardCharsets.ISO_8859_1)).doesNotContainPattern("(?<!\r)\n|\r(?!\n)|\0");
        return new Result(way, out.toByteArray());
    }

    private static String mime(String contentType, String encoding, String body) {
        return FROM + "MIME-Version: 1.0\r\nContent-Type: " + contentType + "\r\nContent-Transfer-Encoding: " + encoding
                + "\r\n\r\n" + body;
    }

    @Test
    void plainTextShouldGetTheTextsAroundIt() throws Exception {
        Result result = decorate(FROM + "\r\nHello\r\n", BOTH);
        assertThat(result.way()).isEqualTo(Way.APPENDED);
        assertThat(result.text()).isEqualTo(FROM + "\r\nAbove\r\nHello\r\nBelow\r\n");
    }

    @ParameterizedTest
    @CsvSource(
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "Hello,Hello\\r\\n",
                "Hello\\n,Hello\\r\\n",
                "Hello\\r,Hello\\r\\n",
                "Hello\\r\\n,Hello\\r\\n",
                "'',''",
                "a\\n\\n,a\\r\\n\\r\\n"
            })
    void footerShouldBeginOnALineOfItsOwn(String body, String expected) throws Exception {
        assertThat(decorate(FROM + "\r\n" + body.translateEscapes(), PLAIN).text())
                .isEqualTo(FROM + "\r\n" + expected.translateEscapes() + "____\r\nTest list\r\n");
    }

    @Test
    void sevenBitTextShouldBecomeUtf8WhenTheFooterNeedsIt() throws Exception {
        Result result = decorate(FROM + "\r\nHello = x\r\n", UMLAUT);
        assertThat(result.way()).isEqualTo(Way.APPENDED);
        assertThat(result.content()).isEqualTo("Hello = x\r\nF\u00fc\u00dfe\r\n");
        assertThat(result.text())
                .contains("MIME-Version: 1.0\r\n")
                .contains("charset=utf-8")
                .contains("Content-Transfer-Encoding: quoted-printable");
    }

    @Test
    void undeclaredEightBitTextShouldBeWrappedWhenTheFooterNeedsACharset() throws Exception {
        Result result = decorate(FROM + "\r\ncaf\u00e9\r\n", UMLAUT);
        assertThat(result.way()).isEqualTo(Way.WRAPPED);
        assertThat(result.text()).contains("\r\n\r\ncaf\u00e9\r\n");
        assertThat(result.content(1)).isEqualTo("F\u00fc\u00dfe\r\n".stripTrailing());
    }

    @ParameterizedTest
    @CsvSource({
        "utf-8,8bit",
        "utf-8,7bit",
        "utf-8,quoted-printable",
        "utf-8,base64",
        "iso-8859-1,8bit",
        "iso-8859-1,quoted-printable",
        "iso-8859-1,base64",
        "windows-1252,8bit",
        "utf-8,binary"
    })
    void footerShouldBeInTheMessagesOwnCharsetAndEncoding(String charset, String encoding) throws Exception {
        byte[] text = "caf\u00e9\r\n".getBytes(Charset.forName(charset));
        byte[] body = switch (encoding) {
            case "quoted-printable" -> QuotedPrintable.encode(text);
            case "base64" -> Base64.getMimeEncoder().encode(text);
            default -> text;
        };
        String message =
                mime("text/plain; charset=" + charset, encoding, new String(body, StandardCharsets.ISO_8859_1));
        Result result = decorate(message, new Footer("\u00dcber", "F\u00fc\u00dfe"));
        assertThat(result.way()).isEqualTo(Way.APPENDED);
        assertThat(result.content()).isEqualTo("\u00dcber\r\ncaf\u00e9\r\nF\u00fc\u00dfe\r\n");
        assertThat(result.part().getContentType()).contains(charset);
        assertThat(result.message().getHeader("Content-Transfer-Encoding"))
                .containsExactly(encoding.equals("7bit") ? "quoted-printable" : encoding);
    }

    @Test
    void japaneseTextShouldGetAJapaneseFooter() throws Exception {
        String body = new String("\u65e5\u672c\r\n".getBytes("ISO-2022-JP"), StandardCharsets.US_ASCII);
        Result result = decorate(mime("text/plain; charset=ISO-2022-JP", "7bit", body), new Footer("", "\u8a9e"));
        assertThat(result.content()).isEqualTo("\u65e5\u672c\r\n\u8a9e\r\n");
        assertThat(result.text()).contains("Content-Transfer-Encoding: 7bit");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"iso-8859-1", "koi8-r", "utf-16", "utf-16le", "x-no-such", "../../x", "Cp037", "\"\"", "utf-7"})
    void charsetThatCannotCarryTheFooterShouldBeWrapped(String charset) throws Exception {
        Result result = decorate(
                mime("text/plain; charset=" + charset, "base64", "aGVsbG8=\r\n"), new Footer("", "\u65e5\u672c"));
        assertThat(result.way()).isEqualTo(Way.WRAPPED);
        assertThat(result.part(0).getInputStream().readAllBytes())
                .asString(StandardCharsets.US_ASCII)
                .isEqualTo("hello");
        assertThat(result.content(1)).isEqualTo("\u65e5\u672c");
        assertThat(result.message().getHeader("Content-Transfer-Encoding")).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "Hello=,Hello\\r\\n",
                "Hello=\\r\\n,Hello\\r\\n",
                "Hello,Hello\\r\\n",
                "Hello=20\\r\\n,Hello \\r\\n",
                "Hello=\\n=\\n,Hello\\r\\n",
                "=,\\r\\n"
            })
    void softLineBreakAtTheEndShouldNotSwallowTheFooter(String body, String expected) throws Exception {
        Result result = decorate(mime("text/plain", "quoted-printable", body.translateEscapes()), PLAIN);
        assertThat(result.content()).isEqualTo(expected.translateEscapes() + "____\r\nTest list\r\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"%%%%\r\n", "aGVsbG8=\r\nmore text after\r\n", "aGVsbG8\r\n", "aGVs=bG8=\r\n", "hello world!"})
    void brokenBase64ShouldBeWrappedAsItIs(String body) throws Exception {
        Result result = decorate(mime("text/plain", "base64", body), PLAIN);
        assertThat(result.way()).isEqualTo(Way.WRAPPED);
        assertThat(result.text()).contains("Content-Transfer-Encoding: base64\r\n\r\n" + body);
        assertThat(result.content(1)).startsWith("____\r\nTest list");
    }

    @Test
    void flowedTextShouldNotFlowIntoTheFooter() throws Exception {
        Footer footer = new Footer("", "-- \n> not quoted\nFrom here\n");
        Result result = decorate(mime("text/plain; format=flowed", "7bit", "It flows \r\n"), footer);
        assertThat(result.content()).isEqualTo("It flows \r\n\r\n-- \r\n > not quoted\r\n From here\r\n");
        assertThat(decorate(mime("text/plain; format=flowed", "quoted-printable", "It flows=20\r\n"), footer)
                        .content())
                .isEqualTo("It flows \r\n\r\n-- \r\n > not quoted\r\n From here\r\n");
        assertThat(decorate(mime("text/plain; format=flowed", "7bit", "It ends\r\n"), PLAIN)
                        .content())
                .isEqualTo("It ends\r\n____\r\nTest list\r\n");
    }

    @Test
    void multipartMixedShouldGetParts() throws Exception {
        String body =
                "preamble\r\n--b\r\n\r\none\r\n--b\r\nContent-Type: text/html\r\n\r\n<b>two</b>\r\n--b--\r\nepilogue\r\n--b--\r\n";
        Result result = decorate(mime("multipart/mixed; boundary=b", "7bit", body), BOTH);
        assertThat(result.way()).isEqualTo(Way.INSERTED);
        Multipart parts = (Multipart) result.message().getContent();
        assertThat(parts.getCount()).isEqualTo(4);
        assertThat(result.content(0)).isEqualTo("Above");
        assertThat(result.content(1)).isEqualTo("one");
        assertThat(result.content(2)).isEqualTo("<b>two</b>");
        assertThat(result.content(3)).isEqualTo("Below");
        assertThat(result.text()).endsWith("--b--\r\nepilogue\r\n--b--\r\n").contains("\r\n\r\npreamble\r\n--b\r\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--b\r\n\r\none",
                "--b\r\n\r\none\r\n",
                "--b\n\none\n",
                "--b  \r\n\r\none\r\n--b-",
                "--b\r\n\r\none\r\n--bb--\r\n"
            })
    void missingClosingDelimiterShouldBeSupplied(String body) throws Exception {
        Result result = decorate(mime("multipart/mixed; boundary=b", "7bit", body), PLAIN);
        assertThat(result.way()).isEqualTo(Way.INSERTED);
        assertThat(((Multipart) result.message().getContent()).getCount()).isEqualTo(2);
        assertThat(result.content(0)).startsWith("one");
        assertThat(result.content(1)).isEqualTo("____\r\nTest list");
        assertThat(result.text()).endsWith("\r\n--b--\r\n");
    }

    private static MultipartInserter.Part part(OutputStream out, String octets) {
        return new MultipartInserter.Part() {
            @Override
            public boolean isEmpty() {
                return false;
            }

            @Override
            public void write() throws IOException {
                out.write(octets.getBytes(StandardCharsets.US_ASCII));
            }
        };
    }

    @Test
    void delimitersShouldBeKnownWhereverTheOctetsAreCut() throws Exception {
        String body = "--bo\r\n\r\none\r\n--box\r\n--b\r\n--bo \t\r\n\r\ntwo\r\n--bo-- \r\n";
        String expected =
                "--bo\r\nU\r\n--bo\r\n\r\none\r\n--box\r\n--b\r\n--bo \t\r\n\r\ntwo\r\n--bo\r\nV\r\n--bo-- \r\n";
        for (int step = 1; step < body.length(); step++) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            MultipartInserter inserter = new MultipartInserter(out, "bo", part(out, "U\r\n"), part(out, "V\r\n"));
            for (int i = 0; i < body.length(); i += step) {
                inserter.write(body.getBytes(StandardCharsets.US_ASCII), i, Math.min(step, body.length() - i));
            }
            inserter.finish();
            assertThat(out.toString(StandardCharsets.US_ASCII)).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "multipart/alternative; boundary=b",
                "multipart/related; boundary=b",
                "multipart/report; boundary=b; report-type=x",
                "text/html",
                "message/rfc822",
                "image/png",
                "application/octet-stream",
                "nonsense",
                "multipart/mixed",
                "multipart/mixed; boundary=\"\"",
                "multipart/mixed; boundary=other",
                "text/plain; charset=x-no-such"
            })
    void everythingElseShouldBecomeThePartOfANewMultipart(String type) throws Exception {
        String body = "--b\r\n\r\nx\r\n--b--\r\n";
        Result result = decorate(mime(type, "7bit", body), BOTH);
        assertThat(result.way()).isEqualTo(Way.WRAPPED);
        assertThat(((Multipart) result.message().getContent()).getCount()).isEqualTo(3);
        assertThat(result.content(0)).isEqualTo("Above");
        assertThat(result.content(2)).isEqualTo("Below");
        assertThat(result.text())
                .contains(
                        "\r\nContent-Type: " + type + "\r\nContent-Transfer-Encoding: 7bit\r\n\r\n" + body + "\r\n--");
        assertThat(result.message().getHeader("MIME-Version")).containsExactly("1.0");
        assertThat(result.message().getHeader("Content-Type")).hasSize(1);
        assertThat(result.message().getHeader("From")).containsExactly("a@example.com");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Type: text/html\r\n",
                "Content-Transfer-Encoding: base64\r\n",
                "Content-Disposition: attachment; filename=x\r\n"
            })
    void ambiguousOrAttachedTextShouldBeWrapped(String more) throws Exception {
        Result result = decorate(more + mime("text/plain", "7bit", "x\r\n"), PLAIN);
        assertThat(result.way()).isEqualTo(Way.WRAPPED);
        assertThat(result.text()).contains(more);
    }

    @Test
    void eightBitPartShouldNotBeInASevenBitMessage() throws Exception {
        Result result = decorate(mime("text/html; charset=utf-8", "8bit", "\u00c3\u00a9\r\n"), PLAIN);
        assertThat(result.message().getHeader("Content-Transfer-Encoding")).containsExactly("8bit");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "multipart/signed; boundary=b",
                "multipart/encrypted; boundary=b",
                "application/pkcs7-mime; smime-type=signed-data",
                "application/x-pkcs7-mime",
                "Multipart/Signed"
            })
    void signedAndEncryptedMailShouldBeLeftExactlyAlone(String type) throws Exception {
        String message = "Content-Length: 3\r\n" + mime(type, "8bit", "--b\r\n\r\nx \r\n--b--\r\n\u00e9\r\n");
        Result result = decorate(message, BOTH);
        assertThat(result.way()).isEqualTo(Way.LEFT_ALONE);
        assertThat(result.text()).isEqualTo(message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-----BEGIN PGP SIGNED MESSAGE-----\r\nHash: SHA256\r\n\r\nx\r\n",
                "Hi,\r\n-----BEGIN PGP MESSAGE-----\r\n"
            })
    void inlinePgpShouldBeLeftExactlyAlone(String body) throws Exception {
        for (String message : new String[] {
            FROM + "\r\n" + body,
            mime("text/plain", "quoted-printable", body.replace("-----B", "=2D----B")),
            mime(
                    "text/plain",
                    "base64",
                    Base64.getMimeEncoder().encodeToString(body.getBytes(StandardCharsets.US_ASCII)))
        }) {
            Result result = decorate(message, BOTH);
            assertThat(result.way()).isEqualTo(Way.LEFT_ALONE);
            assertThat(result.text()).isEqualTo(message);
        }
        assertThat(decorate(FROM + "\r\nI use -----BEGIN PGP MESSAGE----- often\r\n", BOTH)
                        .way())
                .isEqualTo(Way.APPENDED);
    }

    @Test
    void messageWithoutFooterShouldStayAsItIs() throws Exception {
        String message = mime("multipart/mixed", "x", "\r\n\r\nx");
        assertThat(decorate(message, new Footer(" \n", "")))
                .extracting(Result::way, Result::text)
                .containsExactly(Way.LEFT_ALONE, message);
    }

    @Test
    void sizesShouldGoWhenTheBodyChanges() throws Exception {
        String sizes = "Content-Length: 5\r\nLines: 1\r\nContent-MD5: x\r\n";
        for (String message : new String[] {
            mime("text/plain", "7bit", "x\r\n"),
            mime("text/html", "7bit", "x\r\n"),
            mime("multipart/mixed; boundary=b", "7bit", "--b\r\n\r\nx\r\n--b--\r\n")
        }) {
            assertThat(decorate(sizes + message, PLAIN).text())
                    .doesNotContain("Content-Length", "Lines:", "Content-MD5");
        }
    }

    @Test
    void headerGivenShouldNotBeChanged() throws Exception {
        MailMessage message = MailMessage.open(
                new ByteArrayInputStream(mime("text/html", "7bit", "x").getBytes(StandardCharsets.US_ASCII)));
        String before = message.header().toString();
        Decoration.apply(message.header(), message.body(), PLAIN, OutputStream.nullOutputStream());
        assertThat(message.header()).hasToString(before);
    }

    @Test
    void footerShouldHoldNoControlsAndNoOverlongLines() {
        Footer footer = new Footer("a\0b\u2028c\td\re\n\n\n", "\ud83d\udcef".repeat(300) + "\n" + "word ".repeat(100));
        assertThat(footer.above()).isEqualTo("a b c    d\r\ne\r\n");
        assertThat(footer.below().split("\r\n")).allMatch(line -> line.getBytes(StandardCharsets.UTF_8).length < 998);
        assertThat(footer.fits(StandardCharsets.UTF_8)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "text/plain; charset=utf-8,8bit",
        "text/plain; charset=utf-8,7bit",
        "text/plain; charset=utf-8,quoted-printable",
        "text/plain; charset=utf-8,base64",
        "text/plain,7bit",
        "text/html,7bit",
        "multipart/mixed; boundary=b,7bit",
        "multipart/signed; boundary=b,7bit"
    })
    void largeBodyShouldStreamThroughInLittleMemory(String type, String encoding) throws Exception {
        String start = mime(type, encoding, "--b\r\n\r\n".repeat(type.startsWith("multipart") ? 1 : 0));
        Flow flow = new Flow(start, "abcdefghijklmnopqrstuvwxyz0123456789ABCD\r\n", 16_000_000);
        MailMessage message = MailMessage.open(flow.in);
        Decoration.apply(message.header(), message.body(), UMLAUT, flow.out);
        assertThat(flow.written).isGreaterThan(15_000_000);
        assertThat(flow.mostHeld).isLessThan(1_000_000);
    }

    @Test
    void noHeapOfFragmentsShouldBeTooMuch() throws Exception {
        String[] fragments = {
            "--b",
            "--b--",
            "--",
            "b",
            "\r\n",
            "\n",
            "\r",
            "\0",
            " ",
            "=",
            "=20",
            "aGVsbG8=",
            "\u00e9",
            "Content-Type: ",
            "text/plain",
            "text/html",
            "multipart/mixed",
            "multipart/alternative",
            "multipart/signed",
            "; boundary=b",
            "; boundary=\"",
            "; charset=utf-8",
            "; charset=utf-16",
            "; charset=x",
            "; format=flowed",
            "Content-Transfer-Encoding: ",
            "base64",
            "quoted-printable",
            "8bit",
            "From: a@b",
            ":",
            "\r\n\r\n",
            "-----BEGIN PGP SIGNED MESSAGE-----",
            "From x",
            "Content-Type: multipart/mixed; boundary=b\r\n",
            "Content-Type: text/plain; charset=utf-8\r\n",
            "Content-Transfer-Encoding: base64\r\n",
            "Content-Transfer-Encoding: quoted-printable\r\n"
        };
        Random random = new Random(7);
        int[] ways = new int[Way.values().length];
        for (int round = 0; round < 1_000; round++) {
            StringBuilder message = new StringBuilder(
                    random.nextInt(4) > 0 ? "" : "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n");
            for (int i = random.nextInt(25); i > 0; i--) {
                message.append(fragments[random.nextInt(fragments.length)]);
            }
            byte[] octets = message.toString().getBytes(StandardCharsets.ISO_8859_1);
            Result result = decorate(octets, UMLAUT);
            ways[result.way().ordinal()]++;
            if (result.way() == Way.WRAPPED) {
                assertThat(result.message().getContent()).as("%s", message).isInstanceOf(Multipart.class);
                assertThat(result.content(1)).as("%s", message).isEqualTo("F\u00fc\u00dfe");
                assertThat(result.text()).contains("\r\n\r\n" + mendedBody(octets) + "\r\n--=_posthorn");
            }
            if (result.way() == Way.INSERTED) {
                assertThat(result.text()).as("%s", message).contains("--b\r\nContent-Type: text/plain; charset=utf-8");
            }
        }
        assertThat(ways).doesNotContain(0);
    }

    private static String mendedBody(byte[] octets) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        MailMessage.open(new ByteArrayInputStream(octets)).body().transferTo(new CrLfOutputStream(body));
        return body.toString(StandardCharsets.ISO_8859_1);
    }

    /** Measures how much more was ever read than had been written: what is in memory. */
    private static final class Flow {

        private final byte[] start;
        private final byte[] line;
        private final long size;
        private long read;
        private long written;
        private long mostHeld;

        private Flow(String start, String line, long size) {
            this.start = start.getBytes(StandardCharsets.US_ASCII);
            this.line = line.getBytes(StandardCharsets.US_ASCII);
            this.size = size;
        }

        private final InputStream in = new InputStream() {
            @Override
            public int read() {
                if (read >= size) {
                    return -1;
                }
                long at = read++;
                return at < start.length ? start[(int) at] : line[(int) ((at - start.length) % line.length)];
            }

            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                int count = 0;
                while (count < length && read < size) {
                    target[offset + count++] = (byte) read();
                }
                mostHeld = Math.max(mostHeld, read - written);
                return count == 0 ? -1 : count;
            }
        };

        private final OutputStream out = new OutputStream() {
            @Override
            public void write(int octet) {
                written++;
            }

            @Override
            public void write(byte[] octets, int offset, int length) {
                written += length;
            }
        };
    }
}
