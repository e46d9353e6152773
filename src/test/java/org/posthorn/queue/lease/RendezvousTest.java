package org.posthorn.queue.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.posthorn.queue.QueueName.IN;
import static org.posthorn.queue.QueueName.OUT;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.posthorn.queue.QueueName;

class RendezvousTest {

    private static NodeRow node(String name, int weight) {
        return new NodeRow(name, "1", weight, false, 0, Instant.EPOCH, Instant.EPOCH);
    }

    private static NodeRow draining(String name) {
        return new NodeRow(name, "1", 1, true, 0, Instant.EPOCH, Instant.EPOCH);
    }

    private static Map<Integer, String> assign(QueueName queue, int slices, NodeRow... nodes) {
        return Rendezvous.assign(queue, slices, Map.of(), List.of(nodes));
    }

    private static Map<String, Long> shares(Map<Integer, String> assigned) {
        return assigned.values().stream().collect(Collectors.groupingBy(name -> name, Collectors.counting()));
    }

    @Test
    void oneNodeHasEverything() {
        assertThat(assign(OUT, 16, node("a", 1)))
                .hasSize(16)
                .allSatisfy((slice, name) -> assertThat(name).isEqualTo("a"));
    }

    @Test
    void withoutANodeNothingIsAssigned() {
        assertThat(assign(OUT, 16)).isEmpty();
        assertThat(assign(OUT, 16, draining("a"))).isEmpty();
    }

    @Test
    void sharesFollowTheWeights() {
        assertThat(shares(assign(OUT, 16, node("a", 1), node("b", 1))))
                .containsEntry("a", 8L)
                .containsEntry("b", 8L);
        assertThat(shares(assign(OUT, 16, node("a", 3), node("b", 1))))
                .containsEntry("a", 12L)
                .containsEntry("b", 4L);
        assertThat(shares(assign(OUT, 16, node("a", 1), node("b", 1), node("c", 1)))
                        .values())
                .containsExactlyInAnyOrder(5L, 5L, 6L);
    }

    @Test
    void aDrainingNodeHasNothing() {
        assertThat(shares(assign(OUT, 16, node("a", 1), draining("b")))).containsOnlyKeys("a");
    }

    @Test
    void theSameWhateverTheOrderOfTheRows() {
        List<NodeRow> nodes = new ArrayList<>(List.of(node("a", 1), node("b", 2), node("c", 3), node("d", 1)));
        Map<Integer, String> first = Rendezvous.assign(OUT, 16, Map.of(), nodes);
        Random random = new Random(1);
        for (int i = 0; i < 20; i++) {
            Collections.shuffle(nodes, random);
            assertThat(Rendezvous.assign(OUT, 16, Map.of(), nodes)).isEqualTo(first);
        }
    }

    @Test
    void anotherNodeTakesItsShareAndLittleElseMoves() {
        int moved = 0;
        int needed = 0;
        for (int trial = 0; trial < 100; trial++) {
            NodeRow[] four =
                    IntStream.range(0, 4).mapToObj(i -> node("n" + i, 1)).toArray(NodeRow[]::new);
            NodeRow newcomer = node("newcomer" + trial, 1);
            Map<Integer, String> before = assign(OUT, 160, four);
            Map<Integer, String> after = assign(OUT, 160, four[0], four[1], four[2], four[3], newcomer);
            for (int slice = 0; slice < 160; slice++) {
                moved += before.get(slice).equals(after.get(slice)) ? 0 : 1;
                needed += after.get(slice).equals(newcomer.name()) ? 1 : 0;
            }
        }
        assertThat(needed).isEqualTo(100 * 32);
        assertThat(moved).isLessThan(needed * 3 / 2);
    }

    @Test
    void aPinnedSliceIsOnItsNodeWhileThatIsThere() {
        Map<Integer, String> pins = new HashMap<>();
        IntStream.range(0, 12).forEach(slice -> pins.put(slice, "b"));
        pins.put(99, "a"); // of an earlier, finer cut
        pins.put(13, "gone");
        Map<Integer, String> assigned = Rendezvous.assign(OUT, 16, pins, List.of(node("a", 1), node("b", 1)));
        assertThat(assigned).hasSize(16);
        assertThat(shares(assigned)).containsEntry("b", 12L).containsEntry("a", 4L);
        assertThat(Rendezvous.assign(OUT, 16, pins, List.of(node("a", 1)))).hasSize(16);
    }

    @Test
    void oddSlicesOfSeveralQueuesDoNotAllFallOnOneNode() {
        Map<String, Long> odd = new HashMap<>();
        for (QueueName queue : QueueName.values()) {
            shares(assign(queue, 4, node("a", 1), node("b", 1), node("c", 1)))
                    .forEach((name, share) -> odd.merge(name, share - 1, Long::sum));
        }
        assertThat(odd).allSatisfy((name, share) -> assertThat(share).isLessThan(QueueName.values().length));
        assertThat(shares(assign(IN, 1, node("a", 1), node("b", 1))).values()).containsExactly(1L);
    }
}
