package org.posthorn.moderation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.posthorn.platform.settings.HeaderChecks;
import org.posthorn.platform.settings.SettingException;

class AllHeaderChecksTest {

    private static HeaderChecks checks(String... patterns) {
        return new HeaderChecks(
                List.of(patterns).stream()
                        .map(pattern -> new HeaderChecks.Check("X-Spam", pattern))
                        .toList(),
                "hold");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a{1001}", "\\h+", "(?<name>a)\\k<name>", "\\p{javaLowerCase}"})
    void patternThatOnlyRe2RefusesShouldBeRefusedLikeAnyBadSetting(String pattern) {
        assertThat(Pattern.compile(pattern)).isNotNull(); // the reader of settings lets it pass
        assertThatThrownBy(() -> AllHeaderChecks.requireUsable(checks("^yes", pattern)))
                .isInstanceOf(SettingException.class)
                .hasMessageStartingWith("POSTHORN_HEADER_CHECKS=X-Spam: " + pattern + " is not allowed: ")
                .hasMessageNotContaining("\n");
    }

    @Test
    void patternsThatBothTakeShouldPass() {
        assertThatCode(() -> AllHeaderChecks.requireUsable(
                        checks("^yes", "(a|b)+c{2,1000}$", "\\bviagra\\b", "[[:alpha:]]")))
                .doesNotThrowAnyException();
    }
}
