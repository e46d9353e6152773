package org.posthorn.platform.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TemplateHostsTest {

    private static final TemplateHosts HOSTS = TemplateHosts.parse(
                    "Lists.Example.org, http://localhost:8000 ,texts.example.net:8443,127.0.0.0/8")
            .orElseThrow();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://lists.example.org/t",
                "https://LISTS.example.org:443/t",
                "http://localhost:8000/t",
                "https://localhost:8000/t",
                "https://texts.example.net:8443/"
            })
    void listedHostShouldBeReached(String uri) {
        assertThat(HOSTS.objection(URI.create(uri))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "http://lists.example.org/t, for https only",
        "http://lists.example.org:443/t, not listed",
        "https://lists.example.org:8443/t, not listed",
        "https://a.lists.example.org/t, not listed",
        "https://example.org/t, not listed",
        "http://localhost/t, not listed",
        "https://texts.example.net/t, not listed",
        "file:///etc/passwd, only http and https",
        "mailman:///x.txt, only http and https",
        "gopher://lists.example.org/, only http and https",
    })
    void whatIsNotListedShouldBeObjectedTo(String uri, String why) {
        assertThat(HOSTS.objection(URI.create(uri)).orElseThrow()).contains(why);
    }

    @Test
    void nothingShouldBeListedByDefault() {
        assertThat(TemplateHosts.parse("")).contains(TemplateHosts.NONE);
        assertThat(TemplateHosts.NONE.objection(URI.create("https://lists.example.org/")))
                .isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.1.2.3",
                "172.16.0.1",
                "192.168.1.1",
                "169.254.169.254",
                "0.0.0.0",
                "100.64.0.1",
                "224.0.0.1",
                "::1",
                "::",
                "fe80::1",
                "fd00::1",
                "::ffff:10.0.0.1",
                "2002:a00:1::",
                "64:ff9b::a00:1"
            })
    void addressInsideShouldNotBePermittedUnlessListed(String address) throws UnknownHostException {
        assertThat(HOSTS.permits(InetAddress.getByName(address))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "93.184.216.34", "2606:2800:220:1::1"})
    void addressOfTheWorldOrListedShouldBePermitted(String address) throws UnknownHostException {
        assertThat(HOSTS.permits(InetAddress.getByName(address))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "https://host/path", "ftp://host", "host:99999", "user@host", "10.0.0.0/40"})
    void wrongEntryShouldBeRefused(String text) {
        assertThat(TemplateHosts.parse(text)).isEmpty();
    }
}
