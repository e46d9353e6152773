package org.posthorn.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.posthorn.delivery.ScriptedHost.aHost;
import static org.posthorn.delivery.ScriptedHost.all;
import static org.posthorn.delivery.TurnFixture.recipient;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.posthorn.delivery.RecordingLog.End;
import org.posthorn.delivery.smtp.Fate;
import org.posthorn.delivery.smtp.HostDownException;

class DeliveryTurnTest {

    private static final Fate BUSY = Fate.ofRecipient(450, "450 4.2.0 greylisted");
    private static final Fate UNKNOWN = Fate.ofRecipient(550, "550 5.1.1 no such mailbox");
    private static final Fate SPAM = Fate.ofMessage(554, "554 5.7.1 we think it is spam");

    private final ScriptedHost a = new ScriptedHost(aHost("a"));
    private final ScriptedHost b = new ScriptedHost(aHost("b"));

    /** Only for what a doesn't take: a is asked first for everybody. */
    private final ScriptedHost spare = new ScriptedHost(aHost("spare", 1, 50, 0, true, "*"));

    // What is sent
    // -----------------------------------------------------------------------------------------------------

    @Test
    void bulkGoesInTransactionsOfTheHostsSize() {
        TurnFixture turn = new TurnFixture(120, a);
        End end = turn.run();
        assertThat(a.transactions())
                .extracting(sent -> sent.recipients().size())
                .containsExactly(50, 50, 20);
        assertThat(a.taken()).containsExactlyElementsOf(turn.chunk.addresses());
        assertThat(end.how()).isEqualTo("finish");
        assertThat(turn.recordedAs(true)).hasSize(120);
    }

    @Test
    void bulkHasTheListsBounceAddressAsItsReversePath() {
        new TurnFixture(120, a).run();
        assertThat(a.transactions())
                .extracting(ScriptedHost.Transaction::reversePath)
                .containsOnly("list-bounces@lists.example.org");
    }

    @Test
    void aPersonalCopyHasOneRecipientAndItsOwnReversePath() {
        TurnFixture.personal(2, a).run();
        assertThat(a.transactions())
                .containsExactly(
                        new ScriptedHost.Transaction(
                                "list-bounces+r0=example.com@lists.example.org", List.of(recipient(0))),
                        new ScriptedHost.Transaction(
                                "list-bounces+r1=example.com@lists.example.org", List.of(recipient(1))));
    }

    @Test
    void mailThatMustNotBeAnsweredHasTheNullPath() {
        TurnFixture turn = TurnFixture.personal(1, a);
        turn.attributes.put("bounces", "");
        turn.run();
        assertThat(a.transactions())
                .extracting(ScriptedHost.Transaction::reversePath)
                .containsExactly("");
    }

    @Test
    void whoseFateIsRecordedIsNotSentToAgain() {
        TurnFixture turn = new TurnFixture(3, a);
        turn.recorded.add(new Result(1, true, "a", Fate.delivered("250 ok")));
        turn.run();
        assertThat(a.taken()).containsExactly(recipient(0), recipient(2));
    }

    @Test
    void recipientsAreSpreadOverTheHostsAndNobodyIsSentToTwice() {
        TurnFixture turn = new TurnFixture(200, a, b);
        turn.run();
        assertThat(a.taken()).hasSizeBetween(50, 150);
        assertThat(turn.taken()).containsExactlyElementsOf(turn.chunk.addresses());
    }

    // The repeat bound
    // -------------------------------------------------------------------------------------------------

    @Test
    void noMoreBulkRecipientsAreHandedOverWithoutARecordThanTheBound() {
        TurnFixture turn = new TurnFixture(500, a);
        turn.run();
        assertThat(turn.mostUnrecorded).isEqualTo(100);
    }

    @Test
    void noMorePersonalCopiesAreHandedOverWithoutARecordThanTheBound() {
        TurnFixture turn = TurnFixture.personal(55, a);
        turn.repeatBound = 10;
        turn.run();
        assertThat(turn.mostUnrecorded).isEqualTo(10);
        assertThat(a.taken()).hasSize(55);
    }

    @Test
    void aTransactionIsNeverLargerThanTheBound() {
        TurnFixture turn = new TurnFixture(100, a);
        turn.repeatBound = 30;
        turn.run();
        assertThat(turn.mostUnrecorded).isEqualTo(30);
    }

    @Test
    void theBoundHoldsOverAllHostsOfATurn() {
        TurnFixture turn = TurnFixture.personal(60, a, b);
        turn.repeatBound = 10;
        turn.run();
        assertThat(turn.mostUnrecorded).isEqualTo(10);
        assertThat(b.taken()).isNotEmpty();
    }

    @Test
    void eachRecordLetsOthersGoOn() {
        TurnFixture turn = TurnFixture.personal(25, a);
        turn.repeatBound = 10;
        turn.run();
        assertThat(turn.progressed).isEqualTo(3);
    }

    // Replies about a recipient
    // ----------------------------------------------------------------------------------------

    @Test
    void aRecipientToldToComeBackWaitsAlone() {
        a.answersOnce(a.allBut(recipient(1), BUSY));
        TurnFixture turn = new TurnFixture(3, a);
        End end = turn.run();
        assertThat(turn.recordedAs(true)).containsExactly(recipient(0), recipient(2));
        assertThat(end.how()).isEqualTo("defer");
        assertThat(end.waiting()).isEqualTo(1);
        assertThat(end.tries()).isEqualTo(1);
        assertThat(end.reason()).isEqualTo("a: 450 4.2.0 greylisted");
    }

    @Test
    void aRecipientToldToComeBackIsNotTriedAgainInTheSameTurnOrAtAnotherHost() {
        a.answers(a.allBut(recipient(1), BUSY));
        TurnFixture turn = new TurnFixture(3, a, spare);
        turn.run();
        assertThat(turn.sends()).isEqualTo(1);
    }

    @Test
    void theNextTurnIsForTheWaitingRecipientOnly() {
        a.answersOnce(a.allBut(recipient(1), BUSY));
        TurnFixture turn = new TurnFixture(3, a);
        turn.run();
        assertThat(turn.run().how()).isEqualTo("finish");
        assertThat(a.transactions().get(1).recipients()).containsExactly(recipient(1));
        assertThat(turn.taken()).containsExactlyElementsOf(turn.chunk.addresses());
    }

    @Test
    void greylistingIsWaitedOutLongerThanASmarthostThatIsAway() {
        a.answers(all(BUSY));
        assertThat(new TurnFixture(1, a).run().delay()).isBetween(Duration.ofMillis(22_500), Duration.ofMillis(37_500));
    }

    @Test
    void anUnknownMailboxIsRecordedAsFailedWithItsReply() {
        a.answers(a.allBut(recipient(0), UNKNOWN));
        TurnFixture turn = new TurnFixture(2, a, spare);
        assertThat(turn.run().how()).isEqualTo("finish");
        Result failed = turn.recorded.stream()
                .filter(result -> !result.delivered())
                .findFirst()
                .orElseThrow();
        assertThat(failed).isEqualTo(new Result(0, false, "a", UNKNOWN));
        assertThat(spare.transactions()).isEmpty();
    }

    // Smarthosts that go away
    // ------------------------------------------------------------------------------------------

    @Test
    void whatADyingSmarthostDidNotTakeGoesByTheNextAndNobodyGetsItTwice() {
        a.answersOnce(a::takeAll);
        a.answersOnce(a::takeAll);
        a.answersOnce(a::die);
        TurnFixture turn = TurnFixture.personal(10, a, spare);
        assertThat(turn.run().how()).isEqualTo("finish");
        assertThat(a.taken()).hasSize(2);
        assertThat(spare.taken()).hasSize(8);
        assertThat(turn.taken()).containsExactlyElementsOf(turn.chunk.addresses());
    }

    @Test
    void aConnectionThatEndsAfterAMessageIsNoSignOfABadSmarthost() {
        a.answersOnce(a::takeAll);
        a.answersOnce(recipients -> {
            throw new HostDownException("421 so many are enough", null);
        });
        TurnFixture turn = TurnFixture.personal(5, a, spare);
        turn.run();
        assertThat(a.taken()).containsExactlyElementsOf(turn.chunk.addresses());
        assertThat(a.opened()).isEqualTo(2);
        assertThat(turn.pool.health("a").state()).isEqualTo(Health.State.UP);
    }

    @Test
    void aSmarthostThatTakesConnectionsButNoMailGoesDown() {
        a.answers(recipients -> {
            throw new HostDownException("read timed out", null);
        });
        TurnFixture turn = new TurnFixture(1, a);
        for (int i = 0; i < 3; i++) {
            turn.run();
        }
        assertThat(turn.pool.health("a").state()).isEqualTo(Health.State.DOWN);
        assertThat(turn.pool.health("a").reason()).isEqualTo("read timed out");
        turn.run();
        assertThat(turn.sends()).isEqualTo(3);
    }

    @Test
    void aProbeIsOverOnlyOnceAMessageWentThrough() {
        TurnFixture turn = new TurnFixture(1, a);
        turn.pool.candidates("example.com", 0);
        long longAgo = System.nanoTime() - Duration.ofHours(1).toNanos();
        for (int i = 0; i < 3; i++) {
            turn.pool.health("a").failed("gone", longAgo);
        }
        List<Health.State> duringTheProbe = new ArrayList<>();
        a.watch(recipients -> duringTheProbe.add(turn.pool.health("a").state()));
        turn.run();
        assertThat(duringTheProbe).containsExactly(Health.State.PROBING);
        assertThat(turn.pool.health("a").state()).isEqualTo(Health.State.UP);
    }

    @Test
    void aProbeIsLeftToOthersWhenTheHostsCannotBeRead() {
        TurnFixture turn = new TurnFixture(30, a, b);
        turn.pool.candidates("example.com", 0);
        long longAgo = System.nanoTime() - Duration.ofHours(1).toNanos();
        for (int i = 0; i < 3; i++) {
            turn.pool.health("a").failed("gone", longAgo);
        }
        turn.failReadingAfter(2);
        assertThatThrownBy(turn::run).hasMessage("the database is away");
        assertThat(turn.pool.health("a").state()).isEqualTo(Health.State.DOWN);
    }

    @Test
    void aMessageThatASmarthostNeverSurvivesEndsInBackoff() {
        a.answers(recipients -> {
            throw new HostDownException("gone", null);
        });
        TurnFixture turn = TurnFixture.personal(3, a);
        assertThat(turn.run().how()).isEqualTo("defer");
        assertThat(turn.sends()).isEqualTo(1);
    }

    @Test
    void withoutAnySmarthostAllWaitAndNothingIsRecorded() {
        a.goDown();
        b.goDown();
        TurnFixture turn = new TurnFixture(30, a, b);
        End end = turn.run();
        assertThat(end.how()).isEqualTo("defer");
        assertThat(end.waiting()).isEqualTo(30);
        assertThat(end.delay()).isBetween(Duration.ofMillis(1_500), Duration.ofMillis(2_500));
        assertThat(turn.recorded).isEmpty();
    }

    @Test
    void theDelayGrowsButNeverPastAMinuteWithoutASmarthost() {
        a.goDown();
        TurnFixture turn = new TurnFixture(1, a);
        turn.tries = 40;
        assertThat(turn.run().delay()).isBetween(Duration.ofSeconds(45), Duration.ofSeconds(75));
    }

    @Test
    void aSmarthostThatIsDownIsNotAskedAtAll() {
        TurnFixture turn = new TurnFixture(1, a, spare);
        for (int i = 0; i < 3; i++) {
            turn.pool.candidates("example.com", 0);
            turn.pool.health("a").failed("gone", System.nanoTime());
        }
        turn.run();
        assertThat(a.opened()).isZero();
        assertThat(spare.taken()).hasSize(1);
    }

    @Test
    void aLostReplyRepeatsThatMessageAlone() {
        a.answersOnce(a::takeAll);
        a.answersOnce(a::loseTheReply);
        TurnFixture turn = TurnFixture.personal(4, a);
        turn.run();
        assertThat(turn.taken()).containsExactly(recipient(0), recipient(1), recipient(1), recipient(2), recipient(3));
        assertThat(turn.recordedAs(true)).containsExactlyElementsOf(turn.chunk.addresses());
    }

    @Test
    void aProbeThatTheTurnHadNoTimeForIsLeftToOthers() {
        TurnFixture turn = TurnFixture.personal(50, a, b);
        turn.pool.candidates("example.com", 0);
        long longAgo = System.nanoTime() - Duration.ofHours(1).toNanos();
        for (String name : List.of("a", "b")) {
            for (int i = 0; i < 3; i++) {
                turn.pool.health(name).failed("gone", longAgo);
            }
        }
        turn.isOver = () -> true;
        turn.run();
        assertThat(turn.sends()).isEqualTo(1);
        assertThat(List.of(turn.pool.health("a").state(), turn.pool.health("b").state()))
                .containsExactlyInAnyOrder(Health.State.UP, Health.State.DOWN);
    }

    // Refusals of the message
    // ------------------------------------------------------------------------------------------

    @Test
    void aPostThatOneSmarthostRefusesGoesByAnother() {
        a.answers(all(SPAM));
        TurnFixture turn = new TurnFixture(3, a, spare);
        assertThat(turn.run().how()).isEqualTo("finish");
        assertThat(turn.recorded)
                .allMatch(result -> result.delivered() && result.smarthost().equals("spare"));
        assertThat(a.transactions()).hasSize(1);
    }

    @Test
    void aPostThatAllSmarthostsRefuseHasFailed() {
        a.answers(all(SPAM));
        spare.answers(all(SPAM));
        TurnFixture turn = new TurnFixture(3, a, spare);
        assertThat(turn.run().how()).isEqualTo("finish");
        assertThat(turn.recordedAs(false)).hasSize(3);
        assertThat(turn.recorded.get(0).fate()).isEqualTo(SPAM);
    }

    @Test
    void aPostThatOneRefusesWaitsForAnotherThatGoesDownMeanwhile() {
        a.answers(all(SPAM));
        spare.goDown();
        TurnFixture turn = new TurnFixture(3, a, spare);
        assertThat(turn.run().how()).isEqualTo("defer");
        assertThat(turn.recorded).isEmpty();
    }

    @Test
    void aPostThatOneRefusesWaitsForAnotherThatIsKnownToBeDown() {
        a.answers(all(SPAM));
        TurnFixture turn = new TurnFixture(3, a, spare);
        turn.pool.candidates("example.com", 0);
        for (int i = 0; i < 3; i++) {
            turn.pool.health("spare").failed("gone", System.nanoTime());
        }
        assertThat(turn.run().how()).isEqualTo("defer");
        assertThat(turn.recorded).isEmpty();
    }

    @Test
    void aRefusalToRelayGoesByAnotherSmarthost() {
        a.answers(all(Fate.ofRecipient(554, "554 5.7.1 <r0@example.com>: Relay access denied")));
        TurnFixture turn = new TurnFixture(3, a, spare);
        assertThat(turn.run().how()).isEqualTo("finish");
        assertThat(spare.taken()).hasSize(3);
        assertThat(turn.pool.health("a").state()).isEqualTo(Health.State.FAILING);
    }

    @Test
    void aSmarthostThatServesUsNotAtAllCostsNobodyTheMail() {
        Fate denied = Fate.ofRecipient(554, "554 5.7.1 <r0@example.com>: Relay access denied");
        a.answers(all(denied));
        TurnFixture turn = new TurnFixture(3, a);
        End end = turn.run();
        assertThat(end.how()).isEqualTo("defer");
        assertThat(end.reason()).isEqualTo("a: " + denied.reply());
        assertThat(turn.recorded).isEmpty();
        assertThat(turn.pool.health("a").reason()).isEqualTo(denied.reply());
    }

    @Test
    void oneThatIsNotRelayedForKeepsNobodyBehindItFromGoing() {
        a.answers(a.allBut(recipient(0), Fate.ofRecipient(550, "550 relay not permitted")));
        TurnFixture turn = TurnFixture.personal(4, a);
        assertThat(turn.run().waiting()).isEqualTo(1);
        assertThat(turn.recordedAs(true)).hasSize(3);
    }

    @Test
    void aRecipientThatIsNotRelayedForWaitsAloneAndTheHostStaysUp() {
        a.answers(a.allBut(recipient(1), Fate.ofRecipient(550, "550 relay not permitted")));
        TurnFixture turn = new TurnFixture(3, a);
        End end = turn.run();
        assertThat(end.how()).isEqualTo("defer");
        assertThat(end.waiting()).isEqualTo(1);
        assertThat(end.delay()).isGreaterThan(Duration.ofSeconds(20));
        assertThat(turn.pool.health("a").state()).isEqualTo(Health.State.UP);
    }

    @Test
    void aPolicyRefusalOfARecipientIsTriedAtTheOthersBeforeItCounts() {
        a.answers(a.allBut(recipient(1), Fate.ofRecipient(554, "554 5.7.1 not from you")));
        TurnFixture turn = new TurnFixture(3, a, spare);
        assertThat(turn.run().how()).isEqualTo("finish");
        assertThat(spare.taken()).containsExactly(recipient(1));
    }

    // Turns
    // ------------------------------------------------------------------------------------------------------------

    @Test
    void nothingMoreIsSentOrRecordedOnceTheLeaseIsLost() {
        TurnFixture turn = TurnFixture.personal(10, a, spare);
        turn.mayGoOn = () -> a.taken().size() < 3;
        assertThat(turn.run()).isNull();
        assertThat(turn.sends()).isEqualTo(3);
        assertThat(turn.recorded).isEmpty();
    }

    @Test
    void aTurnThatIsOverYieldsWithWhatItDidAndTheNextGoesOnThere() {
        TurnFixture turn = TurnFixture.personal(10, a);
        turn.isOver = () -> a.taken().size() == 4;
        End end = turn.run();
        assertThat(end.how()).isEqualTo("yield");
        assertThat(end.waiting()).isEqualTo(6);
        assertThat(turn.recordedAs(true)).hasSize(4);
        turn.isOver = () -> false;
        assertThat(turn.run().how()).isEqualTo("finish");
        assertThat(turn.taken()).containsExactlyElementsOf(turn.chunk.addresses());
    }

    @Test
    void evenAShortTurnGetsOneMessageFurther() {
        TurnFixture turn = TurnFixture.personal(3, a, b);
        turn.isOver = () -> true;
        assertThat(turn.run().how()).isEqualTo("yield");
        assertThat(turn.sends()).isEqualTo(1);
    }

    @Test
    void aHostsRateEndsTheTurnAndTheEntryDoesNotComeBackAtOnce() {
        ScriptedHost slow = new ScriptedHost(ScriptedHost.aSlowHost("slow", 3));
        TurnFixture turn = new TurnFixture(300, slow);
        End end = turn.run();
        assertThat(end.how()).isEqualTo("yield");
        assertThat(slow.taken()).hasSizeBetween(3, 30);
        assertThat(turn.recordedAs(true)).hasSameSizeAs(slow.taken());
        assertThat(turn.pauses).containsExactly(Duration.ofMillis(200));
    }

    @Test
    void aTurnYieldsWhereEachConnectionCarriesOnlyOneMessage() {
        ScriptedHost one = new ScriptedHost(aHost("one", 1, 50, 1, false, "*"));
        TurnFixture turn = TurnFixture.personal(10, one);
        turn.isOver = () -> one.taken().size() >= 2;
        assertThat(turn.run().how()).isEqualTo("yield");
        assertThat(one.taken()).hasSize(2);
    }

    @Test
    void aConnectionCarriesNoMoreMessagesThanTheHostAllows() {
        ScriptedHost two = new ScriptedHost(aHost("two", 1, 50, 2, false, "*"));
        TurnFixture turn = TurnFixture.personal(5, two);
        turn.run();
        assertThat(two.opened()).isEqualTo(3);
    }

    @Test
    void whereEveryConnectionIsBusyTheEntryYieldsAndTheHostStaysUp() throws Exception {
        TurnFixture turn = new TurnFixture(1, a);
        List<HostLine.Lent> busy = new ArrayList<>();
        for (int i = 0; i < a.host().connections(); i++) {
            Optional<HostLine.Lent> lent = turn.pool.borrow(a.host(), new WaitingLine.Claim(1, 1), Duration.ZERO);
            busy.add(lent.orElseThrow());
        }
        assertThat(turn.run().how()).isEqualTo("yield");
        assertThat(turn.pool.health("a").state()).isEqualTo(Health.State.UP);
        busy.forEach(HostLine.Lent::close);
    }

    @Test
    void aBusySmarthostKeepsNobodyFromTheOthers() throws Exception {
        TurnFixture turn = new TurnFixture(100, a, b);
        List<HostLine.Lent> busy = new ArrayList<>();
        for (int i = 0; i < a.host().connections(); i++) {
            busy.add(turn.pool
                    .borrow(a.host(), new WaitingLine.Claim(1, 1), Duration.ZERO)
                    .orElseThrow());
        }
        assertThat(turn.run().how()).isEqualTo("yield");
        assertThat(b.taken()).hasSizeBetween(20, 80);
        assertThat(a.taken()).isEmpty();
        busy.forEach(HostLine.Lent::close);
        assertThat(turn.run().how()).isEqualTo("finish");
        assertThat(turn.taken()).hasSize(100).doesNotHaveDuplicates();
    }

    @Test
    void aSmarthostWhoseRateIsUsedUpKeepsNobodyFromTheOthers() {
        ScriptedHost slow = new ScriptedHost(ScriptedHost.aSlowHost("slow", 1));
        TurnFixture turn = new TurnFixture(100, slow, b);
        assertThat(turn.run().how()).isEqualTo("yield");
        assertThat(b.taken()).hasSizeBetween(20, 80);
        assertThat(slow.taken()).hasSizeLessThan(20);
    }

    @Test
    void aMessageThatASmarthostWantsLaterGoesByTheNextAtOnce() {
        a.answers(all(new Fate.PostDeferred("452 4.3.1 the disk is full")));
        TurnFixture turn = new TurnFixture(100, a, b);
        assertThat(turn.run().how()).isEqualTo("finish");
        assertThat(b.taken()).hasSize(100).doesNotHaveDuplicates();
    }

    @Test
    void aMessageThatEverySmarthostWantsLaterWaits() {
        a.answers(all(new Fate.PostDeferred("452 4.3.1 the disk is full")));
        TurnFixture turn = new TurnFixture(10, a);
        End end = turn.run();
        assertThat(end.how()).isEqualTo("defer");
        assertThat(end.waiting()).isEqualTo(10);
        assertThat(end.reason()).contains("the disk is full");
        assertThat(end.delay()).isGreaterThan(Duration.ofSeconds(20));
        assertThat(turn.recorded).isEmpty();
    }

    @Test
    void whatWasHandedOverIsRecordedEvenIfTheTurnBreaks() {
        a.answersOnce(a::takeAll);
        a.answersOnce(a::takeAll);
        a.answersOnce(recipients -> {
            throw new IllegalStateException("the message cannot be read");
        });
        TurnFixture turn = TurnFixture.personal(5, a);
        assertThatThrownBy(turn::run).hasMessage("the message cannot be read");
        assertThat(turn.recordedAs(true)).containsExactly(recipient(0), recipient(1));
    }

    @Test
    void whatWasHandedOverIsRecordedEvenIfAMessageOverflowsTheStackAndItsConnectionIsNotUsedAgain() {
        a.answersOnce(a::takeAll);
        a.answersOnce(recipients -> {
            throw new StackOverflowError();
        });
        TurnFixture turn = TurnFixture.personal(5, a);
        assertThatThrownBy(turn::run)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the stack overflowed")
                .hasCauseInstanceOf(StackOverflowError.class);
        assertThat(turn.recordedAs(true)).containsExactly(recipient(0));
        turn.run();
        assertThat(a.opened()).isEqualTo(2);
        assertThat(a.taken()).hasSize(5).doesNotHaveDuplicates();
    }

    @Test
    void whatWasHandedOverIsRecordedOnceTheDatabaseIsBack() {
        TurnFixture turn = new TurnFixture(3, a);
        turn.failingRecords = 5;
        assertThatThrownBy(turn::run).hasMessage("the database is away");
        assertThat(turn.recordedAs(true)).hasSize(3);
        assertThat(turn.pauses)
                .containsExactly(
                        Duration.ofMillis(250), Duration.ofMillis(500), Duration.ofSeconds(1), Duration.ofSeconds(1));
        turn.run();
        assertThat(a.taken()).hasSize(3);
    }

    @Test
    void aRecordIsTriedAgainNoLongerThanTheLeaseLasts() {
        TurnFixture turn = new TurnFixture(3, a);
        turn.failingRecords = 100;
        turn.mayGoOn = () -> turn.pauses.size() < 3;
        assertThatThrownBy(turn::run).hasMessage("the database is away");
        assertThat(turn.pauses).hasSize(3);
    }

    @Test
    void aRecordThatNeverWorksIsGivenUp() {
        TurnFixture turn = new TurnFixture(3, a);
        turn.failingRecords = 1_000;
        assertThatThrownBy(turn::run).hasMessage("the database is away");
        assertThat(turn.pauses).hasSize(60);
    }

    // Old ones
    // ---------------------------------------------------------------------------------------------------------

    @Test
    void whoIsPutOffOnceMoreAfterFiveDaysHasFailedWithTheLastReason() {
        a.answers(all(BUSY));
        TurnFixture turn = new TurnFixture(2, a);
        turn.recorded.add(new Result(0, true, "a", Fate.delivered("250 ok")));
        turn.clock.forward(Duration.ofDays(5).plusSeconds(1));
        assertThat(turn.run().how()).isEqualTo("finish");
        assertThat(turn.sends()).isEqualTo(1);
        assertThat(turn.recordedAs(false)).containsExactly(recipient(1));
        assertThat(turn.recorded.get(1).fate())
                .isEqualTo(new Fate.Expired("given up after 5 days; last: a: 450 4.2.0 greylisted"));
    }

    @Test
    void howeverOldAnEntryIsItIsTriedBeforeItIsGivenUp() {
        TurnFixture turn = new TurnFixture(2, a);
        turn.clock.forward(Duration.ofDays(400));
        assertThat(turn.run().how()).isEqualTo("finish");
        assertThat(turn.recordedAs(true)).hasSize(2);
    }

    @Test
    void withoutASmarthostAnOldEntryWaitsForOneTwiceAsLong() {
        a.goDown();
        TurnFixture turn = new TurnFixture(2, a);
        turn.clock.forward(Duration.ofDays(10));
        assertThat(turn.run().how()).isEqualTo("defer");
        turn.clock.forward(Duration.ofSeconds(1));
        assertThat(turn.run().how()).isEqualTo("finish");
        assertThat(turn.recordedAs(false)).hasSize(2);
    }

    @Test
    void upToFiveDaysItIsTried() {
        TurnFixture turn = new TurnFixture(1, a);
        turn.clock.forward(Duration.ofDays(5));
        turn.run();
        assertThat(a.taken()).hasSize(1);
    }

    // Fewer at once
    // -----------------------------------------------------------------------------------------------------------

    private static final Fate ONE_TOO_MANY = new Fate.Deferred("452 4.5.3 Error: too many recipients");

    private static ScriptedHost.Answer takesAtOnce(ScriptedHost host, int most) {
        return recipients -> {
            List<Fate> fates = new ArrayList<>(host.takeAll(recipients.subList(0, Math.min(most, recipients.size()))));
            while (fates.size() < recipients.size()) {
                fates.add(ONE_TOO_MANY);
            }
            return fates;
        };
    }

    @Test
    void whoIsOneTooManyGoesWithTheNextTransactionAndNoMoreAreAskedForAtOnce() {
        a.answers(takesAtOnce(a, 20));
        TurnFixture turn = new TurnFixture(130, a);
        assertThat(turn.run().how()).isEqualTo("finish");
        assertThat(turn.taken()).isEqualTo(turn.chunk.addresses());
        assertThat(a.transactions().get(0).recipients()).hasSize(50);
        assertThat(a.transactions().subList(1, a.transactions().size()))
                .hasSize(6)
                .allMatch(transaction -> transaction.recipients().size() <= 20);
        assertThat(turn.pauses).isEmpty();
    }

    @Test
    void whoIsOneTooManyGoesWithTheNextTransactionThoughMoreWereUnderWay() {
        a.windowOf(3);
        a.answers(takesAtOnce(a, 7));
        TurnFixture turn = new TurnFixture(200, a);
        turn.repeatBound = 200;
        assertThat(turn.run().how()).isEqualTo("finish");
        assertThat(turn.taken()).isEqualTo(turn.chunk.addresses());
    }

    @Test
    void oneTooManyWhereNobodyIsTakenIsPutOff() {
        a.answers(ScriptedHost.all(ONE_TOO_MANY));
        TurnFixture turn = new TurnFixture(10, a);
        assertThat(turn.run().how()).isEqualTo("defer");
        assertThat(a.transactions()).hasSize(1);
        assertThat(turn.taken()).isEmpty();
    }

    @Test
    void aMailboxThatIsFullIsNotOneTooMany() {
        a.answers(a.allBut("r3@example.com", new Fate.Deferred("452 4.2.2 mailbox full")));
        TurnFixture turn = new TurnFixture(10, a);
        assertThat(turn.run().how()).isEqualTo("defer");
        assertThat(a.transactions()).hasSize(1);
    }

    @Test
    void smarthostThatIsRemovedDuringATurnShouldGetNoMore() {
        ScriptedHost leaving = new ScriptedHost(aHost("leaving"));
        ScriptedHost fallback = new ScriptedHost(aHost("fallback", 1, 50, 0, true, "*"));
        TurnFixture turn = TurnFixture.personal(20, leaving, fallback);
        leaving.watch(recipients -> {
            if (leaving.transactions().size() == 3) {
                turn.removed.add(leaving);
                turn.pool.refreshSoon();
            }
        });

        assertThat(turn.run().how()).isEqualTo("finish");

        assertThat(leaving.taken()).hasSize(4);
        assertThat(turn.taken()).isEqualTo(turn.chunk.addresses());
    }
}
