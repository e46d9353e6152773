package org.posthorn.platform.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SmarthostUrlTest {

    @Test
    void bareUrlShouldGetTheDefaults() {
        SmarthostUrl url = SmarthostUrl.parse("smtp://relay.example.org");

        assertThat(url.name()).isEqualTo("relay.example.org");
        assertThat(url.port()).isEqualTo(25);
        assertThat(url.tls()).isEqualTo(SmarthostUrl.Tls.OPPORTUNISTIC);
        assertThat(url.user()).isEmpty();
        assertThat(url.weight()).isEqualTo(1);
        assertThat(url.connections()).isZero();
        assertThat(url.rate()).isZero();
        assertThat(url.role()).isEqualTo(SmarthostUrl.Role.NORMAL);
        assertThat(url.domains()).containsExactly("*");
        assertThat(url.jndi()).isEmpty();
        assertThat(url.transport()).isEqualTo(SmarthostUrl.Transport.PIPELINING);
        assertThat(url.hours().isAlways()).isTrue();
    }

    @Test
    void transportAndHoursShouldBeRead() {
        SmarthostUrl url = SmarthostUrl.parse(
                "smtp://relay?transport=angus&hours=mon-fri%2022:00-06:00,sat-sun%2000:00-24:00%20Europe/Berlin");

        assertThat(url.transport()).isEqualTo(SmarthostUrl.Transport.ANGUS);
        assertThat(url.hours().text()).isEqualTo("mon-fri 22:00-06:00,sat-sun 00:00-24:00 Europe/Berlin");
        assertThat(url.hours().ranges()).hasSize(2);
    }

    @Test
    void wrongTransportAndHoursShouldBeRefusedByName() {
        assertThatThrownBy(() -> SmarthostUrl.parse("smtp://relay?transport=fast"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("transport=");
        assertThatThrownBy(() -> SmarthostUrl.parse("smtp://relay?hours=night"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("hours=");
    }

    @Test
    void optionsShouldBeRead() {
        SmarthostUrl url = SmarthostUrl.parse(
                "smtp://a%40b:p%3A%2Fw+x@[::1]:2525?name=a&weight=3&connections=4&rcpts=50&rate=7&role=fallback&domains=*.DE,example.org&starttls=required&jndi=mail/smarthost");

        assertThat(url.name()).isEqualTo("a");
        assertThat(url.host()).isEqualTo("::1");
        assertThat(url.port()).isEqualTo(2525);
        assertThat(url.tls()).isEqualTo(SmarthostUrl.Tls.REQUIRED);
        assertThat(url.user()).contains("a@b");
        assertThat(url.password()).contains("p:/w+x");
        assertThat(url.weight()).isEqualTo(3);
        assertThat(url.connections()).isEqualTo(4);
        assertThat(url.recipientsPerMessage()).isEqualTo(50);
        assertThat(url.rate()).isEqualTo(7);
        assertThat(url.role()).isEqualTo(SmarthostUrl.Role.FALLBACK);
        assertThat(url.domains()).containsExactly("*.de", "example.org");
        assertThat(url.jndi()).contains("mail/smarthost");
    }

    @Test
    void smtpsShouldMeanImplicitTlsOnItsOwnPort() {
        SmarthostUrl url = SmarthostUrl.parse("smtps://relay");

        assertThat(url.tls()).isEqualTo(SmarthostUrl.Tls.IMPLICIT);
        assertThat(url.name()).isEqualTo("relay-465");
        assertThat(url.port()).isEqualTo(465);
    }

    @Test
    void credentialsInTheClearShouldBeRefused() {
        assertThatThrownBy(() -> SmarthostUrl.parse("smtp://u:s3cret@relay:25?starttls=off"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("starttls=off");
        assertThat(SmarthostUrl.parse("smtp://relay:25?starttls=off").tls()).isEqualTo(SmarthostUrl.Tls.OFF);
    }

    @Test
    void errorShouldNotRepeatThePassword() {
        assertThatThrownBy(() -> SmarthostUrl.parse("smtp://u:s3cret@relay:25?x=s3cret"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("s3cret");
    }

    @Test
    void stringShouldNotShowThePassword() {
        assertThat(SmarthostUrl.parse("smtp://u:s3cret@relay:25").toString()).doesNotContain("s3cret");
    }
}
