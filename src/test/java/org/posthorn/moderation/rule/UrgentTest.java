package org.posthorn.moderation.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.posthorn.moderation.Posts.aPost;

import org.junit.jupiter.api.Test;
import org.posthorn.moderation.Reason;
import org.posthorn.moderation.Urgency;
import org.posthorn.moderation.Verdict.Hit;

class UrgentTest {

    private static boolean hits(Urgency urgency) {
        return new Urgent().check(aPost().urgency(urgency).build()) instanceof Hit;
    }

    @Test
    void onlyAPostThatIsUrgentWithoutRightShouldHit() {
        assertThat(hits(Urgency.REFUSED)).isTrue();
        assertThat(hits(Urgency.GRANTED)).isFalse();
        assertThat(hits(Urgency.NOT_ASKED)).isFalse();
    }

    @Test
    void theReasonShouldSayWhatIsWrongInEachLanguage() {
        Reason reason = Reason.of("urgent");
        assertThat(reason.english()).contains("not authorized for delivery");
        assertThat(reason.in("de")).contains("Urgent").isNotEqualTo(reason.english());
        assertThat(reason.in("fr")).contains("Urgent").isNotEqualTo(reason.english());
        assertThat(reason.in("es")).contains("Urgent").isNotEqualTo(reason.english());
    }
}
