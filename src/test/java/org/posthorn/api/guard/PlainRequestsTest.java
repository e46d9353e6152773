package org.posthorn.api.guard;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlainRequestsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/static/../site",
                "/static/./posthorn.css",
                "/static/..",
                "/static/%2e%2E/site",
                "/static/.%2e/site",
                "/static%2f..%2fsite",
                "/static/..;x=1/site",
                "/static/..%zz/../site",
            })
    void addressWithDotsBetweenSlashesShouldBeRefused(String uri) {
        assertThat(PlainRequests.hasDots(uri)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/static/posthorn.css",
                "/lists/dev.example.org",
                "/3.1/bans/%5E.*@spam%5C.example",
                "/3.1/bans/%5Espam%5C.",
                "/3.1/lists/a...b",
                "/site/users?q=..",
                "/static/...",
                "/static/%252e%252e/site",
            })
    void otherAddressesShouldPass(String uri) {
        assertThat(PlainRequests.hasDots(uri)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"multipart/form-data; boundary=x", " Multipart/Mixed", "MULTIPART/related;boundary=y"})
    void multipartShouldBeKnown(String type) {
        assertThat(PlainRequests.isMultipart(type)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/csv", "application/x-www-form-urlencoded", "text/multipart"})
    void otherBodiesShouldPass(String type) {
        assertThat(PlainRequests.isMultipart(type)).isFalse();
    }
}
