package org.posthorn.digest;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeUtility;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class TextLinesTest {

    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final TextLines lines = new TextLines(written);

    private String read() throws IOException, MessagingException {
        lines.finish();
        byte[] octets = MimeUtility.decode(new ByteArrayInputStream(written.toByteArray()), "quoted-printable")
                .readAllBytes();
        return new String(octets, StandardCharsets.UTF_8);
    }

    @Test
    void aLineWithoutEndShouldGoOutAsItComes() throws Exception {
        String piece = "x".repeat(100_000);
        for (int i = 1; i <= 80; i++) {
            lines.text(piece);
            assertThat(written.size()).isGreaterThan(i * piece.length() - 2000);
        }
        assertThat(read()).isEqualTo(piece.repeat(80) + "\r\n");
    }

    @Test
    void aPairOfSurrogatesShouldStayOneWhereverALongLineIsCut() throws Exception {
        for (int before = 0; before < 2; before++) {
            lines.text("x".repeat(before) + "\uD83D\uDC1D".repeat(3000) + "\n");
        }
        String bees = "\uD83D\uDC1D".repeat(3000) + "\r\n";
        assertThat(read()).isEqualTo(bees + "x" + bees);
    }

    @Test
    void aDividerShouldGetABlankHoweverManyFollowIt() throws Exception {
        lines.text(TextLines.DIVIDER + " ".repeat(5000) + "\n");
        lines.text("x".repeat(1000) + TextLines.DIVIDER + "\n" + TextLines.DIVIDER + "\n");
        assertThat(read().split("\r\n"))
                .containsExactly(
                        " " + TextLines.DIVIDER + " ".repeat(5000),
                        "x".repeat(1000) + TextLines.DIVIDER,
                        " " + TextLines.DIVIDER);
    }

    @Test
    void aLineOfJustTheLengthThatIsHeldShouldEndOnce() throws Exception {
        lines.text("x".repeat(1000));
        lines.endLine();
        lines.endLine();
        lines.text("x".repeat(1000) + "\ny");
        assertThat(read()).isEqualTo("x".repeat(1000) + "\r\n" + "x".repeat(1000) + "\r\ny\r\n");
    }
}
