package org.posthorn.moderation.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.posthorn.moderation.Posts.aPost;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.posthorn.list.Action;
import org.posthorn.moderation.Posts;
import org.posthorn.moderation.Reason;
import org.posthorn.moderation.Urgency;
import org.posthorn.moderation.Verdict.Hit;

class UrgentTest {

    private static boolean hits(Urgency urgency) {
        return hits(urgency, Action.DEFER);
    }

    private static boolean hits(Urgency urgency, Action action) {
        Posts post = aPost().from("ann@example.com").urgency(urgency);
        post.people.member("ann@example.com", action);
        return new Urgent().check(post.build()) instanceof Hit;
    }

    @Test
    void onlyAPostThatIsUrgentWithoutRightShouldHit() {
        assertThat(hits(Urgency.REFUSED)).isTrue();
        assertThat(hits(Urgency.GRANTED)).isFalse();
        assertThat(hits(Urgency.NOT_ASKED)).isFalse();
    }

    @Test
    void whoMayNotPostShouldNotLearnThatItIsUrgentWithoutRight() {
        assertThat(hits(Urgency.REFUSED, Action.ACCEPT)).isTrue();
        for (Action action : List.of(Action.HOLD, Action.REJECT, Action.DISCARD)) {
            assertThat(hits(Urgency.REFUSED, action)).as(action.name()).isFalse();
        }
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
