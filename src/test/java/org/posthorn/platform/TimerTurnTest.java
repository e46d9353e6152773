package org.posthorn.platform;

import static org.assertj.core.api.Assertions.assertThatCode;

import org.junit.jupiter.api.Test;

class TimerTurnTest {

    @Test
    void nothingThatATurnThrowsReachesTheContainer() {
        assertThatCode(() -> TimerTurn.run("test", () -> {
                    throw new IllegalStateException("a bug");
                }))
                .doesNotThrowAnyException();
        assertThatCode(() -> TimerTurn.run("test", () -> {
                    throw new NoClassDefFoundError("a class of the container's");
                }))
                .doesNotThrowAnyException();
    }
}
