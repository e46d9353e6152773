package org.posthorn.pipeline.handler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.posthorn.pipeline.handler.Drafts.aDraft;

import org.junit.jupiter.api.Test;

class ToOwnersTest {

    @Test
    void toOwnersShouldNotUseTheListsBounceAddress() {
        assertThat(aDraft().after(new ToOwners()).bounces()).isEqualTo("site-bounces@lists.example.org");
    }
}
