package org.posthorn.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.posthorn.platform.Sql;
import org.posthorn.testing.BothDatabases;
import org.posthorn.testing.TestDatabase;

class PostingSearchTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private Sql sql;
    private PostingSearch search;

    private void on(TestDatabase database) {
        sql = database.sql();
        search = new PostingSearch(sql);
        posting(1, "Ann@example.com", "100% off", "<a@example.com>");
        posting(2, "bob@example.com", "Minutes of the meeting", "<b@example.com>");
        posting(3, "ann@example.com", "Re: Minutes of the meeting", "<c@example.com>");
    }

    private void posting(long id, String sender, String subject, String messageId) {
        sql.update("""
                insert into posting (id, recipient, first_queue, message_id, message_id_hash, sender, subject, size_bytes, received_at, fanned_out)
                values (?, 'dev@example.org', 'IN', ?, 0, ?, ?, 10, ?, false)""", id, messageId, sender, subject, NOW.plusSeconds(id));
    }

    private List<String> found(String words) {
        return search.latest(words, 10).stream()
                .map(PostingSearch.Found::messageId)
                .toList();
    }

    @BothDatabases
    void postsShouldBeFoundByPartsOfSenderSubjectAndAddressTheLatestFirst(TestDatabase database) {
        on(database);

        assertThat(found("")).containsExactly("<c@example.com>", "<b@example.com>", "<a@example.com>");
        assertThat(found(" ann@EXAMPLE ")).containsExactly("<c@example.com>", "<a@example.com>");
        assertThat(found("minutes")).containsExactly("<c@example.com>", "<b@example.com>");
        assertThat(found("dev@example.org")).hasSize(3);
        assertThat(search.latest("", 2)).hasSize(2);
    }

    @BothDatabases
    void wordsShouldStandForThemselves(TestDatabase database) {
        on(database);

        assertThat(found("100% o")).containsExactly("<a@example.com>");
        assertThat(found("%")).containsExactly("<a@example.com>");
        assertThat(found("_")).isEmpty();
        assertThat(found("' or '1'='1\0\ud800")).isEmpty();
    }
}
