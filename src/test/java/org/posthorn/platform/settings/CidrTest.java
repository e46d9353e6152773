package org.posthorn.platform.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CidrTest {

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.255.1.2, true",
        "10.0.0.0/8, 11.0.0.0, false",
        "192.168.4.0/22, 192.168.7.255, true",
        "192.168.4.0/22, 192.168.8.0, false",
        "127.0.0.1, 127.0.0.1, true",
        "127.0.0.1, 127.0.0.2, false",
        "0.0.0.0/0, 203.0.113.9, true",
        "::1, 0:0:0:0:0:0:0:1, true",
        "2001:db8::/33, 2001:db8:7fff::1, true",
        "2001:db8::/33, 2001:db8:8000::1, false",
        "0.0.0.0/0, ::1, false",
        "::/0, 127.0.0.1, false",
    })
    void containsShouldCompareThePrefixBitsOfTheSameFamily(String block, String address, boolean inside)
            throws UnknownHostException {
        assertThat(Cidr.parse(block).orElseThrow().contains(InetAddress.getByName(address)))
                .isEqualTo(inside);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "localhost",
                "example.org/8",
                "10.0.0.0/33",
                "10.0.0.0/-1",
                "10.0.0.0/",
                "10.0.0.0/x",
                "10.0.0",
                "300.1.1.1",
                "::1/129",
                "::g",
                ":::",
                "10.0.0.0/8/8",
                "1.2.3.4 "
            })
    void parseShouldRefuseWhatIsNoLiteralBlock(String text) {
        assertThat(Cidr.parse(text)).isEmpty();
    }

    @Test
    void anyContainsShouldBeFalseWithoutBlocks() throws UnknownHostException {
        assertThat(Cidr.anyContains(List.of(), InetAddress.getByName("127.0.0.1")))
                .isFalse();
    }

    @Test
    void equalBlocksShouldBeEqual() {
        assertThat(Cidr.parse("10.0.0.0/8"))
                .isEqualTo(Cidr.parse("10.0.0.0/8"))
                .hasSameHashCodeAs(Cidr.parse("10.0.0.0/8"));
        assertThat(Cidr.parse("10.0.0.0/8")).isNotEqualTo(Cidr.parse("10.0.0.0/9"));
    }
}
