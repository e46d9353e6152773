package org.posthorn.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MailMessageTest {

    private record Parts(String header, String body, boolean truncated) {}

    private static Parts open(String text) throws IOException {
        MailMessage message =
                MailMessage.open(drop(new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1))));
        return new Parts(
                message.header().toString(),
                new String(message.body().readAllBytes(), StandardCharsets.ISO_8859_1),
                message.header().truncated());
    }

    /** Gives a few octets at a time, as sockets do. */
    private static InputStream drop(InputStream in) {
        return new FilterInputStream(in) {
            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                return super.read(target, offset, Math.min(length, 7));
            }
        };
    }

    @ParameterizedTest
    @CsvSource(
            ignoreLeadingAndTrailingWhitespace = false,
            delimiter = '|',
            value = {
                "A: 1\\r\\nB: 2\\r\\n\\r\\nbody\\r\\n|A: 1\\r\\nB: 2\\r\\n\\r\\n|body\\r\\n",
                "A: 1\\nB: 2\\n\\nbody\\n|A: 1\\r\\nB: 2\\r\\n\\r\\n|body\\n",
                "A: 1\\rB: 2\\r\\rbody\\r|A: 1\\r\\nB: 2\\r\\n\\r\\n|body\\r",
                "A: 1\\r\\n\\n\\r\\nbody|A: 1\\r\\n\\r\\n|\\r\\nbody",
                "From ann Sun Nov 22 12:00:00 2026\\nA: 1\\n\\nbody|A: 1\\r\\n\\r\\n|body",
                "A: 1\\n  folded\\n\\tmore\\nB: 2\\n\\n|A: 1\\r\\n  folded\\r\\n\\tmore\\r\\nB: 2\\r\\n\\r\\n|",
                "A: 1\\n \\nB: 2\\n\\n|A: 1\\r\\n \\r\\nB: 2\\r\\n\\r\\n|",
                "no header\\nat all: x\\n|\\r\\n|no header\\nat all: x\\n",
                "A: 1\\nthis is none\\nB: 2\\n\\nbody|A: 1\\r\\n\\r\\n|this is none\\nB: 2\\n\\nbody",
                "\\r\\n\\r\\n\\r\\n|\\r\\n|\\r\\n\\r\\n",
                "\\nA: 1\\n|\\r\\n|A: 1\\n",
                " folded: first\\nA: 1|\\r\\n| folded: first\\nA: 1",
                ":\\r\\n::\\r\\n|\\r\\n|:\\r\\n::\\r\\n",
                "A: 1|A: 1\\r\\n\\r\\n|",
                "A:|A:\\r\\n\\r\\n|",
                "A: a\\0b\\0\\0\\r\\nB: 2\\0\\r\\n\\r\\n\\0|A: ab\\r\\nB: 2\\r\\n\\r\\n|\\0",
                "A: 1\\r\\n\\0B: 2\\r\\n|A: 1\\r\\n\\r\\n|\\0B: 2\\r\\n",
                ".\\r\\n|\\r\\n|.\\r\\n",
                "|\\r\\n|"
            })
    void headerAndBodyShouldBeToldApart(String text, String header, String body) throws IOException {
        Parts parts = open(unescaped(text));
        assertThat(parts.header()).isEqualTo(unescaped(header));
        assertThat(parts.body()).isEqualTo(unescaped(body));
    }

    private static String unescaped(String text) {
        return text == null ? "" : text.translateEscapes();
    }

    @Test
    void largeBodyShouldStayInTheStream() throws IOException {
        String body = "line of the body\r\n".repeat(10_000);
        assertThat(open("A: 1\r\n\r\n" + body).body()).isEqualTo(body);
    }

    @Test
    void longFieldsShouldBeReadAcrossBuffers() throws IOException {
        String text = "A: " + "x".repeat(100_000) + "\r\nReferences: <a@b>\r\n" + " <c@d>\r\n".repeat(50_000) + "\r\n";
        assertThat(open(text + "body")).isEqualTo(new Parts(text, "body", false));
    }

    @Test
    void whatIsBeyondTheBoundsShouldBePassedOverAndSaid() throws IOException {
        Parts octets = open(
                "A: 1\r\nX-Big: " + "y".repeat(5_000_000) + "\r\n " + "z".repeat(2_000_000) + "\r\nB: 2\r\n\r\nbody");
        assertThat(octets).isEqualTo(new Parts("A: 1\r\nB: 2\r\n\r\n", "body", true));
        MailMessage fields = MailMessage.open(new ByteArrayInputStream(
                ("A: 1\r\n".repeat(100_000) + "\r\nbody").getBytes(StandardCharsets.US_ASCII)));
        assertThat(fields.header().fields()).hasSize(MailMessage.MAX_HEADER_FIELDS);
        assertThat(fields.header().truncated()).isTrue();
        assertThat(fields.body().readAllBytes())
                .asString(StandardCharsets.US_ASCII)
                .isEqualTo("body");
    }

    @Test
    void headerThatIsOneLineOfFiftyMegabytesShouldTakeNoMoreMemoryThanItMay() {
        assertTimeoutPreemptively(Duration.ofSeconds(60), () -> {
            InputStream endless = new InputStream() {
                private long count;

                @Override
                public int read() {
                    return count++ < 50_000_000 ? count == 5 ? ':' : 'x' : -1;
                }
            };
            assertThat(MailMessage.open(endless).header().truncated()).isTrue();
        });
    }
}
