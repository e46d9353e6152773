package org.posthorn.console.frame;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class SeenTest {

    @Test
    void whatWasSeenShouldComeBackAsItWas() {
        Seen seen = new Seen(Map.of("name", "A \"quoted\" <name>\nof two lines", "weight", ""));

        assertThat(Seen.read(seen.write())).isEqualTo(seen);
        assertThat(seen.of("weight", "7")).isEmpty();
        assertThat(seen.of("host", "relay")).isEqualTo("relay");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "{", "[]", "7", "{\"weight\": 7}"})
    void whatCannotBeReadShouldBeAsIfNothingHadBeenSeen(String text) {
        assertThat(Seen.read(text).of("weight", "1")).isEqualTo("1");
    }
}
