package org.posthorn.pipeline.handler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.posthorn.pipeline.handler.Drafts.aDraft;

import org.junit.jupiter.api.Test;
import org.posthorn.list.Personalization;
import org.posthorn.pipeline.Draft;

class ToOutgoingTest {

    @Test
    void toOutgoingShouldUseTheListsBounceAddress() {
        Drafts draft = aDraft();
        draft.list.appearance().setPersonalize(Personalization.INDIVIDUAL);
        Draft after = draft.after(new ToOutgoing());
        assertThat(after.bounces()).isEqualTo("test-bounces@lists.example.org");
        assertThat(after.personalize()).isEqualTo("individual");
    }
}
