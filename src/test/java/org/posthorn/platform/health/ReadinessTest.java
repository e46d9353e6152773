package org.posthorn.platform.health;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ReadinessTest {

    @Test
    void nodeShouldBeReadyOnlyWhileEveryComponentIsUp() {
        Readiness readiness = new Readiness();
        for (Component component : Component.values()) {
            assertThat(readiness.isReady()).isFalse();
            readiness.up(component);
        }
        assertThat(readiness.isReady()).isTrue();

        readiness.down(Component.DATABASE);

        assertThat(readiness.isReady()).isFalse();
    }
}
