package org.posthorn.delivery;

import java.util.ArrayList;
import java.util.List;

/**
 * Which smarthosts a recipient's copy may go by, best first: the normal hosts of its most specific domain route, else those
 * for {@code *}, else fallback. Within a route the weights cut the hash space, so the choice is the same at every attempt.
 */
final class Routes {

    private final List<Host> hosts;

    Routes(List<Host> hosts) {
        this.hosts = List.copyOf(hosts);
    }

    List<Host> hosts() {
        return hosts;
    }

    /**
     * @param domain the recipient's, in lower case
     * @param hash 0 to 2^63-1
     */
    List<Host> of(String domain, long hash) {
        List<Host> ordered = new ArrayList<>();
        int most = hosts.stream()
                .filter(host -> !host.fallback())
                .mapToInt(host -> host.specificity(domain))
                .max()
                .orElse(-1);
        if (most > 0) {
            addWeighted(
                    ordered,
                    hosts.stream()
                            .filter(host -> !host.fallback() && host.specificity(domain) == most)
                            .toList(),
                    hash);
        }
        addWeighted(
                ordered,
                hosts.stream()
                        .filter(host -> !host.fallback() && host.specificity(domain) == 0 && !ordered.contains(host))
                        .toList(),
                hash);
        addWeighted(
                ordered,
                hosts.stream()
                        .filter(host -> host.fallback() && host.specificity(domain) >= 0)
                        .toList(),
                hash);
        return ordered;
    }

    /** The host in whose cut the hash lies comes first, the others after it in turn. */
    private static void addWeighted(List<Host> ordered, List<Host> route, long hash) {
        long total = route.stream().mapToLong(Host::weight).sum();
        if (route.isEmpty()) {
            return;
        }
        int first = 0;
        if (total > 0) {
            // The hash's place in the space, scaled to the weights' sum.
            double place = (double) hash / Long.MAX_VALUE * total;
            while (first < route.size() - 1 && place >= route.get(first).weight()) {
                place -= route.get(first).weight();
                first++;
            }
        }
        for (int i = 0; i < route.size(); i++) {
            ordered.add(route.get((first + i) % route.size()));
        }
    }
}
