package org.posthorn.queue.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.posthorn.platform.grid.Grid;
import org.posthorn.queue.QueueName;
import org.posthorn.queue.QueueSignals;
import org.posthorn.testing.Eventually;

class WakeUpsTest {

    private static final Duration SOON = Duration.ofSeconds(10);

    private final QueueSignals signals = new QueueSignals();
    private final FakeGrid grid = new FakeGrid();
    private final WakeUps wakeUps = new WakeUps(grid, signals);

    @AfterEach
    void stop() {
        grid.mayTake.countDown();
        wakeUps.stop();
    }

    /** Keeps what it is given, and waits with it as long as it is told to. */
    private static final class FakeGrid extends Grid {

        final List<String> told = new CopyOnWriteArrayList<>();
        final CountDownLatch mayTake = new CountDownLatch(1);
        volatile boolean stuck;
        volatile Consumer<String> listener;

        @Override
        public boolean isOn() {
            return true;
        }

        @Override
        public boolean tell(String topic, String text) {
            told.add(text);
            if (stuck) {
                try {
                    mayTake.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
            return true;
        }

        @Override
        public Optional<Runnable> listen(String topic, Consumer<String> heard) {
            listener = heard;
            return Optional.of(() -> listener = null);
        }
    }

    private void start() {
        wakeUps.start(Thread::new);
        assertThat(Eventually.holds(SOON, () -> grid.listener != null)).isTrue();
    }

    @Test
    void entryOfAnothersSliceShouldBeTold() {
        start();

        signals.arrived(QueueName.OUT, 81);

        assertThat(Eventually.holds(SOON, () -> grid.told.contains("out:81"))).isTrue();
    }

    @Test
    void entryOfThisNodesSliceShouldStayHere() {
        signals.listen((queue, hash) -> queue == QueueName.IN);
        start();

        signals.arrived(QueueName.IN, 1);
        signals.arrived(QueueName.OUT, 2);

        assertThat(Eventually.holds(SOON, () -> !grid.told.isEmpty())).isTrue();
        assertThat(grid.told).containsExactly("out:2");
    }

    @Test
    void whatIsHeardShouldWakeAndNotBeToldOn() {
        List<Long> woken = new CopyOnWriteArrayList<>();
        signals.listen((queue, hash) -> !woken.add(hash));
        start();

        grid.listener.accept("out:81,in:\u0000,x");
        grid.listener.accept("rubbish");
        grid.listener.accept("out:7");

        assertThat(Eventually.holds(SOON, () -> woken.contains(7L))).isTrue();
        assertThat(woken).isSubsetOf(81L, 7L);
        assertThat(grid.told).isEmpty();
    }

    @Test
    void senderShouldNotWaitForAGridThatStandsStill() {
        grid.stuck = true;
        start();
        signals.arrived(QueueName.OUT, 1);
        assertThat(Eventually.holds(SOON, () -> !grid.told.isEmpty())).isTrue();

        for (int i = 0; i < 1_000_000; i++) {
            signals.arrived(QueueName.OUT, i);
        }

        assertThat(grid.told).containsExactly("out:1"); // still in the grid's hands
        grid.stuck = false;
        grid.mayTake.countDown();
        assertThat(Eventually.holds(SOON, () -> grid.told.contains("out:999999")))
                .isTrue();
        assertThat(grid.told).hasSize(2);
    }

    @Test
    void floodFromTheGridShouldWakeOnlySoOften() {
        AtomicInteger woken = new AtomicInteger();
        signals.listen((queue, hash) -> woken.incrementAndGet() > 0);
        start();
        StringBuilder all = new StringBuilder("in:0");
        for (long part = 0; part < 64; part++) {
            for (QueueName queue : QueueName.values()) {
                all.append(',').append(queue.label()).append(':').append(part << 57);
            }
        }
        long began = System.nanoTime();
        while (System.nanoTime() - began < Duration.ofMillis(300).toNanos()) {
            grid.listener.accept(all.toString());
        }

        assertThat(woken.get()).isBetween(1, 4_000);
    }
}
