package org.posthorn.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.posthorn.list.ListsOnDatabase;
import org.posthorn.platform.Sql;
import org.posthorn.queue.PostingReport.State;
import org.posthorn.testing.BothDatabases;
import org.posthorn.testing.TestDatabase;

class PostingReportsTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final String ID = "<a@example.com>";

    private Sql sql;
    private Postings postings;
    private PostingReports reports;

    private void on(TestDatabase database) {
        sql = database.sql();
        postings = new Postings(sql, database.ids());
        reports = new PostingReports(sql);
    }

    @BothDatabases
    void unknownMessageShouldHaveNoReport(TestDatabase database) {
        on(database);

        assertThat(reports.find("x", null, 10, 0)).isEmpty();
        assertThat(reports.find("x' OR '1'='1\0\ud800", null, 10, 0)).isEmpty();
    }

    @BothDatabases
    void messageShouldBeFollowedFromItsQueueToItsLastRecipient(TestDatabase database) {
        on(database);
        long posting = aPosting("test@example.org");
        assertThat(state()).isEqualTo(State.QUEUED);

        long chunk = aChunk(posting, "7\tAnn@example.com\n8\tbob@example.com\n9\tb_b@example.com\n");
        assertThat(state()).isEqualTo(State.DELIVERING);

        postings.fannedOut(posting);
        record(chunk, 0, 0, "DELIVERED", "250 taken");
        record(chunk, 1, 1, "DEFERRED", "451 later");
        long later = aChunk(posting, "8\tbob@example.com\n");
        PostingReport report = report();
        assertThat(report.state()).isEqualTo(State.DELIVERING);
        assertThat(report.posts().get(0).recipients()).isEqualTo(3);
        assertThat(report.posts().get(0).waiting()).isEqualTo(2);

        record(chunk, 2, 2, "FAILED", "550 no");
        record(later, 0, 0, "DELIVERED", "250 taken now");
        report = report();
        assertThat(report.state()).isEqualTo(State.DELIVERED);
        assertThat(report.posts().get(0).delivered()).isEqualTo(2);
        assertThat(report.posts().get(0).failed()).isEqualTo(1);
        assertThat(report.posts().get(0).waiting()).isZero();

        assertThat(reports.fates(report, "BOB@example.com"))
                .extracting(PostingReport.Fate::outcome)
                .containsExactly("deferred", "delivered");
        assertThat(reports.fates(report, "b_b@example.com"))
                .extracting(PostingReport.Fate::reply)
                .containsExactly("550 no");
        assertThat(reports.fates(report, "%@example.com")).isEmpty();
    }

    @BothDatabases
    void postToNobodyShouldCountAsDelivered(TestDatabase database) {
        on(database);
        postings.fannedOut(aPosting("test@example.org"));

        assertThat(state()).isEqualTo(State.DELIVERED);
    }

    @BothDatabases
    void mostUrgentOfSeveralPostsShouldSpeakForAll(TestDatabase database) {
        on(database);
        long done = aPosting("one@example.org");
        postings.fannedOut(done);
        long shunted = aPosting("two@example.org");
        sql.update("""
                insert into queue_entry (id, queue, hash, posting_id, attributes, received, turn, due, progress, begun, tries, origin, last_error)
                values (1, 'SHUNT', 1, ?, '{}', ?, 0, ?, 0, 0, 0, 'IN', 'broken')""", shunted, NOW, NOW);
        long rejected = aPosting("three@example.org");
        sql.update("update posting set outcome = 'REJECTED' where id = ?", rejected);

        PostingReport report = report();

        assertThat(report.state()).isEqualTo(State.SHUNTED);
        assertThat(report.posts())
                .extracting(PostingReport.Post::list)
                .containsExactly("one@example.org", "two@example.org", "three@example.org");
        assertThat(reports.find("a@example.com", "THREE@example.org", 10, 0)
                        .orElseThrow()
                        .state())
                .isEqualTo(State.REJECTED);
        assertThat(reports.find(ID, "none@example.org", 10, 0)).isEmpty();
    }

    @BothDatabases
    void eventsShouldComeInOrderAndInPages(TestDatabase database) {
        on(database);
        long posting = aPosting("test@example.org");
        for (int i = 0; i < 5; i++) {
            sql.update(
                    "insert into trace_event (id, posting_id, at, node, queue, event, detail) values (?, ?, ?, 'n1', 'IN', ?, '')",
                    i + 1L,
                    posting,
                    NOW.plusSeconds(i),
                    "e" + i);
        }

        assertThat(reports.find(ID, null, 2, 2).orElseThrow().events())
                .extracting(PostingReport.Event::event)
                .containsExactly("e2", "e3");
    }

    @BothDatabases
    void latestPostsOfAListShouldComeLastFirstWithWhereTheyStand(TestDatabase database) {
        on(database);
        long list;
        long other;
        try (ListsOnDatabase lists = new ListsOnDatabase(database)) {
            list = lists.aList("test@example.org").getId();
            other = lists.aList("other@example.org").getId();
        }
        opened(list, QueueName.IN, "first", 1);
        long rejected = opened(list, QueueName.IN, "second", 2);
        long sent = opened(list, QueueName.IN, "third", 3);
        opened(list, QueueName.OUT, "a notice", 4);
        opened(other, QueueName.IN, "of another list", 5);
        sql.update("update posting set outcome = 'REJECTED' where id = ?", rejected);
        long chunk = aChunk(sent, "7\tann@example.com\n8\tbob@example.com\n");
        postings.fannedOut(sent);
        record(chunk, 0, 0, "DELIVERED", "250 taken");

        List<PostingReports.Latest> latest = reports.latestOf(list, 10);

        assertThat(latest).extracting(PostingReports.Latest::subject).containsExactly("third", "second", "first");
        assertThat(latest)
                .extracting(post -> post.post().state())
                .containsExactly(State.DELIVERING, State.REJECTED, State.QUEUED);
        assertThat(latest.get(0).post().waiting()).isEqualTo(1);
        assertThat(latest.get(0).at()).isEqualTo(NOW.plusSeconds(3));
        assertThat(latest.get(0).sender()).isEqualTo("ann@example.com");
        assertThat(reports.latestOf(list, 2))
                .extracting(PostingReports.Latest::subject)
                .containsExactly("third", "second");
        assertThat(reports.latestOf(4711, 10)).isEmpty();
    }

    private long opened(long list, QueueName queue, String subject, int seconds) {
        return postings.open(List.of(new NewPosting(
                        list,
                        "test@example.org",
                        queue,
                        "<" + subject + "@example.com>",
                        "ann@example.com",
                        subject,
                        10,
                        NOW.plusSeconds(seconds))))
                .get(0);
    }

    private PostingReport report() {
        return reports.find(ID, null, 10, 0).orElseThrow();
    }

    private State state() {
        return report().state();
    }

    private long aPosting(String recipient) {
        return postings.open(
                        List.of(new NewPosting(null, recipient, QueueName.IN, ID, "ann@example.com", "Hello", 10, NOW)))
                .get(0);
    }

    private long aChunk(long posting, String recipients) {
        long id = sql.first("select count(*) from delivery_chunk", row -> row.getLong(1))
                        .orElseThrow()
                + 1;
        sql.update(
                "insert into delivery_chunk (id, posting_id, recipient_count, recipients, made_at) values (?, ?, ?, ?, ?)",
                id,
                posting,
                (int) recipients.lines().count(),
                recipients,
                NOW);
        return id;
    }

    private void record(long chunk, int first, int last, String outcome, String reply) {
        sql.update(
                "insert into delivery_record (chunk_id, first_index, last_index, outcome, smarthost, reply_code, replies, recorded_at) values (?, ?, ?, ?, 'a', ?, ?, ?)",
                chunk,
                first,
                last,
                outcome,
                Integer.parseInt(reply.substring(0, 3)),
                reply,
                NOW);
    }
}
