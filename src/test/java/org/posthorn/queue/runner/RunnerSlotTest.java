package org.posthorn.queue.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.posthorn.queue.QueueName;
import org.posthorn.queue.lease.Incarnation;
import org.posthorn.queue.lease.Lease;
import org.posthorn.testing.Eventually;

class RunnerSlotTest {

    private static final Lease LEASE = new Lease(QueueName.IN, 0, 1, 1, 1, Incarnation.fresh("anna"));
    private static final Duration LONG = Duration.ofSeconds(60);

    private static RunnerSlot aSlot(Duration linger) {
        return new RunnerSlot(LEASE, null, null, linger, LONG);
    }

    private static RunnerSlot aSlotThatWaitsForNoStart() {
        return new RunnerSlot(LEASE, null, null, LONG, Duration.ZERO);
    }

    private final RunnerSlot slot = aSlot(LONG);

    @Test
    void theFirstCallStartsARunnerAndTheNextOnesDoNot() {
        assertThat(slot.call()).isTrue();
        assertThat(slot.call()).isFalse();
        slot.begin();
        assertThat(slot.call()).isFalse();
    }

    @Test
    void aSecondExecutionOfTheSameStartMustNotBegin() {
        slot.call();
        assertThat(slot.begin()).isPositive();
        assertThat(slot.begin()).isZero();
    }

    @Test
    void aRunnerThatNobodyCalledMustNotBegin() {
        assertThat(slot.begin()).isZero();
    }

    @Test
    void aCallThatComesAfterTheRunnersLastLookStartsAnother() {
        slot.call();
        long run = slot.begin();
        slot.heard();
        slot.call();
        assertThat(slot.ended(run)).isTrue();
        assertThat(slot.begin()).isPositive();
    }

    @Test
    void aCallThatTheRunnerHasHeardStartsNoOther() {
        slot.call();
        long run = slot.begin();
        slot.heard();
        assertThat(slot.ended(run)).isFalse();
        assertThat(slot.isRunning()).isFalse();
    }

    @Test
    void aLingeringRunnerIsWokenByACall() throws Exception {
        slot.call();
        slot.begin();
        slot.heard();
        CompletableFuture<Boolean> lingering = CompletableFuture.supplyAsync(slot::linger);
        assertThat(slot.call()).isFalse();
        assertThat(lingering.get(60, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aRunnerThatWasNotCalledEndsAfterLingeringAndTheNextCallStartsAnother() {
        RunnerSlot brief = aSlot(Duration.ZERO);
        brief.call();
        brief.begin();
        brief.heard();
        assertThat(brief.linger()).isFalse();
        assertThat(brief.isRunning()).isFalse();
        assertThat(brief.call()).isTrue();
    }

    @Test
    void theLateEndOfAFormerRunnerDoesNotEndTheNext() {
        RunnerSlot brief = aSlot(Duration.ZERO);
        brief.call();
        long former = brief.begin();
        brief.heard();
        brief.linger();
        brief.call();
        assertThat(brief.ended(former)).as("while the next is starting").isFalse();
        brief.begin();
        assertThat(brief.ended(former)).as("while the next runs").isFalse();
        assertThat(brief.isRunning()).isTrue();
    }

    @Test
    void aRunnerThatIsStoppedWhileItStartsNeverBegins() {
        slot.call();
        slot.stop();
        assertThat(slot.begin()).isZero();
        assertThat(slot.awaitEnd(Duration.ZERO)).isTrue();
    }

    @Test
    void aStoppedSlotStartsNothingAnyMore() {
        slot.call();
        long run = slot.begin();
        slot.stop();
        slot.call();
        assertThat(slot.ended(run)).isFalse();
        assertThat(slot.call()).isFalse();
    }

    @Test
    void aStopEndsLingeringAndPausing() throws Exception {
        slot.call();
        slot.begin();
        slot.heard();
        CompletableFuture<Boolean> lingering = CompletableFuture.supplyAsync(slot::linger);
        CompletableFuture<Void> pausing = CompletableFuture.runAsync(() -> slot.pause(LONG));
        slot.stop();
        assertThat(lingering.get(60, TimeUnit.SECONDS)).isTrue();
        pausing.get(60, TimeUnit.SECONDS);
    }

    @Test
    void theEndIsWaitedForAsLongAsItTakesAndNoLongerThanAsked() throws Exception {
        slot.call();
        long run = slot.begin();
        slot.stop();
        assertThat(slot.awaitEnd(Duration.ofMillis(1))).isFalse();
        CompletableFuture<Boolean> waiting = CompletableFuture.supplyAsync(() -> slot.awaitEnd(LONG));
        slot.ended(run);
        assertThat(waiting.get(60, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aStartThatFailedIsTriedAgainAtTheNextCall() {
        slot.call();
        slot.notStarted();
        assertThat(slot.call()).isTrue();
    }

    @Test
    void aStartThatTheBatchRuntimeTookAndNeverBeganIsTriedAgainAtTheNextCall() {
        RunnerSlot brief = aSlotThatWaitsForNoStart();
        brief.call();
        brief.handedOver();
        assertThat(brief.isQuiet()).as("the safety net looks for its work").isTrue();
        assertThat(brief.call()).isTrue();
        assertThat(brief.startsInVain()).isEqualTo(1);
    }

    @Test
    void aStartIsGivenItsTime() {
        slot.call();
        slot.handedOver();
        assertThat(slot.isQuiet()).isFalse();
        assertThat(slot.call()).isFalse();
    }

    @Test
    void aStartThatTheBatchRuntimeDoesNotHaveYetIsNotStartedAgain() {
        RunnerSlot brief = aSlotThatWaitsForNoStart();
        brief.call();
        assertThat(brief.call()).isFalse();
    }

    @Test
    void oneRunnerRunsWhenAStartThatWasGivenUpBeginsAfterAll() {
        RunnerSlot brief = aSlotThatWaitsForNoStart();
        brief.call();
        brief.handedOver();
        brief.call();
        brief.handedOver();
        assertThat(brief.begin()).isPositive();
        assertThat(brief.begin()).isZero();
        assertThat(brief.startsInVain()).isZero();
    }

    @Test
    void aRunnerThatBeganBeforeItsHandingOverWasToldRunsOn() {
        RunnerSlot brief = aSlotThatWaitsForNoStart();
        brief.call();
        brief.begin();
        brief.handedOver();
        assertThat(brief.call()).isFalse();
    }

    @Test
    void noCallIsLostAndNoTwoRunnersRunHoweverTheyMeet() {
        int rounds = 5_000;
        RunnerSlot brief = aSlot(Duration.ZERO);
        AtomicInteger work = new AtomicInteger();
        AtomicInteger done = new AtomicInteger();
        AtomicInteger running = new AtomicInteger();
        AtomicInteger mostRunning = new AtomicInteger();
        ExecutorService threads = Executors.newFixedThreadPool(3);
        Runnable[] runner = new Runnable[1];
        runner[0] = () -> {
            long run = brief.begin();
            mostRunning.accumulateAndGet(running.incrementAndGet(), Math::max);
            boolean goingOn = true;
            while (goingOn) {
                brief.heard();
                done.addAndGet(work.getAndSet(0));
                running.decrementAndGet(); // lingering may end it
                goingOn = brief.linger();
                if (goingOn) {
                    running.incrementAndGet();
                }
            }
            if (brief.ended(run)) {
                threads.execute(runner[0]);
            }
        };
        for (int i = 0; i < rounds; i++) {
            work.incrementAndGet();
            if (brief.call()) {
                threads.execute(runner[0]);
            }
        }
        assertThat(Eventually.holds(LONG, () -> done.get() == rounds))
                .as("%d of %d done", done.get(), rounds)
                .isTrue();
        assertThat(mostRunning.get()).isEqualTo(1);
        threads.shutdownNow();
    }
}
