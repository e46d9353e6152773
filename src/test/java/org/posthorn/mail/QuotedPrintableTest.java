package org.posthorn.mail;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.internet.MimeUtility;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

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

    @Test
    void whatIsBadlyEncodedShouldStay() {
        assertThat(QuotedPrintable.decode("=ZZ=4=\r\n=".getBytes(StandardCharsets.US_ASCII)))
                .asString(StandardCharsets.US_ASCII)
                .isEqualTo("=ZZ=4=");
    }
}
