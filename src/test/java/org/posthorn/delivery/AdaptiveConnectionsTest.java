package org.posthorn.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

/** Over a simulated smarthost: so many connections, so long a transaction takes each of them. */
class AdaptiveConnectionsTest {

    private static final long MILLISECOND = 1_000_000;

    private final AdaptiveConnections connections = new AdaptiveConnections();
    private final Random chance = new Random(7);
    private final List<Integer> limits = new ArrayList<>();
    private long now;

    /** @param pace milliseconds that a transaction takes with so many connections; @param trouble the part that is put off */
    private void run(int seconds, IntToDoubleFunction pace, IntToDoubleFunction trouble) {
        for (long end = now + seconds * 1000 * MILLISECOND; now < end; now += 50 * MILLISECOND) {
            int lent = connections.limit();
            connections.full();
            for (int connection = 0; connection < lent; connection++) {
                double millis = pace.applyAsDouble(lent) * (0.8 + 0.4 * chance.nextDouble());
                int ended = (int) Math.max(1, 50 / millis);
                int troubled = 0;
                for (int i = 0; i < ended; i++) {
                    troubled += chance.nextDouble() < trouble.applyAsDouble(lent) ? 1 : 0;
                }
                connections.worked((long) (millis * ended * MILLISECOND), ended, troubled, lent, now);
            }
            limits.add(connections.limit());
        }
    }

    private void run(int seconds, IntToDoubleFunction pace) {
        run(seconds, pace, lent -> 0);
    }

    private int least(int last) {
        return limits.subList(limits.size() - last, limits.size()).stream()
                .mapToInt(limit -> limit)
                .min()
                .orElseThrow();
    }

    private int most(int last) {
        return limits.subList(limits.size() - last, limits.size()).stream()
                .mapToInt(limit -> limit)
                .max()
                .orElseThrow();
    }

    /** All are served alike up to that number; beyond it they share. */
    private static IntToDoubleFunction shared(double millis, int workers) {
        return lent -> millis * Math.max(1, (double) lent / workers);
    }

    @Test
    void aFewConnectionsAreTheBeginning() {
        assertThat(connections.limit()).isEqualTo(2);
    }

    @Test
    void aSmarthostThatSwallowsAllGetsTheMost() {
        run(20, lent -> 20);
        assertThat(connections.limit()).isEqualTo(AdaptiveConnections.MOST);
    }

    @Test
    void theNumberSettlesWhereMoreWouldOnlyShare() {
        run(20, shared(2, 8));
        run(30, shared(2, 8));
        assertThat(least(500)).isGreaterThanOrEqualTo(7);
        assertThat(most(500)).isLessThanOrEqualTo(14);
        assertThat(most(500) - least(500)).isLessThanOrEqualTo(3);
    }

    @Test
    void itSettlesBelowWhereMoreWouldSlowAllDown() {
        run(50, lent -> 2 * Math.max(1, Math.pow(lent / 8.0, 3)));
        assertThat(least(500)).isGreaterThanOrEqualTo(6);
        assertThat(most(500)).isLessThanOrEqualTo(11);
    }

    @Test
    void overHoursItDoesNotCreepUp() {
        run(2 * 3600, shared(10, 6));
        assertThat(most(72_000)).isLessThanOrEqualTo(11);
        double mean = limits.stream().mapToInt(limit -> limit).average().orElseThrow();
        assertThat(mean).isBetween(6.0, 10.0);
    }

    @Test
    void biggerMessagesDoNotKeepItDown() {
        run(20, lent -> 2);
        run(10, lent -> 60);
        run(30, lent -> 60);
        assertThat(connections.limit()).isGreaterThanOrEqualTo(AdaptiveConnections.MOST / 2);
    }

    @Test
    void itShrinksWhenTheSmarthostGetsSlower() {
        run(20, lent -> 2);
        run(60, shared(2, 4));
        assertThat(most(200)).isLessThanOrEqualTo(9);
    }

    @Test
    void mailThatIsPutOffWhereThereAreTooManyKeepsTheNumberDown() {
        run(60, lent -> 5, lent -> lent > 10 ? 0.5 : 0);
        assertThat(most(400)).isLessThanOrEqualTo(16);
        assertThat(limits.subList(600, 1200).stream()
                        .mapToInt(limit -> limit)
                        .average()
                        .orElseThrow())
                .isBetween(5.0, 12.0);
    }

    @Test
    void mailThatIsPutOffAnywayDoesNot() {
        run(120, lent -> 5, lent -> 0.2);
        assertThat(connections.limit()).isEqualTo(AdaptiveConnections.MOST);
    }

    @Test
    void withoutNeedItStaysAsItIs() {
        for (int i = 0; i < 100; i++) {
            now += 100 * MILLISECOND;
            connections.worked(MILLISECOND, 1, 0, 1, now);
        }
        assertThat(connections.limit()).isEqualTo(2);
    }
}
