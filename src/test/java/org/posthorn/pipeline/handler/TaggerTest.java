package org.posthorn.pipeline.handler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.posthorn.pipeline.handler.Drafts.aDraft;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.posthorn.pipeline.Draft;

class TaggerTest {

    private static Drafts onTopics() {
        Drafts draft = aDraft();
        draft.list.posting().setTopicsEnabled(true);
        draft.list.posting().setTopics(List.of("# means of transport", "Trains: locomotive", "Steam ships: ^vessel"));
        return draft;
    }

    private static List<String> topics(Drafts draft) {
        return draft.after(new Tagger()).header().all("X-Topics");
    }

    @Test
    void subjectAndKeywordsShouldHitAsPeopleReadThem() {
        assertThat(topics(onTopics()
                        .field("Subject", "=?utf-8?q?A_Locomoti?= =?utf-8?q?ve?=")
                        .field("Keywords", "vessels")))
                .containsExactly("Trains, Steam ships");
        assertThat(topics(onTopics().field("Subject", "the vessel"))).isEmpty();
    }

    @Test
    void fieldThatThePostCameWithShouldGo() {
        assertThat(topics(onTopics().field("X-Topics", "Trains"))).isEmpty();
    }

    @Test
    void onlySoManyLinesOfTheTextShouldBeLookedAt() {
        assertThat(topicsOfText(2, "one\r\n\r\nlocomotive\r\n")).containsExactly("Trains");
        assertThat(topicsOfText(1, "one\r\n\r\nlocomotive\r\n")).isEmpty();
        assertThat(topicsOfText(0, "locomotive\r\n")).isEmpty();
    }

    private static List<String> topicsOfText(int limit, String text) {
        Drafts drafts = onTopics();
        drafts.list.posting().setTopicsBodylinesLimit(limit);
        Draft draft = drafts.after(new Cleanse());
        draft.putBody(() -> new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
        new Tagger().handle(draft);
        return draft.header().all("X-Topics");
    }

    @Test
    void listThatDoesNotGoByTopicsShouldLeaveThePostAsItIs() {
        Drafts draft = onTopics().field("Subject", "locomotive").field("X-Topics", "Other");
        draft.list.posting().setTopicsEnabled(false);
        assertThat(topics(draft)).containsExactly("Other");
    }
}
