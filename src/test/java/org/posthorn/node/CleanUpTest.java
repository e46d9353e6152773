package org.posthorn.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

class CleanUpTest {

    @Test
    void aStepShouldGoOnInRoundsUntilOneIsNotFull() {
        Deque<Integer> rounds = new ArrayDeque<>(List.of(500, 500, 3, 7));
        assertThat(CleanUp.step("test", most -> rounds.remove())).isEqualTo(1003);
    }

    @Test
    void aStepThatFailsShouldBeLeftToTheNextTime() {
        assertThat(CleanUp.step("test", most -> {
                    throw new IllegalStateException("timestamp out of range");
                }))
                .isZero();
    }
}
