package org.posthorn.launch;

import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.config.Config;
import com.hazelcast.config.InMemoryXmlConfig;
import org.junit.jupiter.api.Test;
import org.posthorn.platform.settings.Settings;

/** Read by the grid's own reader, which refuses what it does not know. */
class GridConfigurationTest {

    private static Config config(String bind) {
        return new InMemoryXmlConfig(
                GridConfiguration.of(new Settings.Cluster("tcpip:10.0.0.1:6900,n2.example.org:6901", 6901, bind)));
    }

    @Test
    void gridShouldListenOnTheNamedAddressAndPortOnly() {
        Config config = config("10.0.0.1");

        assertThat(config.getNetworkConfig().getPort()).isEqualTo(6901);
        assertThat(config.getNetworkConfig().isPortAutoIncrement()).isFalse();
        assertThat(config.getNetworkConfig().getInterfaces().isEnabled()).isTrue();
        assertThat(config.getNetworkConfig().getInterfaces().getInterfaces()).containsExactly("10.0.0.1");
        assertThat(config.getProperty("hazelcast.socket.bind.any")).isEqualTo("false");
        assertThat(config.getProperty("hazelcast.prefer.ipv4.stack")).isEqualTo("true");
        assertThat(config("fd00::1").getProperty("hazelcast.prefer.ipv4.stack")).isEqualTo("false");
    }

    @Test
    void gridShouldLookForTheNamedMembersOnly() {
        var join = config("10.0.0.1").getNetworkConfig().getJoin();

        assertThat(join.getTcpIpConfig().isEnabled()).isTrue();
        assertThat(join.getTcpIpConfig().getMembers()).containsExactly("10.0.0.1:6900", "n2.example.org:6901");
        assertThat(join.getMulticastConfig().isEnabled()).isFalse();
        assertThat(join.isAutoDetectionEnabled()).isFalse();
    }

    @Test
    void gridShouldTellNobodyOutside() {
        assertThat(config("127.0.0.1").getProperty("hazelcast.phone.home.enabled"))
                .isEqualTo("false");
    }
}
