package org.posthorn.pipeline.handler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.posthorn.pipeline.handler.Drafts.aDraft;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AcknowledgeTest {

    @Test
    void theAuthorShouldBeWhomFromNames() {
        assertThat(aDraft().field("From", "Ann <Ann@home.example>")
                        .after(new Acknowledge())
                        .author())
                .isEqualTo("Ann@home.example");
        assertThat(aDraft().field("From", "nobody").after(new Acknowledge()).author())
                .as("by the reverse-path")
                .isEqualTo("ann@example.com");
    }

    @ParameterizedTest
    @CsvSource({"Auto-Submitted, auto-replied", "Precedence, bulk", "List-Id, <other.example.org>"})
    void machinesShouldNotBeAnswered(String field, String value) {
        assertThat(aDraft().field("From", "ann@example.com")
                        .field(field, value)
                        .after(new Acknowledge())
                        .author())
                .isEmpty();
    }
}
