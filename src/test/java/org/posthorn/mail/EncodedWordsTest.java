package org.posthorn.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import jakarta.mail.internet.MimeUtility;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EncodedWordsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "=?iso-8859-1?Q?Keld_J=F8rn?=|Keld J\u00f8rn",
                "a =?utf-8?q?b?= c|a b c",
                "=?utf-8?q?a?= =?utf-8?q?b?=|ab",
                "=?utf-8?q?a?= =?iso-8859-1?q?=E9?=|a\u00e9",
                "=?utf-8?b?w6k=?=|\u00e9",
                "=?utf-8?b?w6k?=|\u00e9",
                "=?utf-8?q?=C3?= =?utf-8?q?=A9?=|\u00e9",
                "=?utf-8*de?q?x?=|x",
                "=?x-no-such?q?caf=C3=A9?=|caf\u00e9",
                "=?x-no-such?q?caf=E9?=|caf\u00e9",
                "=?utf-8?q?=ZZ=4?=|=ZZ=4",
                "=?utf-8?b?!!!!?=|",
                "=?utf-8?x?abc?=|=?utf-8?x?abc?=",
                "=?utf-8?q?abc|=?utf-8?q?abc",
                "=?|=?",
                "=??=|=??=",
                "=?a?q?=|=?a?q?=",
                "no words|no words",
                "x=?utf-8?q?a?=y|xay"
            })
    void wordsShouldBeDecodedLeniently(String encoded, String decoded) {
        assertThat(EncodedWords.decode(encoded)).isEqualTo(decoded == null ? "" : decoded);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u00e9",
                "Gr\u00fc\u00dfe aus K\u00f6ln, und noch ein l\u00e4ngerer Text, der nicht in ein Wort pa\u00dft",
                "\u65e5\u672c\u8a9e\u306e\u4ef6\u540d\u3067\u3059\u3002\u3068\u3066\u3082\u9577\u3044\u306e\u3067\u3044\u304f\u3064\u304b\u306e\u8a9e\u306b\u5206\u304b\u308c\u307e\u3059\u3002",
                "\ud83d\udcef\ud83d\udcef\ud83d\udcef\ud83d\udcef\ud83d\udcef\ud83d\udcef\ud83d\udcef\ud83d\udcef\ud83d\udcef\ud83d\udcef\ud83d\udcef\ud83d\udcef\ud83d\udcef\ud83d\udcef\ud83d\udcef",
                "?=_ =?utf-8?q?x?="
            })
    void encodedTextShouldBeReadByJakartaMailAndByOurselves(String text) throws Exception {
        String encoded = EncodedWords.encode(text);
        for (String word : encoded.split(" ")) {
            assertThat(word).hasSizeLessThanOrEqualTo(75).matches("=\\?utf-8\\?[bq]\\?[!-~]+\\?=");
        }
        assertThat(MimeUtility.decodeText(encoded)).isEqualTo(text);
        assertThat(EncodedWords.decode(encoded)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"=?", "=?a?q?", "=?a?q?x", "=?=", "=?a?q?x?= ", "=?a?", "(=?utf-8?b?"})
    void timeShouldBeLinear(String piece) {
        String text = piece.repeat(1_000_000 / piece.length());
        assertTimeoutPreemptively(Duration.ofSeconds(60), () -> EncodedWords.decode(text));
    }
}
