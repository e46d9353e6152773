package org.posthorn.mail;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.internet.MimeUtility;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.posthorn.mail.filter.PartDecoder;

class QuotedPrintableTest {

    @Test
    void anythingShouldComeBackAndKeepToTheLine() throws Exception {
        Random random = new Random(1);
        String alphabet = "ab =.\t\u00ff\u0001-\n";
        for (int round = 0; round < 2000; round++) {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(300); i > 0; i--) {
                char c = alphabet.charAt(random.nextInt(alphabet.length()));
                text.append(c == '\n' ? "\r\n" : String.valueOf(c));
            }
            byte[] octets = text.toString().getBytes(StandardCharsets.ISO_8859_1);
            byte[] encoded = QuotedPrintable.encode(octets);
            String lines = new String(encoded, StandardCharsets.ISO_8859_1);
            assertThat(lines.split("\r\n"))
                    .allMatch(line -> line.length() <= 76 && !line.endsWith(" ") && !line.endsWith("\t"));
            assertThat(QuotedPrintable.decode(encoded)).isEqualTo(octets);
            assertThat(MimeUtility.decode(new ByteArrayInputStream(encoded), "quoted-printable")
                            .readAllBytes())
                    .isEqualTo(octets);
        }
    }

    /** RFC 2045 section 6.7 (3): some on the way add blanks at line ends. */
    @Test
    void lineThatGoesOnShouldDoSoWithPaddingToo() throws Exception {
        for (String padding : List.of("", " ", " \t  ", " ".repeat(60))) {
            byte[] octets = ("caf=C3=A9 =" + padding + "\r\nau lait").getBytes(StandardCharsets.US_ASCII);
            ByteArrayOutputStream streamed = new ByteArrayOutputStream();
            try (PartDecoder decoder = new PartDecoder(TransferEncoding.QUOTED_PRINTABLE, streamed)) {
                decoder.write(octets, 0, octets.length);
            }
            assertThat(QuotedPrintable.decode(octets))
                    .asString(StandardCharsets.UTF_8)
                    .isEqualTo("caf\u00e9 au lait");
            assertThat(streamed.toString(StandardCharsets.UTF_8)).isEqualTo("caf\u00e9 au lait");
        }
        for (String other : List.of("a = b", "a =  \rb", "=" + " ".repeat(200) + "x", "a =", "a = \t")) {
            byte[] octets = other.getBytes(StandardCharsets.US_ASCII);
            ByteArrayOutputStream streamed = new ByteArrayOutputStream();
            try (PartDecoder decoder = new PartDecoder(TransferEncoding.QUOTED_PRINTABLE, streamed)) {
                decoder.write(octets, 0, octets.length);
            }
            assertThat(streamed.toString(StandardCharsets.US_ASCII)).isEqualTo(other);
            assertThat(QuotedPrintable.decode(octets))
                    .asString(StandardCharsets.US_ASCII)
                    .isEqualTo(other);
        }
    }

    @Test
    void whatIsBadlyEncodedShouldStay() {
        assertThat(QuotedPrintable.decode("=ZZ=4=\r\n=".getBytes(StandardCharsets.US_ASCII)))
                .asString(StandardCharsets.US_ASCII)
                .isEqualTo("=ZZ=4=");
    }
}
