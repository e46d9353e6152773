package org.posthorn.api.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BodyParserTest {

    @Test
    void jsonShouldBecomeFields() throws IOException {
        Fields fields = json("{\"a\": \"x\", \"b\": true, \"c\": 12, \"d\": [\"y\", \"z\"], \"e\": null, \"f\": []}");

        assertThat(fields.text("a")).isEqualTo("x");
        assertThat(fields.flag("b", false)).isTrue();
        assertThat(fields.number("c", 0, 0, 100)).isEqualTo(12);
        assertThat(fields.all("d")).containsExactly("y", "z");
        assertThat(fields.text("e")).isEmpty();
        assertThat(fields.asChanges())
                .containsEntry("a", "x")
                .containsEntry("b", "true")
                .containsEntry("d", List.of("y", "z"))
                .containsEntry("e", null)
                .containsEntry("f", List.of());
    }

    @Test
    void formShouldBecomeFields() throws IOException {
        Fields fields = parse("a=x+y&b=%C3%A4&c=1&c=2&d&e=".getBytes(StandardCharsets.UTF_8), true);

        assertThat(fields.text("a")).isEqualTo("x y");
        assertThat(fields.text("b")).isEqualTo("ä");
        assertThat(fields.all("c")).containsExactly("1", "2");
        assertThat(fields.text("d")).isEmpty();
        assertThat(fields.text("e")).isEmpty();
    }

    @Test
    void nothingShouldHaveNoFields() throws IOException {
        assertThat(json("").names()).isEmpty();
        assertThat(json("  \r\n").names()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "{\"a\": \"b",
                "[1, 2]",
                "null",
                "1e999999",
                "\"text\"",
                "{\"a\": {\"b\": 1}}",
                "{\"a\": [1, {\"b\": null}]}",
                "{\"a\": \"\\u0000\"}",
                "{\"\\u0000\": 1}",
                "{\"a\": \"\\ud800\"}",
                "{} {}",
                "\u0000\u0000\u0000",
                "{\"a\": 1,}",
                "\uFEFF{}x"
            })
    void brokenJsonShouldBeRefused(String body) {
        assertThatThrownBy(() -> json(body))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.status()).isEqualTo(400));
    }

    @Test
    void deepNestingShouldBeRefusedAndBracketsInTextsNot() throws IOException {
        String deep = String.join("", Collections.nCopies(100_000, "["));

        assertThatThrownBy(() -> json(deep)).isInstanceOf(Refusal.class);
        assertThatThrownBy(() -> json("{\"a\": " + deep)).isInstanceOf(Refusal.class);
        assertThat(json("{\"a\": \"" + deep + "\\\"" + deep + "\"}").text("a")).hasSize(200_001);
    }

    @Test
    void whatIsNotUtf8ShouldBeRefused() {
        assertThatThrownBy(() -> parse("{\"a\": \"\u00ff\u00fe\"}".getBytes(StandardCharsets.ISO_8859_1), false))
                .isInstanceOf(Refusal.class);
    }

    @Test
    void longBodyShouldBeRefusedAsTooLarge() {
        assertThatThrownBy(() -> parse(new byte[BodyParser.MOST_BYTES + 1], true))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.status()).isEqualTo(413));
    }

    @Test
    void brokenFormShouldBeRefused() {
        assertThatThrownBy(() -> parse("a=%zz".getBytes(StandardCharsets.UTF_8), true))
                .isInstanceOf(Refusal.class);
        assertThatThrownBy(() -> parse("a=%00".getBytes(StandardCharsets.UTF_8), true))
                .isInstanceOf(Refusal.class);
    }

    private static Fields json(String body) throws IOException {
        return parse(body.getBytes(StandardCharsets.UTF_8), false);
    }

    private static Fields parse(byte[] body, boolean isForm) throws IOException {
        return BodyParser.parse(new ByteArrayInputStream(body), isForm);
    }
}
