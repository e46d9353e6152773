package org.posthorn.console.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class SettingLinesTest {

    @Test
    void severalLinesOfOneNameShouldMakeAList() {
        assertThat(SettingLines.read(
                        "emergency=true\n\n filter_types = image/png\nfilter_types=a=b\n",
                        IllegalArgumentException::new))
                .containsEntry("emergency", "true")
                .containsEntry("filter_types", List.of("image/png", "a=b"))
                .hasSize(2);
    }

    @Test
    void aLineWithoutANameShouldBeRefusedByItsText() {
        assertThatThrownBy(() -> SettingLines.read("=true", IllegalArgumentException::new))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("=true");
        assertThatThrownBy(() -> SettingLines.read("emergency", IllegalArgumentException::new))
                .hasMessage("emergency");
    }
}
