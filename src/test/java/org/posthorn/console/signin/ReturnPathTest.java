package org.posthorn.console.signin;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReturnPathTest {

    @Test
    void pathOfThisSiteShouldBeKept() {
        assertThat(ReturnPath.safe("/site/queues?x=1")).isEqualTo("/site/queues?x=1");
        assertThat(ReturnPath.safe("/lists/test.example.org")).isEqualTo("/lists/test.example.org");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "https://evil.example",
                "//evil.example",
                "/\\evil.example",
                "\\/evil.example",
                "/\t/evil.example",
                "/a\r\nSet-Cookie: x=y",
                "javascript:alert(1)",
                "/<script>",
                "/login?next=/",
                "/logout",
                " /x",
                "/x\"y"
            })
    void anythingElseShouldLeadToTheFrontPage(String next) {
        assertThat(ReturnPath.safe(next)).isEqualTo("/");
    }

    @Test
    void nothingShouldLeadToTheFrontPage() {
        assertThat(ReturnPath.safe(null)).isEqualTo("/");
        assertThat(ReturnPath.safe("/" + "x".repeat(5000))).isEqualTo("/");
    }
}
