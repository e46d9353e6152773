package org.posthorn.pipeline.handler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.posthorn.pipeline.handler.Drafts.aDraft;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.posthorn.queue.RuleMarks;

class MarkRulesTest {

    @Test
    void theRulesThatWereAskedShouldStandInMailmansFieldsAndForgedOnesGo() {
        Drafts draft = aDraft().field("X-Mailman-Rule-Hits", "approved").field("x-mailman-rule-misses", "loop");
        draft.marks = new RuleMarks(List.of("nonmember-moderation"), List.of("no-senders", "approved", "loop"));
        assertThat(draft.headerAfter(new MarkRules()))
                .isEqualTo(
                        "X-Mailman-Rule-Hits: nonmember-moderation\r\nX-Mailman-Rule-Misses: no-senders; approved; loop\r\n\r\n");
    }

    @Test
    void withoutRulesThereShouldBeNoFields() {
        assertThat(aDraft().field("Subject", "x").headerAfter(new MarkRules())).isEqualTo("Subject: x\r\n\r\n");
    }
}
