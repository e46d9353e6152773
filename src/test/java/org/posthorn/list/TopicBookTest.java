package org.posthorn.list;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.posthorn.list.TopicBook.Entry;

class TopicBookTest {

    private static final List<String> LINES =
            List.of("# What runs on rails", "Trains: locomotive", "Trains: carriage", "Ships: vessel", "# to be done");

    @Test
    void linesOfOneNameShouldBeOneTopicAndACommentBeforeItItsDescription() {
        TopicBook book = TopicBook.of(LINES);
        assertThat(book.entries())
                .containsExactly(
                        new Entry("Trains", "What runs on rails", List.of("locomotive", "carriage")),
                        new Entry("Ships", "", List.of("vessel")));
        assertThat(book.lines()).isEqualTo(LINES);
    }

    @Test
    void linesOfOneNameThatStandApartShouldBeJoinedWithNothingLost() {
        assertThat(TopicBook.of(List.of("# one", "a: x:y", "b: z", "# two", "A: w"))
                        .lines())
                .containsExactly("# one two", "a: x:y", "a: w", "b: z");
    }

    @Test
    void aTopicShouldBeChangedInItsPlaceAddedAtTheEndAndTakenOut() {
        TopicBook book = TopicBook.of(LINES);
        assertThat(book.with("trains", new Entry("Rail", "", List.of("track"))).lines())
                .containsExactly("Rail: track", "Ships: vessel", "# to be done");
        assertThat(book.with("", new Entry("Planes", "up", List.of("wing"))).lines())
                .containsExactly(
                        "# What runs on rails",
                        "Trains: locomotive",
                        "Trains: carriage",
                        "Ships: vessel",
                        "# up",
                        "Planes: wing",
                        "# to be done");
        assertThat(book.without("TRAINS").lines()).containsExactly("Ships: vessel", "# to be done");
    }
}
