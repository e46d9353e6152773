package org.posthorn.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.posthorn.delivery.ScriptedHost.aHost;
import static org.posthorn.delivery.TurnFixture.recipient;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.posthorn.queue.QueueName;
import org.posthorn.queue.lease.FencedException;
import org.posthorn.queue.lease.Incarnation;
import org.posthorn.queue.lease.Lease;

/** Turns over connections that let several transactions be under way at once. */
class WindowTest {

    private final ScriptedHost a = new ScriptedHost(aHost("a"));

    /** Of the recipients that were handed over, whether answered or not, how many had no record at the most. */
    private static int[] watchUnrecorded(TurnFixture turn, ScriptedHost host) {
        int[] begunAndMost = new int[2];
        host.watch(recipients -> {
            begunAndMost[0] += recipients.size();
            begunAndMost[1] = Math.max(begunAndMost[1], begunAndMost[0] - turn.recorded.size());
        });
        return begunAndMost;
    }

    @Test
    void asManyTransactionsAreUnderWayAsTheConnectionAllows() {
        a.windowOf(20);
        TurnFixture turn = TurnFixture.personal(200, a);
        turn.run();
        assertThat(a.mostUnderWay()).isEqualTo(20);
        assertThat(turn.recordedAs(true)).hasSize(200);
    }

    @Test
    void whatIsUnderWayCountsForTheRepeatBound() {
        a.windowOf(100);
        TurnFixture turn = TurnFixture.personal(1000, a);
        turn.repeatBound = 60;
        int[] begunAndMost = watchUnrecorded(turn, a);
        turn.run();
        assertThat(begunAndMost[1]).isLessThanOrEqualTo(60).isGreaterThan(50);
        assertThat(turn.recordedAs(true)).hasSize(1000);
    }

    @Test
    void whatIsUnderWayInBulkCountsForTheRepeatBound() {
        a.windowOf(8);
        TurnFixture turn = new TurnFixture(1000, a);
        int[] begunAndMost = watchUnrecorded(turn, a);
        turn.run();
        assertThat(begunAndMost[1]).isEqualTo(100);
        assertThat(turn.recordedAs(true)).hasSize(1000);
        assertThat(a.taken()).hasSize(1000).doesNotHaveDuplicates();
    }

    @Test
    void aFarSmarthostHasWorkWhileResultsAreRecorded() {
        a.windowOf(100);
        TurnFixture turn = TurnFixture.personal(300, a);
        int[] underWayAtRecord = {Integer.MAX_VALUE};
        turn.beforeRecord = () -> {
            if (turn.recorded.size() < 150) {
                underWayAtRecord[0] = Math.min(
                        underWayAtRecord[0], a.transactions().size() - a.taken().size());
            }
        };
        turn.run();
        assertThat(underWayAtRecord[0]).isEqualTo(50);
    }

    @Test
    void aNearSmarthostsResultsAreRecordedByAsManyAsTheBoundAllows() {
        a.windowOf(2);
        TurnFixture turn = TurnFixture.personal(300, a);
        int[] records = new int[1];
        turn.beforeRecord = () -> records[0]++;
        turn.run();
        assertThat(records[0]).isEqualTo(3);
    }

    @Test
    void whatWasAnsweredBeforeTheConnectionWasLostIsNotSentAgain() {
        a.windowOf(10);
        a.answersOnce(a::takeAll);
        a.answersOnce(a::takeAll);
        a.answersOnce(recipients -> {
            throw new org.posthorn.delivery.smtp.HostDownException("gone", null);
        });
        TurnFixture turn = TurnFixture.personal(30, a);
        assertThat(turn.run().how()).isEqualTo("finish");
        assertThat(a.taken()).hasSize(30).doesNotHaveDuplicates();
        assertThat(a.opened()).isEqualTo(2);
        assertThat(turn.recordedAs(true))
                .containsExactlyElementsOf(
                        IntStream.range(0, 30).mapToObj(i -> recipient(i)).toList());
    }

    @Test
    void aLostReplyRepeatsThatMessageAlone() {
        a.windowOf(10);
        a.answersOnce(a::takeAll);
        a.answersOnce(recipients -> {
            a.takeAll(recipients);
            throw new org.posthorn.delivery.smtp.HostDownException("gone", null);
        });
        TurnFixture turn = TurnFixture.personal(30, a);
        turn.run();
        assertThat(a.taken()).hasSize(31);
        assertThat(a.taken().stream().distinct()).hasSize(30);
        assertThat(turn.recordedAs(true)).hasSize(30);
    }

    @Test
    void noMoreIsBegunOnAConnectionThanItMayCarry() {
        ScriptedHost worn = new ScriptedHost(aHost("worn", 1, 50, 7, false, "*")).windowOf(10);
        TurnFixture turn = TurnFixture.personal(20, worn);
        turn.run();
        assertThat(worn.mostUnderWay()).isEqualTo(7);
        assertThat(worn.opened()).isEqualTo(3);
        assertThat(worn.taken()).hasSize(20).doesNotHaveDuplicates();
    }

    @Test
    void nothingIsBegunAfterTheTurnAndWhatIsUnderWayIsWaitedFor() {
        a.windowOf(10);
        TurnFixture turn = TurnFixture.personal(100, a);
        turn.isOver = () -> a.taken().size() >= 5;
        assertThat(turn.run().how()).isEqualTo("yield");
        assertThat(turn.recordedAs(true)).hasSameSizeAs(a.taken());
        assertThat(a.transactions()).hasSameSizeAs(a.taken());
    }

    @Test
    void whatIsUnderWayIsLeftWhenTheSliceHasChangedHands() {
        a.windowOf(10);
        TurnFixture turn = TurnFixture.personal(100, a);
        turn.repeatBound = 20;
        int[] atTheFence = new int[2];
        turn.beforeRecord = () -> {
            atTheFence[0] = a.transactions().size();
            atTheFence[1] = a.taken().size();
            Lease lease = new Lease(QueueName.OUT, 0, 1, 1, 1, Incarnation.fresh("n1"));
            throw new FencedException(lease, null);
        };
        assertThatThrownBy(turn::run).isInstanceOf(FencedException.class);
        assertThat(a.transactions()).hasSize(atTheFence[0]);
        assertThat(a.taken()).hasSize(atTheFence[1]);
        assertThat(turn.recorded).isEmpty();
        assertThat(turn.pool.inUse().get("a").connections().idle()).isZero();
    }

    @Test
    void nobodyElseGetsAConnectionWhileItIsHeardOfWhatIsUnderWay() {
        a.windowOf(10);
        TurnFixture turn = TurnFixture.personal(50, a);
        boolean[] failed = new boolean[1];
        turn.repeatBound = 20;
        turn.beforeRecord = () -> {
            if (!failed[0]) {
                failed[0] = true;
                throw new IllegalStateException("the database is away");
            }
        };
        List<Integer> lentWhenHeard = new ArrayList<>();
        a.answers(recipients -> {
            if (failed[0]) {
                lentWhenHeard.add(turn.pool.inUse().get("a").connections().busy());
            }
            return a.takeAll(recipients);
        });
        assertThatThrownBy(turn::run).hasMessage("the database is away");
        assertThat(lentWhenHeard).isNotEmpty().containsOnly(1);
        assertThat(turn.recordedAs(true)).hasSameSizeAs(a.taken());
    }
}
