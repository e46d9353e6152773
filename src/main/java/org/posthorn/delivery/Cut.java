package org.posthorn.delivery;

import java.math.BigInteger;
import java.util.List;

/** The smarthosts of one route, and how their weights cut what is to be shared out among them. */
final class Cut {

    private final List<Host> hosts;
    private final long total;

    /** For {@code sequence}: whose turn it is, place by place, each as often as its weight says and well mixed. */
    private int[] turns;

    Cut(List<Host> hosts) {
        this.hosts = List.copyOf(hosts);
        this.total = hosts.stream().mapToLong(Host::weight).sum();
    }

    List<Host> hosts() {
        return hosts;
    }

    int size() {
        return hosts.size();
    }

    boolean isEmpty() {
        return hosts.isEmpty();
    }

    /**
     * @param hash 0 to 2^63-1
     * @return the place of the one in whose part the hash lies; 0 when there is none, or none has a weight
     */
    int at(long hash) {
        int first = 0;
        if (total > 0) {
            // The hash's place in the space, scaled to the weights' sum.
            double place = (double) hash / Long.MAX_VALUE * total;
            while (first < hosts.size() - 1 && place >= hosts.get(first).weight()) {
                place -= hosts.get(first).weight();
                first++;
            }
        }
        return first;
    }

    /** @param count how many went before */
    int turn(long count) {
        if (hosts.size() < 2) {
            return 0;
        }
        int[] order = turns;
        if (order == null) {
            order = turns();
            turns = order; // whoever comes at the same time finds the same
        }
        return order[(int) Math.floorMod(count, (long) order.length)];
    }

    /** Whoever is furthest behind its share goes next: no host twice in a row where its weight does not ask for it. */
    private int[] turns() {
        int[] weights = hosts.stream().mapToInt(Host::weight).toArray();
        if (total == 0) {
            java.util.Arrays.fill(weights, 1);
        }
        int divisor = 0;
        int sum = 0;
        for (int weight : weights) {
            divisor =
                    BigInteger.valueOf(divisor).gcd(BigInteger.valueOf(weight)).intValue();
            sum += weight;
        }
        int[] order = new int[sum / divisor];
        long[] credit = new long[weights.length];
        for (int place = 0; place < order.length; place++) {
            int next = 0;
            for (int i = 0; i < weights.length; i++) {
                credit[i] += weights[i];
                if (credit[i] > credit[next]) {
                    next = i;
                }
            }
            credit[next] -= sum;
            order[place] = next;
        }
        return order;
    }
}
