package org.posthorn.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RepeatsTest {

    private static final int BOUND = 100;
    private static final long T = 1_000_000;
    private static final long MINUTE = 60_000;

    private final Repeats repeats = new Repeats(BOUND);
    private final Connection ofN1 = new Connection("s1-1.7", "n1", "s1");
    private final Connection ofN2 = new Connection("s2-1.7", "n2", "s2");
    private final Connection other = new Connection("s2-9.9", "n2", "s2");

    private static Event event(Kind kind, int target, int seconds) {
        return new Event(Duration.ZERO, kind, target, Duration.ofSeconds(seconds));
    }

    private void strikes(Event event, long fromMillis, long toMillis) {
        repeats.begins(event, fromMillis);
        repeats.ends(event, toMillis);
    }

    private void again(Arrival before, Connection connection, long againMillis) {
        repeats.add(new Repeats.Repeat("<post>", "m1", before, connection.takes(againMillis)));
    }

    /** So many copies come over a connection at one time, and again later; of those repeats the ones that an event explains. */
    private long explained(int copies, Connection connection, long atMillis, long againMillis) {
        long before = repeats.judge().size();
        List<Arrival> arrivals = IntStream.range(0, copies)
                .mapToObj(i -> connection.takes(atMillis))
                .toList();
        arrivals.forEach(arrival -> again(arrival, other, againMillis));
        return copies - (repeats.judge().size() - before);
    }

    @Test
    void repeatWithoutAnEventShouldBeAFault() {
        assertThat(explained(1, ofN1, T, T + 10)).isZero();
        assertThat(repeats.judge()).hasSize(1);
    }

    @Test
    void killedNodeShouldExplainTheBoundOfEachOfItsConnectionsAndNoMore() {
        repeats.begins(event(Kind.NODE_KILLED, 0, 0), T);
        Connection second = new Connection("s2-1.8", "n1", "s2");

        assertThat(explained(BOUND + 1, ofN1, T - 100, T + 900)).isEqualTo(BOUND);
        assertThat(explained(BOUND, second, T - 100, T + 900)).isEqualTo(BOUND);
        assertThat(repeats.judge()).hasSize(1);
        assertThat(repeats.after()).containsEntry("node killed", 2L * BOUND);
    }

    @Test
    void killedNodeShouldNotExplainWhatAnotherNodeSendsTwice() {
        repeats.begins(event(Kind.NODE_KILLED, 0, 0), T);

        assertThat(explained(1, ofN2, T - 100, T + 900)).isZero();
    }

    @Test
    void onlyTheLastCopiesOfAConnectionThatWasCutShouldBeExplained() {
        repeats.begins(event(Kind.NODE_KILLED, 0, 0), T);
        Arrival early = ofN1.takes(T - 4_000);
        Arrival late = ofN1.takes(T - 3_900);
        IntStream.range(0, BOUND - 1).forEach(i -> ofN1.takes(T - 10));

        again(early, ofN2, T + 900);
        again(late, ofN2, T + 900);

        assertThat(repeats.judge()).extracting(Repeats.Repeat::before).containsExactly(early);
    }

    @Test
    void largePostThatIsSentTwiceShouldBeAFaultWhateverStrikesMeanwhile() {
        strikes(event(Kind.NODE_PAUSED_LONG, 0, 20), T, T + 20_000);
        strikes(event(Kind.DATABASE_CRASHED, 0, 1), T, T + 9_000);

        IntStream.range(0, 4).forEach(i -> explained(750, new Connection("s1-1." + i, "n1", "s1"), T - 100, T + 900));

        assertThat(repeats.judge()).hasSize(3000 - 4 * BOUND);
        assertThat(repeats.most()).isEqualTo(750);
    }

    @Test
    void eventsThatDoNotOverlapShouldEachHaveTheBound() {
        strikes(event(Kind.DATABASE_CRASHED, 0, 1), T, T + 9_000);
        strikes(event(Kind.DATABASE_RESTARTED, 0, 1), T + MINUTE, T + MINUTE + 9_000);

        assertThat(explained(BOUND, ofN1, T + 100, T + 10_000)).isEqualTo(BOUND);
        assertThat(explained(BOUND, ofN1, T + MINUTE, T + MINUTE + 10_000)).isEqualTo(BOUND);
        assertThat(repeats.most()).isEqualTo(BOUND);
    }

    @Test
    void eachFurtherCopyShouldBeJudgedByTheOneBeforeIt() {
        strikes(event(Kind.NODE_KILLED, 0, 0), T, T + MINUTE / 2);
        Arrival first = ofN1.takes(T - 100);
        Arrival second = ofN2.takes(T + 900);
        repeats.add(new Repeats.Repeat("<post>", "m1", first, second));
        assertThat(repeats.judge()).isEmpty();

        again(second, ofN2, T + MINUTE);

        assertThat(repeats.judge()).hasSize(1);
    }

    @Test
    void repeatThatComesLongAfterTheEventShouldBeAFault() {
        strikes(event(Kind.NODE_KILLED, 0, 0), T, T + MINUTE);
        long longest = T + MINUTE + Setup.MOST_WAY.toMillis();

        assertThat(explained(1, ofN1, T - 100, longest)).isEqualTo(1);
        assertThat(explained(1, ofN1, T - 100, longest + 1)).isZero();
    }

    @Test
    void whatHadItsRecordLongBeforeShouldNotBeExplained() {
        strikes(event(Kind.NODE_KILLED, 0, 0), T, T + MINUTE);

        assertThat(explained(1, ofN1, T - MINUTE, T + 900)).isZero();
        assertThat(explained(1, ofN1, T + MINUTE / 2, T + MINUTE)).isZero();
    }

    @Test
    void repeatFromBeforeTheEventShouldNotBeExplainedByIt() {
        repeats.begins(event(Kind.NODE_KILLED, 0, 0), T);

        assertThat(explained(1, ofN1, T - 100, T - 50)).isZero();
    }

    @Test
    void gracefulStopAndShortPauseShouldExplainNone() {
        repeats.begins(event(Kind.NODE_STOPPED, 0, 5), T);
        repeats.begins(event(Kind.NODE_PAUSED, 0, 2), T);

        assertThat(explained(1, ofN1, T - 100, T + 900)).isZero();
    }

    @Test
    void longPauseShouldExplainWhatWasUnderWayWhenItBeganAndWhenItEnded() {
        strikes(event(Kind.NODE_PAUSED_LONG, 0, 30), T, T + MINUTE);

        assertThat(explained(1, ofN1, T - 100, T + 20_000)).isEqualTo(1);
        assertThat(explained(1, ofN1, T + MINUTE + 100, T + MINUTE + 20_000)).isEqualTo(1);
        assertThat(explained(1, ofN1, T + MINUTE / 2, T + MINUTE)).isZero();
        assertThat(explained(1, ofN2, T - 100, T + 20_000)).isZero();
    }

    @Test
    void nodeThatGoesOnAfterAPauseMayHandOverWhatAnotherHasMeanwhile() {
        strikes(event(Kind.NODE_PAUSED_LONG, 0, 30), T, T + MINUTE);

        again(ofN2.takes(T + MINUTE / 2), ofN1, T + MINUTE + 100);
        assertThat(repeats.judge()).isEmpty();

        again(ofN2.takes(T + MINUTE / 2), ofN1, T + 2 * MINUTE);
        assertThat(repeats.judge()).hasSize(1);
    }

    @Test
    void smarthostShouldExplainThoseOfItsOwnConnectionsWhenItWasKilledAndWhenItChangedBack() {
        strikes(event(Kind.SMARTHOST_SLOW, 1, 60), T, T + MINUTE);
        Connection ofSlow = new Connection("s2-2.7", "n1", "s2");

        assertThat(explained(1, ofN1, T - 100, T + 900)).isZero();
        assertThat(explained(1, ofN2, T - 100, T + 900)).isEqualTo(1);
        assertThat(explained(1, ofSlow, T + MINUTE / 2, T + MINUTE + 900)).isZero();
        assertThat(explained(1, ofSlow, T + MINUTE - 100, T + MINUTE + 900)).isEqualTo(1);
    }

    @Test
    void whatComesAtAnEventsEndShouldBeExplainedThoughTheEndIsSaidLater() {
        Event slow = event(Kind.SMARTHOST_SLOW, 1, 60);
        repeats.begins(slow, T);
        again(ofN2.takes(T + MINUTE - 20), ofN1, T + MINUTE + 50);
        assertThat(repeats.judge()).hasSize(1);

        repeats.ends(slow, T + MINUTE + 300);

        assertThat(repeats.judge()).isEmpty();
    }

    @Test
    void withoutADatabaseNothingShouldHaveARecordUntilItIsBack() {
        strikes(event(Kind.DATABASE_RESTARTED, 0, 60), T, T + MINUTE);

        assertThat(explained(1, ofN1, T + MINUTE / 2, T + MINUTE + 900)).isEqualTo(1);
        assertThat(explained(1, ofN1, T + 2 * MINUTE, T + 3 * MINUTE)).isZero();
    }
}
