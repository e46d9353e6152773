package org.posthorn.delivery.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.posthorn.delivery.copy.Octets.octets;
import static org.posthorn.delivery.copy.Octets.raw;
import static org.posthorn.delivery.copy.Octets.received;
import static org.posthorn.delivery.copy.Octets.stuffed;
import static org.posthorn.delivery.copy.Octets.text;

import java.io.ByteArrayInputStream;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.posthorn.delivery.smtp.MessageCopy;
import org.posthorn.mail.CopyPlan;

class CompiledMessageTest {

    /** Each message in memory and from the store: nobody may see a difference. */
    private static Stream<MessageCopy> both(String message) {
        byte[] stored = octets(message);
        return Stream.of(
                new CompiledMessage(stored).shared(),
                new StreamedMessage(() -> new ByteArrayInputStream(stored), CopyPlan.NONE).shared());
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "Subject: s||text|, Subject: s||text|",
                "Subject: s||no end, Subject: s||no end|",
                "Subject: s||bare~feed~, Subject: s||bare|feed|",
                "Subject: s^^return^, Subject: s||return|",
                "Subject: s||n0u0l|, Subject: s||nul|",
                "no header's end, no header's end|",
                "\"\", \"\""
            })
    void aCopyHasCrlfOnlyAndEachLineEnded(String message, String expected) {
        assertThat(both(wire(message))).allSatisfy(copy -> {
            assertThat(text(raw(copy))).isEqualTo(wire(expected));
            assertThat(copy.sizeBytes()).isEqualTo(wire(expected).length());
        });
    }

    /** @param written with | for CRLF, ~ for LF, ^ for CR, 0 for NUL */
    private static String wire(String written) {
        return written.replace("|", "\r\n")
                .replace('~', '\n')
                .replace('^', '\r')
                .replace('0', '\0');
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "a||.|, a||..|",
                ".a||.b|c.|..d|, ..a||..b|c.|...d|",
                "a||.no end, a||..no end|",
                "a||.|.|.|, a||..|..|..|",
                "a||none . here|, a||none . here|"
            })
    void aDotThatBeginsALineIsDoubledForDataOnly(String message, String expected) {
        assertThat(both(wire(message))).allSatisfy(copy -> {
            assertThat(text(stuffed(copy))).isEqualTo(wire(expected));
            assertThat(raw(copy)).isEqualTo(received(stuffed(copy)));
        });
    }

    static Stream<String> anything() {
        Random random = new Random(5321);
        return Stream.generate(() -> {
                    StringBuilder message = new StringBuilder();
                    for (int i = random.nextInt(60); i > 0; i--) {
                        message.append("..\r\n\r\n\n\rab\0\u00e9".charAt(random.nextInt(12)));
                    }
                    return message.toString();
                })
                .limit(300);
    }

    @ParameterizedTest
    @MethodSource("anything")
    void whateverIsStoredTheServerReceivesTheRawForm(String message) {
        byte[] raw = raw(new CompiledMessage(octets(message)).shared());
        assertThat(both(message)).allSatisfy(copy -> {
            assertThat(raw(copy)).isEqualTo(raw);
            assertThat(received(stuffed(copy))).isEqualTo(raw);
            assertThat(copy.sizeBytes()).isEqualTo(raw.length);
            assertThat(copy.isEightBit()).isEqualTo(message.contains("\u00e9"));
            assertThat(text(raw)).doesNotContain("\0").doesNotContainPattern("\r(?!\n)|(?<!\r)\n");
        });
    }

    @ParameterizedTest
    @CsvSource({
        "'Subject: s||text|', false",
        "'Subject: s||t\u00e9xt|', true",
        "'Subject: \u00e9||text|', true",
        "'|t\u00e9xt|', true",
        "'no body \u00e9|', true"
    })
    void aCopyTellsWhatItNeedsOfTheSmarthost(String message, boolean eightBit) {
        assertThat(both(wire(message))).allSatisfy(copy -> {
            assertThat(copy.isEightBit()).isEqualTo(eightBit);
        });
    }

    @Test
    void bothFormsAreOneArray() {
        byte[] stored = octets("Subject: s\r\n\r\n.\r\ntext\r\n");
        assertThat(stored).isNotEmpty();
        try {
            new CompiledMessage(stored)
                    .shared()
                    .writeTo((octets, from, length) -> assertThat(octets).isSameAs(stored), true);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
