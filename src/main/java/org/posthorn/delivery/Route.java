package org.posthorn.delivery;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Where mail to some domains may go: its own hosts, then those for all domains, then fallback. The orders that this can
 * come to are made once each and then handed out, since they are asked for with every recipient.
 *
 * <p>Hosts out of their hours stay in the order, where the others are tried instead of them; but where the first of these
 * groups has no other, its mail waits: then it alone is the order.
 */
final class Route {

    private final Cut own;
    private final Cut general;
    private final Cut fallback;
    private final AtomicReferenceArray<List<Host>> orders;

    /** @param closed the names of those that are out of their hours */
    Route(List<Host> own, List<Host> general, List<Host> fallback, Set<String> closed) {
        boolean waits = isClosed(first(own, general, fallback), closed);
        this.own = new Cut(own);
        this.general = new Cut(waits && !own.isEmpty() ? List.of() : general);
        this.fallback = new Cut(waits && !(own.isEmpty() && general.isEmpty()) ? List.of() : fallback);
        this.orders = new AtomicReferenceArray<>(places(this.own) * places(this.general) * places(this.fallback));
    }

    private static List<Host> first(List<Host> own, List<Host> general, List<Host> fallback) {
        if (!own.isEmpty()) {
            return own;
        }
        return general.isEmpty() ? fallback : general;
    }

    private static boolean isClosed(List<Host> hosts, Set<String> closed) {
        return !hosts.isEmpty() && hosts.stream().allMatch(host -> closed.contains(host.name()));
    }

    private static int places(Cut cut) {
        return Math.max(1, cut.size());
    }

    List<Host> byHash(long hash) {
        return order(own.at(hash), general.at(hash), fallback.at(hash));
    }

    List<Host> byTurn(long count) {
        return order(own.turn(count), general.turn(count), fallback.turn(count));
    }

    List<Host> byLot() {
        return byHash(ThreadLocalRandom.current().nextLong() & Long.MAX_VALUE);
    }

    private List<Host> order(int ofOwn, int ofGeneral, int ofFallback) {
        int place = (ofOwn * places(general) + ofGeneral) * places(fallback) + ofFallback;
        List<Host> order = orders.get(place);
        if (order == null) {
            List<Host> hosts = new ArrayList<>();
            addFrom(hosts, own, ofOwn);
            addFrom(hosts, general, ofGeneral);
            addFrom(hosts, fallback, ofFallback);
            order = List.copyOf(hosts);
            orders.set(place, order);
        }
        return order;
    }

    /** The one at that place first, the others after it in turn. */
    private static void addFrom(List<Host> order, Cut cut, int first) {
        for (int i = 0; i < cut.size(); i++) {
            order.add(cut.hosts().get((first + i) % cut.size()));
        }
    }
}
