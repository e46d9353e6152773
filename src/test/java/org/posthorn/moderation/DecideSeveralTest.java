package org.posthorn.moderation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.posthorn.list.InvalidValueException;
import org.posthorn.moderation.DecideHeld.Choice;
import org.posthorn.moderation.DecideHeld.Decision;
import org.posthorn.moderation.DecideHeld.Result;

class DecideSeveralTest {

    private static final Decision ACCEPT = new Decision(Choice.ACCEPT, "", Optional.empty(), false, List.of());

    private final List<Long> asked = new ArrayList<>();

    /** Fails for those numbers, as often as they stand there. */
    private DecideSeveral failing(RuntimeException failure, Long... failures) {
        List<Long> left = new ArrayList<>(List.of(failures));
        DecideHeld one = new DecideHeld() {
            @Override
            public Result decide(long listId, long requestId, Decision decision, String by) {
                asked.add(requestId);
                if (left.remove(Long.valueOf(requestId))) {
                    throw failure;
                }
                return Result.DONE;
            }
        };
        return new DecideSeveral(one, null, null);
    }

    private static List<Result> results(DecideSeveral several) {
        return several.decide(1, List.of(7L, 8L, 9L), ACCEPT, "ann").stream()
                .map(DecideSeveral.Outcome::result)
                .toList();
    }

    @Test
    void whoWasInAnothersWayOnceShouldBeTriedAgain() {
        assertThat(results(failing(new IllegalStateException("locked"), 8L)))
                .containsExactly(Result.DONE, Result.DONE, Result.DONE);
        assertThat(asked).containsExactly(7L, 8L, 8L, 9L);
    }

    @Test
    void oneThatFailsShouldBeToldAndKeepTheOthersFromNothing() {
        assertThat(results(failing(new IllegalStateException("locked"), 8L, 8L)))
                .containsExactly(Result.DONE, Result.FAILED, Result.DONE);
        assertThat(results(failing(new InvalidValueException("sender", "x", "y"), 8L)))
                .containsExactly(Result.DONE, Result.FAILED, Result.DONE);
    }

    @Test
    void decisionThatCannotBeShouldBeRefusedBeforeAnythingIsDone() {
        assertThatThrownBy(() -> results(failing(new InvalidValueException("forward", "x", "an address"), 7L)))
                .isInstanceOf(InvalidValueException.class);
        assertThat(asked).containsExactly(7L);
    }
}
