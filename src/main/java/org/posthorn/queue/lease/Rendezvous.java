package org.posthorn.queue.lease;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.posthorn.queue.QueueName;

/**
 * Says on which node each slice of a queue should be: the same on every node that sees the same rows, without asking
 * anyone. Weighted rendezvous hashing: each pair of node and slice has a score, and a slice goes to its best node, so that
 * few slices move when nodes come and go. A quota per node (its weight's share, rounded by largest remainder) keeps the
 * few slices there are from falling unevenly. A pin comes first, if its node is there. Draining nodes get none.
 */
public final class Rendezvous {

    private record Pair(NodeRow node, int slice, double score) {}

    private Rendezvous() {}

    /**
     * @param slices how many the queue has
     * @param pins slice to node
     * @param liveNodes draining ones too
     * @return slice to node; empty when no node may have any
     */
    public static Map<Integer, String> assign(
            QueueName queue, int slices, Map<Integer, String> pins, List<NodeRow> liveNodes) {
        List<NodeRow> nodes =
                liveNodes.stream().filter(node -> !node.draining()).toList();
        Map<Integer, String> assigned = new HashMap<>();
        if (nodes.isEmpty()) {
            return assigned;
        }
        Map<String, Integer> room = quotas(queue, slices, nodes);
        pins.forEach((slice, node) -> {
            if (slice < slices && room.containsKey(node)) {
                assigned.put(slice, node);
                room.merge(node, -1, Integer::sum);
            }
        });
        for (Pair pair : pairs(queue, slices, nodes)) {
            if (!assigned.containsKey(pair.slice()) && room.get(pair.node().name()) > 0) {
                assigned.put(pair.slice(), pair.node().name());
                room.merge(pair.node().name(), -1, Integer::sum);
            }
        }
        return assigned;
    }

    private static List<Pair> pairs(QueueName queue, int slices, List<NodeRow> nodes) {
        List<Pair> pairs = new ArrayList<>(slices * nodes.size());
        for (NodeRow node : nodes) {
            for (int slice = 0; slice < slices; slice++) {
                pairs.add(new Pair(node, slice, score(queue.name() + "/" + slice, node)));
            }
        }
        pairs.sort(Comparator.comparingDouble(Pair::score)
                .reversed()
                .thenComparing(pair -> pair.node().name())
                .thenComparing(Pair::slice));
        return pairs;
    }

    /** Shares of the slices by weight that add up to all of them. */
    private static Map<String, Integer> quotas(QueueName queue, int slices, List<NodeRow> nodes) {
        long total = nodes.stream().mapToLong(NodeRow::weight).sum();
        Map<String, Integer> quotas = new HashMap<>();
        nodes.forEach(node -> quotas.put(node.name(), (int) ((long) slices * node.weight() / total)));
        int left = slices - quotas.values().stream().mapToInt(Integer::intValue).sum();
        // Ties fall differently for each queue, so that no node gets the odd slice of all of them.
        nodes.stream()
                .sorted(Comparator.comparingLong((NodeRow node) -> -((long) slices * node.weight() % total))
                        .thenComparing(node -> -score(queue.name(), node))
                        .thenComparing(NodeRow::name))
                .limit(left)
                .forEach(node -> quotas.merge(node.name(), 1, Integer::sum));
        return quotas;
    }

    /** -weight / ln(u) for u even between 0 and 1: the share of the pairs that a node wins follows its weight. */
    private static double score(String what, NodeRow node) {
        double even = ((mix(what + " " + node.name()) >>> 11) + 0.5) * 0x1.0p-53;
        return -node.weight() / Math.log(even);
    }

    /** FNV-1a with the finishing steps of SplitMix64: no secret, only the same on every node. */
    private static long mix(String text) {
        long hash = 0xcbf29ce484222325L;
        for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (octet & 0xff)) * 0x100000001b3L;
        }
        hash = (hash ^ hash >>> 30) * 0xbf58476d1ce4e5b9L;
        hash = (hash ^ hash >>> 27) * 0x94d049bb133111ebL;
        return hash ^ hash >>> 31;
    }
}
