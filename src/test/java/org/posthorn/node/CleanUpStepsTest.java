package org.posthorn.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.posthorn.digest.CollectedPosts;
import org.posthorn.ingress.Arrivals;
import org.posthorn.list.imports.ImportRows;
import org.posthorn.moderation.HeldRetention;
import org.posthorn.pipeline.FlowOnDatabase;
import org.posthorn.platform.Sql;
import org.posthorn.platform.audit.AuditRetention;
import org.posthorn.platform.settings.SettingSource;
import org.posthorn.platform.settings.Settings;
import org.posthorn.queue.MessageSource;
import org.posthorn.queue.NewPosting;
import org.posthorn.queue.QueueName;
import org.posthorn.queue.QueueSignals;
import org.posthorn.queue.Retention;
import org.posthorn.queue.Shunt;
import org.posthorn.queue.runner.JobHistory;
import org.posthorn.template.NoticeBudget;
import org.posthorn.testing.BothDatabases;
import org.posthorn.testing.TestDatabase;

/** One row of each kind a second past its time, by the settings' defaults, and one a second before: only the first ones go. */
class CleanUpStepsTest {

    private static final Instant NOW = FlowOnDatabase.NOW;
    private static final Duration SECOND = Duration.ofSeconds(1);

    /** The rows past their time have this number, those before it the next. */
    private static final long OVER = 9_000_000_001L;

    @TempDir
    private Path spool;

    private FlowOnDatabase flow;
    private Sql sql;

    private CleanUpSteps steps() {
        Settings settings = Settings.read(SettingSource.ofProcess());
        Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
        return new CleanUpSteps(
                new Shunt(flow.entries, new QueueSignals(), flow.trace, clock, flow.lists.audit),
                new HeldRetention(sql, clock, flow.fates, flow.lists.audit, settings),
                new Retention(sql, clock, settings),
                new JobHistory(sql, clock),
                new Arrivals(sql, settings),
                new AuditRetention(sql, clock, settings),
                new NoticeBudget(sql, null, clock),
                flow.autoresponder,
                flow.lists.expiredRequests,
                new ImportRows(sql, flow.lists.database.dialect(), clock),
                flow.attachments,
                new CollectedPosts(sql, flow.database().ids(), clock),
                settings,
                clock);
    }

    private long aPosting(Instant received) {
        return flow.postings.open(new NewPosting(
                flow.list.getId(),
                FlowOnDatabase.LIST,
                QueueName.IN,
                "<x@example.com>",
                "s@example.com",
                "s",
                1,
                received));
    }

    private long aMessage() {
        return flow.messages.store(MessageSource.of("Subject: x\r\n\r\nx\r\n".getBytes(StandardCharsets.UTF_8)));
    }

    private void parked(long id, String queue, Instant received) {
        sql.update(
                "insert into queue_entry (id, queue, hash, attributes, received, turn, due, progress, begun, tries, origin, last_error)"
                        + " values (?, ?, 1, '{}', ?, 1, ?, 0, 0, 0, 'IN', 'it broke')",
                id,
                queue,
                received,
                received);
    }

    private void held(long id, Instant at) {
        sql.update(
                "insert into held_message (request_id, list_id, posting_id, message_id, sender, subject, message_id_header, reason, rules, held_at, version)"
                        + " values (?, ?, ?, ?, 's@example.com', 's', '<x@example.com>', 'nonmember', 'nonmember-moderation', ?, 1)",
                id,
                flow.list.getId(),
                aPosting(NOW),
                aMessage(),
                at);
    }

    /** A post that ended, with its trace and a chunk: all of the same number. */
    private void ended(long id, Instant last) {
        long posting = aPosting(last);
        sql.update("update posting set id = ?, outcome = 'DONE' where id = ?", id, posting);
        sql.update(
                "insert into trace_event (id, posting_id, at, node, queue, event, detail) values (?, ?, ?, 'anna', 'IN', 'accepted', '')",
                id,
                id,
                last);
        sql.update(
                "insert into delivery_chunk (id, posting_id, recipient_count, recipients, made_at) values (?, ?, 0, '', ?)",
                id,
                id,
                last);
    }

    private void unreferenced(long id, Instant since) {
        long message = aMessage();
        sql.update("delete from message_part where message_id = ?", message);
        sql.update("update message set id = ?, unreferenced_since = ? where id = ?", id, since, message);
    }

    private void execution(long id, Instant ended) {
        sql.update("insert into jbatchJOBINSTANCEDATA (jobinstanceid) values (?)", id);
        sql.update(
                "insert into jbatchEXECUTIONINSTANCEDATA (jobexecid, jobinstanceid, batchstatus, endtime) values (?, ?, 'COMPLETED', ?)",
                id,
                id,
                LocalDateTime.ofInstant(ended, ZoneId.systemDefault()));
    }

    private void batchRepository() {
        for (String table : List.of(
                "jbatchJOBINSTANCEDATA (jobinstanceid bigint primary key)",
                "jbatchEXECUTIONINSTANCEDATA (jobexecid bigint primary key, jobinstanceid bigint, batchstatus varchar(20), endtime timestamp)",
                "jbatchSTEPEXECUTIONINSTANCEDATA (stepexecid bigint primary key, jobexecid bigint)",
                "jbatchJOBSTATUS (id bigint primary key)",
                "jbatchSTEPSTATUS (id bigint primary key)")) {
            sql.update("create table " + table);
        }
    }

    private void arrived(long id, Instant at) {
        byte[] key = new byte[32];
        key[0] = (byte) (id - OVER);
        sql.update(
                "insert into arrival (content_key, list_id, posting_id, arrived_at) values (?, ?, ?, ?)",
                key,
                flow.list.getId(),
                id,
                at);
    }

    private void audited(long id, Instant at) {
        sql.update(
                "insert into audit_entry (id, at, actor, via, action, subject_kind, subject_name) values (?, ?, 'a', 'SYSTEM', 'test', 'x', 'x')",
                id,
                at);
    }

    private void noticed(long id, Instant at) {
        sql.update(
                "insert into author_notice (id, list_id, email, kind, sent_at) values (?, ?, 's@example.com', 'AUTHOR', ?)",
                id,
                flow.list.getId(),
                at);
    }

    private void answered(long id, Instant forget) {
        sql.update(
                "insert into autoresponse (id, list_id, email, kind, responded_at, forget_at) values (?, ?, ?, 'OWNER', ?, ?)",
                id,
                flow.list.getId(),
                "s" + id + "@example.com",
                NOW,
                forget);
    }

    private void requested(long id, Instant expires) {
        sql.update(
                "insert into subscription_request (id, token, list_id, request_type, token_owner, email, original_email, verified, confirmed, approved, invitation, made_address, requested_at, expires_at)"
                        + " values (?, ?, ?, 'SUBSCRIPTION', 'SUBSCRIBER', ?, ?, false, false, false, false, false, ?, ?)",
                id,
                "token" + id,
                flow.list.getId(),
                id + "@example.com",
                id + "@example.com",
                NOW,
                expires);
    }

    private void imported(long id, Instant ended) {
        sql.update("""
                insert into member_import (id, list_id, actor, file_name, file_bytes, welcome, state, epoch, attempts, read_bytes, read_rows,
                  added, updated, skipped, failed, begun_at, ended_at)
                values (?, ?, 'ann', 'x.csv', 1, false, 'DONE', 1, 0, 1, 1, 1, 0, 0, 0, ?, ?)""", id, flow.list.getId(), ended, ended);
    }

    private void attached(long id, Instant expires) {
        sql.update(
                "insert into attachment (id, token, list_id, posting_id, part_no, sender, name, type, size_bytes, stored_at, expires_at)"
                        + " values (?, ?, ?, ?, 1, '', '', 'image/png', 0, ?, ?)",
                id,
                "token" + id,
                flow.list.getId(),
                id,
                NOW.minus(Duration.ofDays(30)),
                expires);
    }

    /** @return the numbers of each kind's rows, of those that the test made */
    private Map<String, List<Long>> left() {
        Map<String, String> kinds = new LinkedHashMap<>();
        kinds.put("shunt", "select id from queue_entry where queue = 'SHUNT'");
        kinds.put("bad", "select id - 10 from queue_entry where queue = 'BAD'");
        kinds.put("held", "select request_id from held_message");
        kinds.put("messages", "select id from message where id >= " + OVER);
        kinds.put("chunks", "select id from delivery_chunk");
        kinds.put("events", "select id from trace_event where id >= " + OVER);
        kinds.put("postings", "select id from posting where id >= " + OVER);
        kinds.put("executions", "select jobexecid from jbatchEXECUTIONINSTANCEDATA");
        kinds.put("arrivals", "select posting_id from arrival");
        kinds.put("audit", "select id from audit_entry where action = 'test'");
        kinds.put("notices", "select id from author_notice");
        kinds.put("autoresponses", "select id from autoresponse");
        kinds.put("requests", "select id from subscription_request");
        kinds.put("imports", "select id from member_import");
        kinds.put("attachments", "select id from attachment");
        kinds.put("digests", "select id from collected_post");
        Map<String, List<Long>> left = new LinkedHashMap<>();
        kinds.forEach((kind, query) -> left.put(kind, sql.list(query + " order by 1", row -> row.getLong(1))));
        return left;
    }

    /** Of no time: those go that are in a digest which is written. */
    private void collected(long id, boolean inDigest) {
        long message = flow.messages.store(MessageSource.of(new byte[] {1}));
        sql.update(
                "insert into collected_post (id, list_id, posting_id, message_id, size_bytes, collected_at, digest_id) values (?, ?, ?, ?, 1, ?, ?)",
                id,
                flow.list.getId(),
                id,
                message,
                NOW,
                inDigest ? 1L : null);
    }

    @BothDatabases
    void eachKindShouldLoseWhatIsPastItsOwnTimeAndNothingElse(TestDatabase database) {
        try (FlowOnDatabase opened = new FlowOnDatabase(database, spool)) {
            flow = opened;
            sql = opened.sql;
            batchRepository();
            flow.inTransaction(() -> {
                for (long id = OVER; id <= OVER + 1; id++) {
                    Duration past = id == OVER ? SECOND : SECOND.negated();
                    parked(id, "SHUNT", NOW.minus(Duration.ofDays(180)).minus(past));
                    parked(id + 10, "BAD", NOW.minus(Duration.ofDays(30)).minus(past));
                    held(id, NOW.minus(Duration.ofDays(365)).minus(past));
                    ended(id, NOW.minus(Duration.ofDays(30)).minus(past));
                    unreferenced(id, NOW.minus(Duration.ofHours(1)).minus(past));
                    execution(id, NOW.minus(Duration.ofDays(1)).minus(past));
                    arrived(id, NOW.minus(Duration.ofDays(7)).minus(past));
                    audited(id, NOW.minus(Duration.ofDays(400)).minus(past));
                    noticed(id, NOW.minus(Duration.ofDays(1)).minus(past));
                    answered(id, NOW.minus(past));
                    requested(id, NOW.minus(past));
                    imported(id, NOW.minus(Duration.ofDays(30)).minus(past));
                    attached(id, NOW.minus(past));
                    collected(id, id == OVER);
                }
                return null;
            });
            CleanUpSteps steps = steps();
            assertThat(left())
                    .containsOnlyKeys(
                            steps.all().stream().map(CleanUpSteps.Step::name).toArray(String[]::new));
            assertThat(left().values()).containsOnly(List.of(OVER, OVER + 1));

            Map<String, Integer> removed = new LinkedHashMap<>();
            steps.all()
                    .forEach(step -> removed.put(
                            step.name(), database.inTransaction(() -> CleanUp.step(step.name(), step.round()))));

            assertThat(left())
                    .allSatisfy((kind, rows) -> assertThat(rows).as(kind).containsExactly(OVER + 1));
            assertThat(removed.keySet())
                    .as("what ends a post comes before what is left of it, and a posting goes last")
                    .containsExactly(left().keySet().toArray(String[]::new));
            assertThat(removed)
                    .allSatisfy((kind, count) -> assertThat(count).as(kind).isEqualTo(1));
        }
    }
}
