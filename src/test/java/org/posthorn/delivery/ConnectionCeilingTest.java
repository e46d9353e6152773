package org.posthorn.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ConnectionCeilingTest {

    private final ConnectionCeiling ceiling = new ConnectionCeiling();
    private long now = 1;

    private void pass(Duration time) {
        now += time.toNanos();
    }

    @Test
    void withoutARefusalThereIsNone() {
        ceiling.opened(500, now);
        assertThat(ceiling.most(now)).isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void asManyAsWorkedWhenOneWasRefusedAreTheMost() {
        ceiling.refused(3, now);
        assertThat(ceiling.most(now)).isEqualTo(3);
        ceiling.refused(0, now);
        assertThat(ceiling.most(now)).isEqualTo(1);
    }

    @Test
    void afterAWhileOneMoreIsTried() {
        ceiling.refused(3, now);
        assertThat(ceiling.most(now)).isEqualTo(3);
        pass(Duration.ofSeconds(2));
        assertThat(ceiling.most(now)).isEqualTo(4);
    }

    @Test
    void itSettlesTheWhileGrowsWithEachRefusal() {
        int refusals = 0;
        for (int second = 0; second < 3600; second++) {
            if (refusals == 0 || ceiling.most(now) > 3) {
                ceiling.refused(3, now);
                refusals++;
            }
            pass(Duration.ofSeconds(1));
        }
        assertThat(refusals).isBetween(10, 16);
    }

    @Test
    void aRefusalBelowWhatIsKnownIsForgottenSoon() {
        for (int i = 0; i < 12; i++) {
            ceiling.refused(3, now);
        }
        ceiling.refused(2, now); // the smarthost had not noticed yet that one of ours was closed
        assertThat(ceiling.most(now)).isEqualTo(2);
        pass(Duration.ofSeconds(2));
        assertThat(ceiling.most(now)).isEqualTo(3);
    }

    @Test
    void whatIsGrantedAgainIsUsedSoon() {
        ceiling.refused(3, now);
        for (int second = 0; second < 60; second++) {
            pass(Duration.ofSeconds(1));
            ceiling.opened(ceiling.most(now), now);
        }
        assertThat(ceiling.most(now)).isGreaterThan(15);
    }

    @Test
    void itCanBeForgotten() {
        ceiling.refused(3, now);
        ceiling.forget();
        assertThat(ceiling.most(now)).isEqualTo(Integer.MAX_VALUE);
    }
}
