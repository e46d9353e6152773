package org.posthorn.api.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.posthorn.list.DeliveryMode;

class FieldsTest {

    private final Fields fields = new Fields(Map.of(
            "name",
            List.of("x"),
            "many",
            List.of("1", "2"),
            "mode",
            List.of("Mime-Digests"),
            "flag",
            List.of("maybe")));

    @Test
    void whatIsMissingOrUnexpectedShouldBeNamedAsMailmanDoes() {
        assertThatThrownBy(() -> fields.check(Set.of("b", "a"), Set.of("name", "many", "mode", "flag")))
                .hasMessage("Missing Parameter: a, b");
        assertThatThrownBy(() -> fields.check(Set.of("name", "missing"), Set.of("many")))
                .hasMessage("Unexpected parameters: flag, mode");
        assertThat(fields.check(Set.of("name"), Set.of("many", "mode", "flag"))).isSameAs(fields);
    }

    @Test
    void valueOfTheWrongKindShouldBeRefused() {
        assertThatThrownBy(() -> fields.text("many")).isInstanceOf(Refusal.class);
        assertThatThrownBy(() -> fields.flag("flag", false)).isInstanceOf(Refusal.class);
        assertThatThrownBy(() -> fields.number("name", 0, 0, 9)).isInstanceOf(Refusal.class);
        assertThatThrownBy(() -> fields.constant("name", DeliveryMode.class))
                .hasMessageContaining("Accepted Values are: regular, plaintext_digests");
    }

    /** Settings of a list are read by the same words: ConfigAttributesTest. */
    @ParameterizedTest
    @CsvSource({
        "True, true",
        "YES, true",
        "1, true",
        "on, true",
        "enable, true",
        "enabled, true",
        "' true ', true",
        "False, false",
        "no, false",
        "0, false",
        "Off, false",
        "disable, false",
        "disabled, false"
    })
    void flagShouldBeReadByMailmansWords(String word, boolean meant) {
        assertThat(new Fields(Map.of("f", List.of(word))).flag("f", !meant)).isEqualTo(meant);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "maybe", "2", "None", "null", "t"})
    void flagThatIsNoneOfThemShouldBeRefused(String word) {
        assertThatThrownBy(() -> new Fields(Map.of("f", List.of(word))).flag("f", true))
                .hasMessage("Invalid Parameter \"f\": Invalid boolean value: " + word + ".");
    }

    @Test
    void constantShouldBeReadInAnyCaseAndWithHyphens() {
        assertThat(fields.constant("mode", DeliveryMode.class)).contains(DeliveryMode.MIME_DIGESTS);
        assertThat(fields.constant("none", DeliveryMode.class)).isEmpty();
    }

    @Test
    void numbersOutOfRangeShouldBeRefused() {
        for (String number : List.of("-1", "100", "99999999999999999999", "1e3", "0x1", " 1", "")) {
            Fields one = new Fields(Map.of("n", List.of(number)));
            assertThatThrownBy(() -> one.number("n", 0, 0, 99)).as(number).isInstanceOf(Refusal.class);
        }
    }

    @Test
    void whatIsQuotedInAnErrorShouldBeShortAndWithoutControlCharacters() {
        assertThat(Fields.shown("a\r\nb")).isEqualTo("a??b");
        assertThat(Fields.shown("x".repeat(1000))).hasSize(81);
    }
}
