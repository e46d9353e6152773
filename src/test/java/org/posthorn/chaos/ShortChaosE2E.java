package org.posthorn.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * A minute and a half of {@code bin/chaos} with one seed and each kind of event: two nodes over a PostgreSQL of their own.
 * The nodes' logs stay in target/chaos.
 */
class ShortChaosE2E {

    @Test
    void acceptedPostsShouldReachEachMemberWhateverIsKilledStoppedOrFrozenMeanwhile()
            throws InterruptedException, IOException {
        Setup setup = brief();

        Path folder = Chaos.folder(setup.seed());

        Summary summary = new Run(setup, folder, new Journal(System.out)).run();

        assertThat(summary.shortfalls())
                .as(summary.toMarkdown() + "the nodes' logs are in " + folder)
                .isEmpty();
    }

    static Setup brief() {
        return Setup.of(List.of("--seed", "16", "--minutes", "1.5", "--members", "3,30p,200p,1000"), 0);
    }
}
