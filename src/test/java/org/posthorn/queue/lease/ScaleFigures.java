package org.posthorn.queue.lease;

import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.posthorn.queue.QueueName;

/**
 * Simulates how slices and chunks fall on many nodes, by the code that decides it: {@code docs/scaling.md} says how it is
 * run and what it gave.
 */
public final class ScaleFigures {

    private static final int RUNS = 2_000;

    private ScaleFigures() {}

    public static void main(String[] arguments) {
        Locale.setDefault(Locale.ROOT);
        System.out.println("nodes slices | busiest/mean | moved at a join (least possible) | moved at a leave (least)");
        for (int nodes : new int[] {2, 3, 4, 8, 16, 32}) {
            for (int slices : new int[] {16, 64, 256}) {
                if (slices >= nodes) {
                    slices(nodes, slices);
                }
            }
        }
        System.out.println("nodes slices chunks | how much of the nodes' time is used until the last chunk is done");
        Random random = new Random(42);
        for (int nodes : new int[] {2, 4, 8, 16}) {
            for (int slices : new int[] {16, 64, 256}) {
                for (int chunks : new int[] {20, 200, 2_000, 20_000}) {
                    chunks(nodes, slices, chunks, random);
                }
            }
        }
    }

    private static void slices(int nodes, int slices) {
        Map<Integer, String> now = assigned(nodes, slices);
        Map<Integer, String> more = assigned(nodes + 1, slices);
        System.out.printf(
                "%5d %6d | %12.2f | %6.3f (%.3f) | %6.3f (%.3f)%n",
                nodes,
                slices,
                Collections.max(counts(now).values()) / ((double) slices / nodes),
                moved(now, more),
                1.0 / (nodes + 1),
                nodes == 1 ? 1 : moved(now, assigned(nodes - 1, slices)),
                1.0 / nodes);
    }

    /** Chunks fall on slices by their hash; a node works its slices' chunks off, and all nodes wait for the last. */
    private static void chunks(int nodes, int slices, int chunks, Random random) {
        Map<Integer, String> assigned = assigned(nodes, slices);
        double used = 0;
        for (int run = 0; run < RUNS; run++) {
            Map<String, Integer> load = new HashMap<>();
            for (int chunk = 0; chunk < chunks; chunk++) {
                load.merge(assigned.get(random.nextInt(slices)), 1, Integer::sum);
            }
            used += (double) chunks / nodes / Collections.max(load.values());
        }
        System.out.printf("%5d %6d %6d | %.2f%n", nodes, slices, chunks, used / RUNS);
    }

    private static Map<Integer, String> assigned(int nodes, int slices) {
        List<NodeRow> rows = IntStream.range(0, nodes)
                .mapToObj(k -> new NodeRow("n" + k, "1", 1, false, 0, Instant.EPOCH, Instant.EPOCH))
                .toList();
        return Rendezvous.assign(QueueName.OUT, slices, Map.of(), rows);
    }

    private static Map<String, Integer> counts(Map<Integer, String> assigned) {
        Map<String, Integer> counts = new HashMap<>();
        assigned.values().forEach(node -> counts.merge(node, 1, Integer::sum));
        return counts;
    }

    private static double moved(Map<Integer, String> before, Map<Integer, String> after) {
        return (double) before.entrySet().stream()
                        .filter(slice -> !slice.getValue().equals(after.get(slice.getKey())))
                        .count()
                / before.size();
    }
}
