package org.posthorn.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.posthorn.delivery.ScriptedHost.aHost;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RoutesTest {

    private static Host normal(String name, int weight, String... domains) {
        return aHost(name, weight, 50, 0, false, domains);
    }

    private static Host fallback(String name, String... domains) {
        return aHost(name, 1, 50, 0, true, domains);
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
}
