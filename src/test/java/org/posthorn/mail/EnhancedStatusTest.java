package org.posthorn.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnhancedStatusTest {

    @Test
    void codeShouldBeReadAndWritten() {
        EnhancedStatus status = EnhancedStatus.parse("5.1.10").orElseThrow();
        assertThat(status).isEqualTo(new EnhancedStatus(5, 1, 10)).hasToString("5.1.10");
        assertThat(status.isPermanent()).isTrue();
        assertThat(status.isTransient()).isFalse();
    }

    @Test
    void codeShouldBeFoundAtTheStartOfAReplyOnly() {
        assertThat(EnhancedStatus.atStartOf("4.2.2 Mailbox full")).contains(new EnhancedStatus(4, 2, 2));
        assertThat(EnhancedStatus.atStartOf("Mailbox full 4.2.2")).isEmpty();
        assertThat(EnhancedStatus.atStartOf("4.2.2.2 is no code")).isEmpty();
        assertThat(EnhancedStatus.atStartOf("")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "5",
                "5.1",
                "3.1.1",
                "5.1.1.1",
                "5.1.1 ",
                " 5.1.1",
                "5.1000.1",
                "5.-1.1",
                "55.1.1",
                "\u0665.1.1"
            })
    void whatIsNoCodeShouldBeRefused(String text) {
        assertThat(EnhancedStatus.parse(text)).isEmpty();
    }

    @Test
    void impossibleCodeShouldNotBeMade() {
        assertThatThrownBy(() -> new EnhancedStatus(3, 0, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("3.0.0");
    }
}
