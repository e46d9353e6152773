package org.posthorn.mail;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CrLfOutputStreamTest {

    @ParameterizedTest
    @CsvSource(
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "a\\r\\nb\\r\\n,a\\r\\nb\\r\\n",
                "a\\nb\\n,a\\r\\nb\\r\\n",
                "a\\rb\\r,a\\r\\nb\\r\\n",
                "a\\r\\r\\nb,a\\r\\n\\r\\nb",
                "a\\n\\rb,a\\r\\n\\r\\nb",
                "a\\n\\n,a\\r\\n\\r\\n",
                "a\\0b,ab",
                "\\r\\0\\n,\\r\\n",
                "\\0\\0,''",
                "\\r\\n.\\0\\r\\n,\\r\\n.\\r\\n",
                "\\n.\\n,\\r\\n.\\r\\n",
                "plain,plain",
                "'',''"
            })
    void onlyCrLfShouldComeOutHoweverItIsWritten(String raw, String expected) throws IOException {
        byte[] octets = raw.translateEscapes().getBytes(StandardCharsets.ISO_8859_1);
        for (int step = 1; step <= Math.max(1, octets.length); step++) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            try (CrLfOutputStream clean = new CrLfOutputStream(out)) {
                for (int i = 0; i < octets.length; i += step) {
                    clean.write(octets, i, Math.min(step, octets.length - i));
                }
            }
            assertThat(out.toString(StandardCharsets.ISO_8859_1)).isEqualTo(expected.translateEscapes());
        }
    }
}
