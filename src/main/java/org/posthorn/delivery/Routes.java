package org.posthorn.delivery;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Which smarthosts a recipient's copy may go by, best first: the normal hosts of its most specific domain route, else those
 * for {@code *}, else fallback. Within each of these the {@link Selection} says who is first.
 *
 * <p>Asked with every recipient: what a domain comes to depends only on which of the hosts' patterns it fits, so that is
 * looked up by its labels, and worked out once for each set of patterns. An object is for one state of the pool: when that
 * changes there is another.
 */
final class Routes {

    private final List<Host> hosts;
    private final Selection selection;
    private final Set<String> closed;
    private final AtomicLong count;
    private final Set<String> patterns = new HashSet<>();
    private final Route elsewhere;
    private final Map<String, Route> byPatterns = new ConcurrentHashMap<>();

    Routes(List<Host> hosts) {
        this(hosts, Selection.HASH, Set.of(), new AtomicLong());
    }

    /**
     * @param closed the names of those that are out of their hours
     * @param count how many were asked for: goes on from one state of the pool to the next
     */
    Routes(List<Host> hosts, Selection selection, Set<String> closed, AtomicLong count) {
        this.hosts = List.copyOf(hosts);
        this.selection = selection;
        this.closed = Set.copyOf(closed);
        this.count = count;
        hosts.forEach(host -> patterns.addAll(host.domains()));
        patterns.remove("*");
        this.elsewhere = made("");
    }

    List<Host> hosts() {
        return hosts;
    }

    /** @return whether the host is out of its hours */
    boolean isClosed(Host host) {
        return closed.contains(host.name());
    }

    Set<String> closed() {
        return closed;
    }

    boolean isFor(List<Host> others, Selection by, Set<String> outOfHours) {
        return selection == by && hosts.equals(others) && closed.equals(outOfHours);
    }

    /**
     * @param domain the recipient's, in lower case
     * @param hash 0 to 2^63-1
     * @return unmodifiable; those out of their hours too. Only such: the mail waits for their hours
     */
    List<Host> of(String domain, long hash) {
        Route route = patterns.isEmpty() ? elsewhere : route(domain);
        return switch (selection) {
            case HASH -> route.byHash(hash);
            case SEQUENCE -> route.byTurn(count.getAndIncrement());
            case RANDOM -> route.byLot();
        };
    }

    private Route route(String domain) {
        String fitting = patterns.contains(domain) ? domain : null;
        for (int dot = domain.indexOf('.'); dot >= 0; dot = domain.indexOf('.', dot + 1)) {
            String pattern = "*" + domain.substring(dot);
            if (patterns.contains(pattern)) {
                fitting = fitting == null ? pattern : fitting + " " + pattern;
            }
        }
        if (fitting == null) {
            return elsewhere;
        }
        Route known = byPatterns.get(fitting);
        return known == null ? byPatterns.computeIfAbsent(fitting, any -> made(domain)) : known;
    }

    private Route made(String domain) {
        int most = hosts.stream()
                .filter(host -> !host.fallback())
                .mapToInt(host -> host.specificity(domain))
                .max()
                .orElse(-1);
        List<Host> own = hosts.stream()
                .filter(host -> most > 0 && !host.fallback() && host.specificity(domain) == most)
                .toList();
        List<Host> general = hosts.stream()
                .filter(host -> !host.fallback() && host.specificity(domain) == 0)
                .toList();
        List<Host> fallback = hosts.stream()
                .filter(host -> host.fallback() && host.specificity(domain) >= 0)
                .toList();
        return new Route(own, general, fallback, closed);
    }
}
