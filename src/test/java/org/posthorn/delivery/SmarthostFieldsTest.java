package org.posthorn.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.posthorn.delivery.smtp.Tls;

class SmarthostFieldsTest {

    private static Smarthost made(Map<String, Object> further) {
        Map<String, Object> fields = new HashMap<>(Map.of("host", "mx.example.org"));
        fields.putAll(further);
        return SmarthostFields.make("a", fields);
    }

    @Test
    void aHostAloneIsEnough() {
        Smarthost smarthost = made(Map.of());
        assertThat(smarthost.getPort()).isEqualTo(25);
        assertThat(smarthost.getTls()).isEqualTo(Tls.OPPORTUNISTIC);
        assertThat(smarthost.getDomains()).containsExactly("*");
        assertThat(smarthost.isEnabled()).isTrue();
    }

    @Test
    void aSmarthostWithoutAHostIsRefused() {
        assertThatThrownBy(() -> SmarthostFields.make("a", Map.of("port", 25)))
                .isInstanceOf(InvalidSmarthostException.class)
                .hasMessageStartingWith("host=");
    }

    @ParameterizedTest
    @CsvSource({
        "host, mx_1.example.org",
        "host, 'a b'",
        "port, 0",
        "port, 65536",
        "port, 25x",
        "tls, maybe",
        "weight, -1",
        "weight, 1001",
        "connections, many",
        "rcpts, 0",
        "rcpts, 1001",
        "role, spare",
        "domains, '*.*.de'",
        "domains, 'exa mple.org'",
        "enabled, 1",
        "jndi, 'ldap://evil/x?y'",
        "flavour, sweet",
        "transport, carrier-pigeon",
        "hours, 'at night'",
        "hours, '22:00-06:00 Europe/Nowhere'",
    })
    void aWrongValueIsRefusedWithTheFieldsName(String field, String value) {
        assertThatThrownBy(() -> made(Map.of(field, value)))
                .isInstanceOf(InvalidSmarthostException.class)
                .hasMessageStartingWith(field + "=");
    }

    @Test
    void credentialsInTheClearAreRefused() {
        assertThatThrownBy(() -> made(Map.of("username", "u", "password", "geheim", "tls", "off")))
                .isInstanceOf(InvalidSmarthostException.class)
                .hasMessageStartingWith("tls=");
        Smarthost withCredentials = made(Map.of("username", "u", "password", "geheim"));
        assertThatThrownBy(() -> SmarthostFields.apply(withCredentials, Map.of("tls", "off")))
                .isInstanceOf(InvalidSmarthostException.class)
                .hasMessageStartingWith("tls=");
    }

    @ParameterizedTest
    @CsvSource({"host, elsewhere.example.org", "port, 2525"})
    void aPasswordIsForgottenWhenTheHostMoves(String field, String value) {
        Smarthost smarthost = made(Map.of("username", "u", "password", "geheim"));
        SmarthostFields.apply(smarthost, Map.of("weight", 3, "host", "MX.example.org", "port", 25));
        assertThat(smarthost.getPassword()).isEqualTo("geheim");
        SmarthostFields.apply(smarthost, Map.of(field, value));
        assertThat(smarthost.getPassword()).isNull();
        SmarthostFields.apply(smarthost, Map.of("host", "third.example.org", "password", "neu"));
        assertThat(smarthost.getPassword()).isEqualTo("neu");
    }

    @Test
    void aRefusedPasswordIsNotInTheMessage() {
        assertThatThrownBy(() -> made(Map.of("password", "geheim\nQUIT")))
                .isInstanceOf(InvalidSmarthostException.class)
                .message()
                .doesNotContain("geheim");
    }

    @Test
    void theValueOfAnUnknownFieldIsNotInTheMessage() {
        assertThatThrownBy(() -> made(Map.of("passwort", "geheim"))).message().doesNotContain("geheim");
    }

    @ParameterizedTest
    @CsvSource({"'*.DE, example.org'", "'*.de,example.org'"})
    void domainsComeAsTextOrAsAListInAnyCase(String domains) {
        assertThat(made(Map.of("domains", domains)).getDomains()).containsExactly("*.de", "example.org");
        assertThat(made(Map.of("domains", List.of("*.DE", "example.org"))).getDomains())
                .containsExactly("*.de", "example.org");
    }

    @Test
    void withoutAWordTheTransportPipelinesAtAllHours() {
        assertThat(made(Map.of()).getTransport()).isEqualTo(Smarthost.Transport.PIPELINING);
        assertThat(made(Map.of()).getHours().isAlways()).isTrue();
    }

    @Test
    void transportAndHoursAreSetAndHoursTakenAway() {
        Smarthost smarthost = made(Map.of("transport", "angus", "hours", "mon-fri  22:00-06:00 UTC"));
        assertThat(smarthost.getTransport()).isEqualTo(Smarthost.Transport.ANGUS);
        assertThat(smarthost.getHours().text()).isEqualTo("mon-fri 22:00-06:00 UTC");
        Map<String, Object> none = new HashMap<>();
        none.put("hours", null);
        SmarthostFields.apply(smarthost, none);
        assertThat(smarthost.getHours().isAlways()).isTrue();
    }

    @Test
    void automaticConnectionsAreNone() {
        assertThat(made(Map.of("connections", "auto")).getConnections()).isZero();
    }

    @Test
    void aChangeOfOtherFieldsLeavesTheCredentials() {
        Smarthost smarthost = made(Map.of("username", "u", "password", "p"));
        SmarthostFields.apply(smarthost, Map.of("weight", 5));
        assertThat(smarthost.getUsername()).isEqualTo("u");
        assertThat(smarthost.getPassword()).isEqualTo("p");
    }

    @Test
    void aJndiNameAndCredentialsCanBeTakenAway() {
        Smarthost smarthost = made(Map.of("jndi", "mail/smarthost", "username", "u", "password", "p"));
        Map<String, Object> none = new HashMap<>();
        none.put("jndi", null);
        none.put("username", null);
        none.put("password", null);
        SmarthostFields.apply(smarthost, none);
        assertThat(smarthost.getJndi()).isNull();
        assertThat(smarthost.getUsername()).isNull();
    }

    @ParameterizedTest
    @CsvSource({"''", "-a", "'a b'", "a/b"})
    void aNameThatCannotBeInAPathIsRefused(String name) {
        assertThatThrownBy(() -> SmarthostFields.make(name, Map.of("host", "mx.example.org")))
                .isInstanceOf(InvalidSmarthostException.class);
    }

    @Test
    void aDomainInAnotherScriptIsKeptAsALabels() {
        assertThat(made(Map.of("domains", "B\u00fccher.example,*.b\u00fccher.example,xn--bcher-kva.example"))
                        .getDomains())
                .containsExactly("xn--bcher-kva.example", "*.xn--bcher-kva.example", "xn--bcher-kva.example");
    }
}
