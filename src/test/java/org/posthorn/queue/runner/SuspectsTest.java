package org.posthorn.queue.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SuspectsTest {

    private static final Duration LONG = Duration.ofSeconds(60);

    /** Begins in a thread of its own, and ends at once. */
    private static CompletableFuture<Boolean> elsewhere(Suspects suspects, boolean suspect) {
        return CompletableFuture.supplyAsync(() -> {
            try (Suspects.Work work = suspects.begin(suspect)) {
                return work.isAlone();
            }
        });
    }

    private static boolean isWaiting(CompletableFuture<?> work) {
        try {
            work.get(30, TimeUnit.MILLISECONDS);
            return false;
        } catch (java.util.concurrent.TimeoutException e) {
            return true;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void whatIsNotSuspectWorksTogether() throws Exception {
        Suspects suspects = new Suspects(LONG, LONG);
        try (Suspects.Work work = suspects.begin(false)) {
            assertThat(work.isAlone()).isFalse();
            assertThat(elsewhere(suspects, false).get(60, TimeUnit.SECONDS)).isFalse();
        }
    }

    @Test
    void nothingElseWorksWhileASuspectDoes() throws Exception {
        Suspects suspects = new Suspects(LONG, LONG);
        CompletableFuture<Boolean> other;
        try (Suspects.Work work = suspects.begin(true)) {
            assertThat(work.isAlone()).isTrue();
            other = elsewhere(suspects, false);
            assertThat(isWaiting(other)).isTrue();
        }
        assertThat(other.get(60, TimeUnit.SECONDS)).isFalse();
    }

    @Test
    void othersGoOnOnceASuspectHasRecordedProgress() throws Exception {
        Suspects suspects = new Suspects(LONG, LONG);
        try (Suspects.Work work = suspects.begin(true)) {
            work.share();
            assertThat(work.isAlone()).isFalse();
            assertThat(elsewhere(suspects, false).get(60, TimeUnit.SECONDS)).isFalse();
        }
    }

    @Test
    void aSecondSuspectIsAloneOnceTheFirstIsDone() throws Exception {
        Suspects suspects = new Suspects(LONG, LONG);
        CompletableFuture<Boolean> second;
        try (Suspects.Work work = suspects.begin(true)) {
            second = elsewhere(suspects, true);
            assertThat(isWaiting(second)).isTrue();
        }
        assertThat(second.get(60, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aSuspectThatCannotBeAloneInTimeRunsWithTheOthers() throws Exception {
        Suspects suspects = new Suspects(Duration.ofMillis(10), LONG);
        try (Suspects.Work work = suspects.begin(false)) {
            assertThat(elsewhere(suspects, true).get(60, TimeUnit.SECONDS)).isFalse();
        }
    }

    @Test
    void aSuspectThatIsAloneForLongHasToShareAndIsTold() throws Exception {
        Suspects suspects = new Suspects(LONG, Duration.ofMillis(10));
        CompletableFuture<Void> told = new CompletableFuture<>();
        try (Suspects.Work work = suspects.begin(true, () -> false, () -> told.complete(null))) {
            assertThat(elsewhere(suspects, false).get(60, TimeUnit.SECONDS)).isFalse();
            assertThat(told).isCompleted();
            assertThat(work.isAlone()).isFalse();
        }
    }

    @Test
    void afterOneHadToShareNobodyIsAloneForAWhile() throws Exception {
        Suspects suspects = new Suspects(LONG, Duration.ofMillis(10));
        try (Suspects.Work work = suspects.begin(true)) {
            elsewhere(suspects, false).get(60, TimeUnit.SECONDS);
        }
        assertThat(elsewhere(suspects, true).get(60, TimeUnit.SECONDS)).isFalse();
    }

    @Test
    void aStopEndsTheWaiting() throws Exception {
        Suspects suspects = new Suspects(LONG, LONG);
        CompletableFuture<Boolean> stopped;
        try (Suspects.Work work = suspects.begin(true)) {
            stopped = CompletableFuture.supplyAsync(() -> {
                try (Suspects.Work mine = suspects.begin(false, () -> true, () -> {})) {
                    return mine.isAlone();
                }
            });
            assertThat(stopped.get(60, TimeUnit.SECONDS)).isFalse();
        }
    }

    @Test
    void sharingTwiceHarmsNothing() throws Exception {
        Suspects suspects = new Suspects(LONG, LONG);
        try (Suspects.Work work = suspects.begin(true)) {
            work.share();
            work.share();
        }
        assertThat(elsewhere(suspects, true).get(60, TimeUnit.SECONDS)).isTrue();
    }
}
