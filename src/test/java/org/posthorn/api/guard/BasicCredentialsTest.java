package org.posthorn.api.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class BasicCredentialsTest {

    @Test
    void nameShouldEndAtTheFirstColon() {
        assertThat(BasicCredentials.parse("basic " + encoded("admin:pass:wörd")))
                .contains(new BasicCredentials("admin", "pass:wörd"));
    }

    @Test
    void whatMakesNoSenseShouldBeNothing() {
        assertThat(BasicCredentials.parse(null)).isEmpty();
        assertThat(BasicCredentials.parse("")).isEmpty();
        assertThat(BasicCredentials.parse("Bearer x")).isEmpty();
        assertThat(BasicCredentials.parse("Basic")).isEmpty();
        assertThat(BasicCredentials.parse("Basic ***")).isEmpty();
        assertThat(BasicCredentials.parse("Basic " + encoded("no colon"))).isEmpty();
        assertThat(BasicCredentials.parse(
                        "Basic " + Base64.getEncoder().encodeToString(new byte[] {'a', ':', (byte) 0xff})))
                .isEmpty();
    }

    @Test
    void passwordShouldNotShowInText() {
        assertThat(new BasicCredentials("admin", "secret").toString()).doesNotContain("secret");
    }

    private static String encoded(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
