package org.posthorn.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.posthorn.delivery.ScriptedHost.aHost;

import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RoutesTest {

    private static Host normal(String name, int weight, String... domains) {
        return aHost(name, weight, 50, 0, false, domains);
    }

    private static Host fallback(String name, String... domains) {
        return aHost(name, 1, 50, 0, true, domains);
    }

    private static List<List<String>> routes(Selection selection, int times, Host... hosts) {
        Routes routes = new Routes(List.of(hosts), selection, Set.of(), new AtomicLong());
        return IntStream.range(0, times)
                .mapToObj(i ->
                        routes.of("example.com", 0).stream().map(Host::name).toList())
                .toList();
    }

    private static List<String> closed(String domain, Set<String> closed, Host... hosts) {
        return new Routes(List.of(hosts), Selection.HASH, closed, new AtomicLong())
                .of(domain, 0).stream().map(Host::name).toList();
    }

    private static List<String> route(String domain, long hash, Host... hosts) {
        return new Routes(List.of(hosts))
                .of(domain, hash).stream().map(Host::name).toList();
    }

    @Test
    void theMostSpecificRouteComesFirstThenTheGeneralOneThenFallback() {
        Host[] hosts = {
            fallback("spare", "*"), normal("all", 1, "*"), normal("de", 1, "*.de"), normal("own", 1, "example.de")
        };
        assertThat(route("example.de", 0, hosts)).containsExactly("own", "all", "spare");
        assertThat(route("other.de", 0, hosts)).containsExactly("de", "all", "spare");
        assertThat(route("example.com", 0, hosts)).containsExactly("all", "spare");
    }

    @Test
    void aTopLevelPatternIsNotForDomainsThatOnlyEndAlike() {
        assertThat(route("example.made", 0, normal("de", 1, "*.de"))).isEmpty();
        assertThat(route("de", 0, normal("de", 1, "*.de"))).isEmpty();
    }

    @Test
    void aFallbackIsOnlyForItsDomains() {
        assertThat(route("example.com", 0, fallback("spare", "*.de"))).isEmpty();
    }

    @Test
    void weightsCutTheHashSpace() {
        Host[] hosts = {normal("light", 1, "*"), normal("heavy", 3, "*")};
        long light = IntStream.range(0, 400)
                .filter(i -> route("example.com", Long.MAX_VALUE / 400 * i, hosts)
                        .get(0)
                        .equals("light"))
                .count();
        assertThat(light).isBetween(99L, 101L);
    }

    @Test
    void theOtherHostsOfARouteFollowTheFirst() {
        Host[] hosts = {normal("a", 1, "*"), normal("b", 1, "*"), normal("c", 1, "*")};
        assertThat(route("example.com", Long.MAX_VALUE / 2, hosts)).containsExactly("b", "c", "a");
        assertThat(route("example.com", Long.MAX_VALUE, hosts)).containsExactly("c", "a", "b");
    }

    @Test
    void aHostWithoutWeightIsAskedLast() {
        Host[] hosts = {normal("none", 0, "*"), normal("some", 1, "*")};
        assertThat(route("example.com", 0, hosts)).containsExactly("some", "none");
        assertThat(route("example.com", Long.MAX_VALUE, hosts)).containsExactly("some", "none");
    }

    @Test
    void hostsWithoutAnyWeightAreStillAsked() {
        assertThat(route("example.com", 5, normal("a", 0, "*"), normal("b", 0, "*")))
                .containsExactly("a", "b");
    }

    @Test
    void aDomainsOwnRouteBeatsThatOfAllBelowItHoweverShortItIs() {
        assertThat(route("a.de", 0, normal("all", 1, "*.de"), normal("own", 1, "a.de")))
                .containsExactly("own");
        assertThat(route("x.a.de", 0, normal("all", 1, "*.de"), normal("own", 1, "a.de")))
                .containsExactly("all");
    }

    @Test
    void eachDomainGetsItsRouteWhicheverWasAskedForBefore() {
        Routes routes = new Routes(
                List.of(normal("all", 1, "*"), normal("de", 1, "*.de"), normal("deep", 1, "*.x.de", "example.org")));
        for (int i = 0; i < 3; i++) {
            assertThat(routes.of("a.de", 0)).extracting(Host::name).containsExactly("de", "all");
            assertThat(routes.of("a.x.de", 0)).extracting(Host::name).containsExactly("deep", "all");
            assertThat(routes.of("example.org", 0)).extracting(Host::name).containsExactly("deep", "all");
            assertThat(routes.of("example.com", 0)).extracting(Host::name).containsExactly("all");
            assertThat(routes.of("de", 0)).extracting(Host::name).containsExactly("all");
        }
    }

    @Test
    void theSameOrderIsTheSameObjectSoThatAskingCostsNothing() {
        Routes routes = new Routes(List.of(normal("a", 1, "*"), normal("b", 1, "*"), normal("de", 1, "*.de")));
        assertThat(routes.of("example.com", 5)).isSameAs(routes.of("example.net", 7));
        assertThat(routes.of("example.de", 5)).isSameAs(routes.of("other.de", 7));
    }

    @Test
    void inSequenceEachComesAsOftenAsItsWeightSaysAndTheOthersFollowIt() {
        Host[] hosts = {normal("a", 2, "*"), normal("b", 1, "*"), normal("c", 1, "*")};
        List<List<String>> orders = routes(Selection.SEQUENCE, 8, hosts);
        assertThat(orders).extracting(order -> order.get(0)).containsExactly("a", "b", "c", "a", "a", "b", "c", "a");
        assertThat(orders.get(1)).containsExactly("b", "c", "a");
    }

    @Test
    void aLargeWeightDoesNotBringLongRuns() {
        List<List<String>> orders = routes(Selection.SEQUENCE, 6, normal("a", 500, "*"), normal("b", 500, "*"));
        assertThat(orders).extracting(order -> order.get(0)).containsExactly("a", "b", "a", "b", "a", "b");
    }

    @Test
    void inSequenceThoseWithoutAnyWeightTakeTurnsToo() {
        List<List<String>> orders = routes(Selection.SEQUENCE, 4, normal("a", 0, "*"), normal("b", 0, "*"));
        assertThat(orders).extracting(order -> order.get(0)).containsExactly("a", "b", "a", "b");
    }

    @Test
    void byLotTheWeightsAreTheChances() {
        long heavy = routes(Selection.RANDOM, 4000, normal("light", 1, "*"), normal("heavy", 3, "*")).stream()
                .filter(order -> order.get(0).equals("heavy"))
                .count();
        assertThat(heavy).isBetween(2700L, 3300L);
    }

    @Test
    void aRouteWhollyOutOfItsHoursIsAllThereIsSoThatItsMailWaits() {
        Host[] hosts = {normal("night", 1, "*.de"), normal("all", 1, "*"), fallback("spare", "*")};
        assertThat(closed("example.de", Set.of("night"), hosts)).containsExactly("night");
        assertThat(closed("example.com", Set.of("night"), hosts)).containsExactly("all", "spare");
        assertThat(closed("example.com", Set.of("all"), hosts)).containsExactly("all");
        assertThat(closed("example.de", Set.of("all"), hosts)).containsExactly("night", "all", "spare");
        assertThat(closed("example.com", Set.of("spare"), fallback("spare", "*")))
                .containsExactly("spare");
    }

    @Test
    void whereOneOfARouteIsWithinItsHoursTheOthersStillFollow() {
        Host[] hosts = {normal("night", 1, "*"), normal("day", 1, "*"), fallback("spare", "*")};
        assertThat(closed("example.com", Set.of("night"), hosts)).containsExactly("night", "day", "spare");
    }
}
