package org.posthorn.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.posthorn.list.TopicBook.Entry;
import org.posthorn.pipeline.TopicTrial.Hit;

class TopicTrialTest {

    private static final List<Entry> TOPICS = List.of(
            new Entry("Trains", "", List.of("locomotive", "carr?iage")), new Entry("Ships", "", List.of("^vessel")));

    private static List<String> hits(String sample, int bodyLines) {
        return TopicTrial.of(sample, bodyLines, TOPICS).stream()
                .map(hit -> hit.topic() + "/" + hit.pattern())
                .toList();
    }

    @Test
    void aMessageShouldBeTriedAsThePostsAre() {
        String message = "From: a@example.com\r\nSubject: =?utf-8?q?An_old_LOCO?=\r\n =?utf-8?q?MOTIVE?=\r\n"
                + "Keywords: vessels\r\n\r\nDear list\r\n\r\na carriage\r\n";
        assertThat(hits(message, 5)).containsExactly("Trains/locomotive", "Trains/carr?iage", "Ships/^vessel");
        assertThat(hits(message, 1)).containsExactly("Trains/locomotive", "Ships/^vessel");
        assertThat(hits("To: locomotive@example.com\n\nx", 5))
                .as("no field that is looked at")
                .isEmpty();
    }

    @Test
    void aTextAloneShouldBeTriedLineByLine() {
        assertThat(TopicTrial.of("Of ships\nVessel & locomotive", 0, TOPICS))
                .extracting(Hit::topic, Hit::where)
                .containsExactly(tuple("Trains", "Vessel & locomotive"), tuple("Ships", "Vessel & locomotive"));
        assertThat(hits("", 5)).isEmpty();
    }

    @Test
    void aHostilePatternOnALongSampleShouldTakeLittleTimeAndShowLittle() {
        List<Entry> hostile = List.of(new Entry("a", "", List.of("(a*)*b", "(x+x+)+y", "a{200}", "(")));
        String sample = "a".repeat(1_000_000);
        Assertions.assertTimeout(
                Duration.ofSeconds(20),
                () -> assertThat(TopicTrial.of(sample, 5, hostile))
                        .singleElement()
                        .satisfies(hit -> assertThat(hit.where()).hasSizeLessThan(210)));
    }
}
