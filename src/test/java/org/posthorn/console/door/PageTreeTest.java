package org.posthorn.console.door;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PageTreeTest {

    private final PageTree tree = new PageTree(List.of(
            "/index.xhtml",
            "/login.xhtml",
            "/site/index.xhtml",
            "/site/queues.xhtml",
            "/site/queues/_queue.xhtml",
            "/manage/_list-id/index.xhtml",
            "/manage/_list-id/held.xhtml",
            "/manage/_list-id/held/_request.xhtml",
            "/manage/_list-id/settings/digests.xhtml",
            "/static/posthorn.css"));

    @Test
    void frontPageShouldBeTheIndex() {
        assertThat(tree.find()).contains(new PageTree.Page("/index.xhtml", Map.of()));
    }

    @Test
    void folderShouldBeItsIndexAndPagesBelowItShouldBeFound() {
        assertThat(tree.find("site")).contains(new PageTree.Page("/site/index.xhtml", Map.of()));
        assertThat(tree.find("site", "queues")).contains(new PageTree.Page("/site/queues.xhtml", Map.of()));
    }

    @Test
    void underscoredNamesShouldTakeAnySegmentAsAParameter() {
        assertThat(tree.find("manage", "dev.example.org", "held", "17"))
                .contains(new PageTree.Page(
                        "/manage/_list-id/held/_request.xhtml", Map.of("list-id", "dev.example.org", "request", "17")));
        assertThat(tree.find("manage", "held"))
                .contains(new PageTree.Page("/manage/_list-id/index.xhtml", Map.of("list-id", "held")));
    }

    @Test
    void whatIsNoPageShouldNotBeFound() {
        assertThat(tree.find("index")).isEmpty();
        assertThat(tree.find("static", "posthorn.css")).isEmpty();
        assertThat(tree.find("manage", "")).isEmpty();
        assertThat(tree.find("manage", "dev.example.org", "nothing")).isEmpty();
        assertThat(tree.find("login.xhtml")).isEmpty();
    }
}
