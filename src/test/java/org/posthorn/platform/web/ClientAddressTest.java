package org.posthorn.platform.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.posthorn.platform.settings.Cidr;

class ClientAddressTest {

    private static final List<Cidr> PROXIES =
            List.of(Cidr.parse("10.0.0.0/8").orElseThrow(), Cidr.parse("::1").orElseThrow());

    @Test
    void untrustedPeersHeaderShouldNotBeBelieved() {
        assertThat(client("192.0.2.1", "127.0.0.1")).isEqualTo("192.0.2.1");
    }

    @Test
    void trustedProxyShouldBeBelievedAsFarAsTheFirstUntrustedHop() {
        assertThat(client("10.0.0.1", "127.0.0.1, 203.0.113.9, 10.0.0.2")).isEqualTo("203.0.113.9");
        assertThat(client("10.0.0.1", "127.0.0.1", "203.0.113.9,10.0.0.2")).isEqualTo("203.0.113.9");
        assertThat(client("::1", "203.0.113.9")).isEqualTo("203.0.113.9");
    }

    @Test
    void hopThatIsNoAddressShouldEndTheSearch() {
        assertThat(client("10.0.0.1", "203.0.113.9, localhost, 10.0.0.2")).isEqualTo("10.0.0.2");
        assertThat(client("10.0.0.1", "")).isEqualTo("10.0.0.1");
        assertThat(client("10.0.0.1")).isEqualTo("10.0.0.1");
    }

    private static String client(String peer, String... forwardedFor) {
        return ClientAddress.of(peer, List.of(forwardedFor), PROXIES).getHostAddress();
    }
}
