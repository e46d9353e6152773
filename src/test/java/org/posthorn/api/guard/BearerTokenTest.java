package org.posthorn.api.guard;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BearerTokenTest {

    @Test
    void tokenShouldBeTakenFromTheHeader() {
        assertThat(BearerToken.parse("Bearer posthorn_a-B_9")).contains("posthorn_a-B_9");
        assertThat(BearerToken.parse("bearer  posthorn_a ")).contains("posthorn_a");
    }

    @Test
    void whatIsNoTokenShouldBeNone() {
        assertThat(BearerToken.parse(null)).isEmpty();
        assertThat(BearerToken.parse("Bearer ")).isEmpty();
        assertThat(BearerToken.parse("Bearer a b")).isEmpty();
        assertThat(BearerToken.parse("Bearer a\0b")).isEmpty();
        assertThat(BearerToken.parse("Basic YTpi")).isEmpty();
    }
}
