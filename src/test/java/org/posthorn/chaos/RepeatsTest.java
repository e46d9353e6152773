package org.posthorn.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RepeatsTest {

    private static final int BOUND = 100;
    private static final long T = 1_000_000;
    private static final long MINUTE = 60_000;

    private final Repeats repeats = new Repeats(BOUND);

    private static Event event(Kind kind, int target, int seconds) {
        return new Event(Duration.ZERO, kind, target, Duration.ofSeconds(seconds));
    }

    private static Copy over(String connection, long atMillis) {
        return new Copy(connection.substring(0, 2), connection, atMillis, "", "", "");
    }

    /** Of so many more repeats those that an event explains. */
    private long explained(int copies, String connection, long atMillis, long againMillis) {
        long before = repeats.judge().size();
        IntStream.range(0, copies).forEach(i -> repeats.add(over(connection, atMillis), over("s2-9.9", againMillis)));
        return copies - (repeats.judge().size() - before);
    }

    @Test
    void repeatWithoutAnEventShouldBeAFault() {
        assertThat(explained(1, "s1-1.7", T, T + 10)).isZero();
        assertThat(repeats.judge()).hasSize(1);
    }

    @Test
    void killedNodeShouldExplainTheBoundOfEachConnectionAndNoMore() {
        repeats.begins(event(Kind.NODE_KILLED, 0, 0), T);

        assertThat(explained(BOUND + 1, "s1-1.7", T - 100, T + 900)).isEqualTo(BOUND);
        assertThat(explained(BOUND, "s2-1.7", T - 100, T + 900)).isEqualTo(BOUND);
        assertThat(repeats.judge()).hasSize(1);
        assertThat(repeats.most()).isEqualTo(BOUND);
        assertThat(repeats.after()).containsEntry("node killed", 2L * BOUND);
    }

    @Test
    void largePostThatIsSentTwiceShouldBeAFaultWhateverWasKilled() {
        repeats.begins(event(Kind.NODE_KILLED, 0, 0), T);
        repeats.begins(event(Kind.DATABASE_CRASHED, 0, 1), T);

        IntStream.range(0, 4).forEach(connection -> explained(750, "s1-1." + connection, T - 100, T + 900));

        assertThat(repeats.judge()).hasSize(3000 - 2 * 4 * BOUND);
    }

    @Test
    void whatHadItsRecordLongBeforeShouldNotBeExplained() {
        repeats.begins(event(Kind.NODE_KILLED, 0, 0), T);
        repeats.ends(event(Kind.NODE_KILLED, 0, 0), T + MINUTE);

        assertThat(explained(1, "s1-1.7", T - MINUTE, T + 900)).isZero();
        assertThat(explained(1, "s1-1.7", T + MINUTE / 2, T + MINUTE)).isZero();
    }

    @Test
    void repeatFromBeforeTheEventShouldNotBeExplainedByIt() {
        repeats.begins(event(Kind.NODE_KILLED, 0, 0), T);

        assertThat(explained(1, "s1-1.7", T - 100, T - 50)).isZero();
    }

    @Test
    void gracefulStopAndShortPauseShouldExplainNone() {
        repeats.begins(event(Kind.NODE_STOPPED, 0, 5), T);
        repeats.begins(event(Kind.NODE_PAUSED, 1, 2), T);

        assertThat(explained(1, "s1-1.7", T - 100, T + 900)).isZero();
    }

    @Test
    void smarthostShouldExplainThoseOfItsOwnConnectionsWhenItWasKilledAndWhenItChangedBack() {
        Event slow = event(Kind.SMARTHOST_SLOW, 1, 60);
        repeats.begins(slow, T);
        repeats.ends(slow, T + MINUTE);

        assertThat(explained(1, "s1-1.7", T - 100, T + 900)).isZero();
        assertThat(explained(1, "s2-1.7", T - 100, T + 900)).isEqualTo(1);
        assertThat(explained(1, "s2-2.7", T + MINUTE - 100, T + MINUTE + 900)).isEqualTo(1);
        assertThat(explained(1, "s2-2.7", T + MINUTE / 2, T + MINUTE + 900)).isZero();
    }

    @Test
    void whatComesAtAnEventsEndShouldBeExplainedThoughTheEndIsSaidLater() {
        Event slow = event(Kind.SMARTHOST_SLOW, 1, 60);
        repeats.begins(slow, T);
        repeats.add(over("s2-2.7", T + MINUTE - 20), over("s1-1.1", T + MINUTE + 50));
        assertThat(repeats.judge()).hasSize(1);

        repeats.ends(slow, T + MINUTE + 300);

        assertThat(repeats.judge()).isEmpty();
    }

    @Test
    void withoutADatabaseNothingShouldHaveARecordUntilItIsBack() {
        Event away = event(Kind.DATABASE_RESTARTED, 0, 60);
        repeats.begins(away, T);
        repeats.ends(away, T + MINUTE);

        assertThat(explained(1, "s1-1.7", T + MINUTE / 2, T + MINUTE + 900)).isEqualTo(1);
        assertThat(explained(1, "s1-1.7", T + 2 * MINUTE, T + 3 * MINUTE)).isZero();
    }
}
