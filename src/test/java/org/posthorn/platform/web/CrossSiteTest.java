package org.posthorn.platform.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CrossSiteTest {

    private static final String SITE = "https://lists.example.org";

    @Test
    void programsThatSendNeitherHeaderShouldPass() {
        assertThat(CrossSite.isCrossSite(null, null, "127.0.0.1:8080", SITE)).isFalse();
    }

    @Test
    void requestsOfTheSiteItselfShouldPass() {
        assertThat(CrossSite.isCrossSite("same-origin", SITE, "lists.example.org", SITE))
                .isFalse();
        assertThat(CrossSite.isCrossSite("none", null, "lists.example.org", SITE))
                .isFalse();
        assertThat(CrossSite.isCrossSite(null, "http://localhost:8080", "localhost:8080", SITE))
                .isFalse();
    }

    @Test
    void requestsOfOthersShouldNot() {
        assertThat(CrossSite.isCrossSite("cross-site", null, "lists.example.org", SITE))
                .isTrue();
        assertThat(CrossSite.isCrossSite("same-site", null, "lists.example.org", SITE))
                .isTrue();
        assertThat(CrossSite.isCrossSite(null, "https://evil.example", "lists.example.org", SITE))
                .isTrue();
        assertThat(CrossSite.isCrossSite(null, "https://lists.example.org.evil.example", "lists.example.org", SITE))
                .isTrue();
        assertThat(CrossSite.isCrossSite(null, "null", "lists.example.org", SITE))
                .isTrue();
        assertThat(CrossSite.isCrossSite("same-origin", "https://evil.example", "lists.example.org", SITE))
                .isTrue();
    }
}
