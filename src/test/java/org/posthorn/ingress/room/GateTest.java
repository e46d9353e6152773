package org.posthorn.ingress.room;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GateTest {

    @ParameterizedTest
    @CsvSource({
        "OPEN, 0, 100, OPEN",
        "OPEN, 100, 100, OPEN",
        "OPEN, 101, 100, CLOSED",
        "CLOSED, 100, 100, CLOSED",
        "CLOSED, 90, 100, CLOSED",
        "CLOSED, 89, 100, OPEN",
        "OPEN, 95, 100, OPEN",
        "CLOSED, 1, 1, CLOSED",
        "CLOSED, 0, 1, OPEN",
        "OPEN, 1, 0, CLOSED",
        "CLOSED, 0, 0, OPEN",
    })
    void gateShouldCloseAboveTheLimitAndOpenWellWithinIt(Gate before, long needed, long there, Gate after) {
        assertThat(before.after(needed, there)).isEqualTo(after);
    }
}
