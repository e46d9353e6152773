package org.posthorn.delivery.copy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.posthorn.delivery.copy.Octets.octets;
import static org.posthorn.delivery.copy.Octets.raw;
import static org.posthorn.delivery.copy.Octets.received;
import static org.posthorn.delivery.copy.Octets.stuffed;
import static org.posthorn.delivery.copy.Octets.text;

import jakarta.mail.BodyPart;
import jakarta.mail.Multipart;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.posthorn.delivery.smtp.MessageCopy;
import org.posthorn.mail.Addressee;
import org.posthorn.mail.CopyPlan;

/** Copies for a smarthost without 8BITMIME. */
class SevenBitTest {

    private static final String TEXT = "Content-Type: text/plain; charset=utf-8|Content-Transfer-Encoding: 8bit||";
    private static final String MIXED = "MIME-Version: 1.0|Content-Type: multipart/mixed; boundary=b|"
            + "Content-Transfer-Encoding: 8bit|Subject: s||preamb\u00e9l|--b|" + TEXT
            + "Caf\u00e9 =20|.|From here  |--b-not|--b|Content-Type: text/html; charset=utf-8||<p>caf\u00e9</p>|--b|"
            + "Content-Type: application/octet-stream|Content-Transfer-Encoding: base64||Y2Fmw6k=|--b|"
            + "Content-Type: message/rfc822|Content-Transfer-Encoding: 8bit||Subject: caf\u00e9|" + TEXT
            + "inner caf\u00e9|--b|"
            + "Content-Type: text/plain; charset=utf-8|Content-Transfer-Encoding: quoted-printable||caf=C3=A9|"
            + "--b--|epilogu\u00e9|";

    private static byte[] wire(String written) {
        return written.replace("|", "\r\n").getBytes(UTF_8);
    }

    private static List<Copies> both(byte[] stored, CopyPlan plan) {
        return List.of(
                new CompiledMessage(stored, plan), new StreamedMessage(() -> new ByteArrayInputStream(stored), plan));
    }

    private static byte[] plain(MessageCopy copy) {
        MessageCopy plain = copy.sevenBit().orElseThrow();
        byte[] raw = raw(plain);
        for (byte octet : raw) {
            assertThat(octet).isNotNegative();
        }
        assertThat(plain.isEightBit()).isFalse();
        assertThat(plain.sizeBytes()).isEqualTo(raw.length);
        assertThat(received(stuffed(plain))).isEqualTo(raw);
        return raw;
    }

    private static MimeMessage read(byte[] octets) throws Exception {
        return new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(octets));
    }

    /** What a reader sees, part by part. */
    private static List<String> seen(Object content) throws Exception {
        List<String> seen = new ArrayList<>();
        if (content instanceof Multipart parts) {
            for (int i = 0; i < parts.getCount(); i++) {
                BodyPart part = parts.getBodyPart(i);
                seen.add(part.getContentType());
                seen.addAll(seen(part.getContent()));
            }
        } else if (content instanceof MimeMessage message) {
            seen.addAll(seen(message.getContent()));
        } else if (content instanceof InputStream octets) {
            seen.add(text(octets.readAllBytes()));
        } else {
            seen.add(content.toString());
        }
        return seen;
    }

    static Stream<String> messages() {
        return Stream.of(
                "MIME-Version: 1.0|" + TEXT + "Caf\u00e9|.|..|  |last|",
                "MIME-Version: 1.0|" + TEXT + "no end: \u00e9",
                "MIME-Version: 1.0|" + TEXT + "x".repeat(2_000) + "\u00e9".repeat(40_000) + "|",
                MIXED);
    }

    @ParameterizedTest
    @MethodSource("messages")
    void aReaderSeesTheSame(String message) throws Exception {
        for (Copies copies : both(wire(message), CopyPlan.NONE)) {
            MessageCopy copy = copies.shared();
            MimeMessage plain = read(plain(copy));
            assertThat(seen(plain.getContent())).isEqualTo(seen(read(raw(copy)).getContent()));
            assertThat(plain.getEncoding()).isIn("quoted-printable", "7bit");
        }
    }

    @Test
    void inMemoryAndFromTheStoreTheSameComesOut() {
        List<Copies> both = both(wire(MIXED), CopyPlan.NONE);
        assertThat(text(plain(both.get(0).shared())))
                .isEqualTo(text(plain(both.get(1).shared())));
    }

    @Test
    void whatNeedsNothingStaysAsItIs() {
        for (Copies copies : both(wire("Subject: s||text|"), CopyPlan.NONE)) {
            assertThat(copies.shared().sevenBit()).containsSame(copies.shared());
        }
        String plain = text(plain(new CompiledMessage(wire(MIXED)).shared()));
        assertThat(plain)
                .contains("\r\nY2Fmw6k=\r\n", "\r\ncaf=C3=A9\r\n", "Content-Type: message/rfc822\r\n")
                .contains("Content-Transfer-Encoding: 7bit\r\n")
                .doesNotContain("8bit");
    }

    @Test
    void itIsMadeOnceForAllCopies() throws Exception {
        CompiledMessage message = new CompiledMessage(wire(MIXED));
        List<byte[]> puts = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            MessageCopy plain = message.shared().sevenBit().orElseThrow();
            plain.writeTo((octets, from, length) -> puts.add(octets), false);
        }
        assertThat(puts.get(0)).isSameAs(puts.get(puts.size() - 1));
    }

    @Test
    void whatSaysNothingOfItsOctetsIsDeclared() {
        String plain = text(plain(new CompiledMessage(wire("Subject: s||caf\u00e9|")).shared()));
        assertThat(plain)
                .isEqualTo("Subject: s\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=unknown-8bit\r\n"
                        + "Content-Transfer-Encoding: quoted-printable\r\n\r\ncaf=C3=A9\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"signed; protocol=\"application/pgp-signature\"", "encrypted"})
    void whatIsSignedOrEncryptedIsNotTouched(String subtype) {
        String sealed = "Content-Type: multipart/" + subtype + "; boundary=s||--s|" + TEXT
                + "%s|--s|Content-Type: application/pgp-signature||x|--s--|";
        for (Copies copies : both(wire("MIME-Version: 1.0|" + String.format(sealed, "caf\u00e9")), CopyPlan.NONE)) {
            assertThat(copies.shared().sevenBit()).isEmpty();
        }
        String around = "MIME-Version: 1.0|Content-Type: multipart/mixed; boundary=b||--b|"
                + String.format(sealed, "cafe") + "|--b|" + TEXT + "caf\u00e9|--b--|";
        for (Copies copies : both(wire(around), CopyPlan.NONE)) {
            assertThat(text(plain(copies.shared())))
                    .contains(text(wire(String.format(sealed, "cafe"))))
                    .contains("caf=C3=A9");
        }
    }

    @Test
    void aHeadersUtf8BecomesEncodedWords() throws Exception {
        String message = "From: J\u00fcrgen <j@example.com>|To: list@example.org|Subject: Gr\u00fc\u00dfe an alle|"
                + "Content-Disposition: inline; filename=\"\u00fcber.txt\"|Message-ID: <x@y>||text|";
        byte[] plain = plain(new CompiledMessage(wire(message)).shared());
        MimeMessage read = read(plain);
        assertThat(read.getSubject()).isEqualTo("Gr\u00fc\u00dfe an alle");
        InternetAddress from = (InternetAddress) read.getFrom()[0];
        assertThat(from.getPersonal()).isEqualTo("J\u00fcrgen");
        assertThat(from.getAddress()).isEqualTo("j@example.com");
        assertThat(text(plain)).contains("filename=\"??ber.txt\"").contains("\r\nTo: list@example.org\r\n");
    }

    @Test
    void anAddressThatOnlyUtf8CanWriteCannotBeMadePlain() {
        assertThat(new CompiledMessage(wire("From: <j\u00fcrgen@example.com>||text|"))
                        .shared()
                        .sevenBit())
                .isEmpty();
    }

    @Test
    void aCopysOwnTextIsEncodedAsTheTextAroundIt() throws Exception {
        String head = "MIME-Version: 1.0\r\nTo: list@example.org\r\n" + TEXT.replace("|", "\r\n");
        String body = "Caf\u00e9\r\n.dot\r\n";
        byte[] stored = (head + body).getBytes(UTF_8);
        int to = "MIME-Version: 1.0\r\n".length();
        int toEnd = to + "To: list@example.org\r\n".length();
        String text = "\uFDD3, hello \u00e9\\r\\n";
        CopyPlan plan = CopyPlan.parse(("[{'what':'to','from':" + to + ",'to':" + toEnd + "},{'what':'text','from':"
                        + stored.length + ",'to':" + stored.length
                        + ",'charset':'UTF-8','encoding':'PLAIN','flowed':false,'text':'" + text + "'}]")
                .replace('\'', '"'));
        Random random = new Random(1);
        for (Copies copies : both(stored, plan)) {
            for (String name : List.of("Zo\u00eb", "Ann", "\u4e2d\u6587", "a=b " + random.nextInt())) {
                Addressee addressee = new Addressee("zoe@example.com", name, "en");
                MessageCopy copy = copies.of(addressee);
                MimeMessage plain = read(plain(copy));
                MimeMessage eight = read(raw(copy));
                assertThat(plain.getContent()).isEqualTo(eight.getContent());
                assertThat((String) plain.getContent()).contains(name + ", hello \u00e9");
                assertThat(plain.getHeader("To")).isEqualTo(eight.getHeader("To"));
            }
        }
    }

    @Test
    void whateverComesNoOctetIsAbove127() {
        Random random = new Random(6152);
        List<String> pieces = List.of(
                "|",
                "\u00e9",
                "--b|",
                "--b--|",
                "Content-Type: multipart/mixed; boundary=b|",
                "||",
                TEXT,
                "x: \u00e9|",
                " \u00e9|",
                "Content-Type: message/rfc822||",
                "Content-Transfer-Encoding: binary|",
                "text ",
                "=",
                ":");
        for (int run = 0; run < 500; run++) {
            StringBuilder message = new StringBuilder();
            for (int i = random.nextInt(40); i > 0; i--) {
                message.append(pieces.get(random.nextInt(pieces.size())));
            }
            byte[] stored = wire(message.toString());
            List<Copies> both = both(stored, CopyPlan.NONE);
            assertThat(both.get(0).shared().sevenBit().isPresent())
                    .isEqualTo(both.get(1).shared().sevenBit().isPresent());
            if (both.get(0).shared().sevenBit().isPresent()) {
                assertThat(text(plain(both.get(0).shared())))
                        .as(message.toString())
                        .isEqualTo(text(plain(both.get(1).shared())));
            }
        }
    }

    @Test
    void theOctetsArePutInOnceOnly() {
        byte[] once = plain(new CompiledMessage(wire(MIXED)).shared());
        assertThat(plain(new CompiledMessage(octets(text(once))).shared())).isEqualTo(once);
    }
}
