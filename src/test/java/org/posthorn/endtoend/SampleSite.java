package org.posthorn.endtoend;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.posthorn.platform.Digests;
import org.posthorn.queue.Postings;
import org.posthorn.testing.PackagedNode;
import org.posthorn.testing.SmtpSink;

/**
 * A node with what a console has to show: lists with members, posts delivered, held and failed, smarthosts up and down,
 * entries that were shunted. Its database is open to the test, so that errors can be made that no mail makes.
 */
final class SampleSite implements AutoCloseable {

    static final String LIST = "dev.lists.example.org";
    static final String DELIVERED = "<delivered-1@mail.example.org>";
    static final String HELD = "<held-1@stranger.example.net>";

    private static final String DATABASE_PASSWORD = "sample";

    private final SmtpSink sink;
    private final PackagedNode node;
    private final String database;
    private long lastId = 5_000_000_000L;

    SampleSite(Path folder) throws IOException {
        sink = new SmtpSink();
        Path home = folder.resolve("home");
        database = "jdbc:h2:file:" + home.resolve("db/posthorn") + ";AUTO_SERVER=TRUE;DB_CLOSE_ON_EXIT=TRUE";
        node = new PackagedNode(
                        PackagedNode.Form.COMMAND,
                        home,
                        Map.of(
                                "POSTHORN_DB_URL",
                                database,
                                "POSTHORN_DB_PASSWORD",
                                DATABASE_PASSWORD,
                                "POSTHORN_NODE",
                                "anna",
                                "POSTHORN_API_USERS",
                                "restadmin:rest-password,reports:report-password?scopes=read",
                                "POSTHORN_SMARTHOSTS",
                                "smtp://127.0.0.1:" + sink.port()
                                        + "?name=relay-a&weight=3,smtp://127.0.0.1:9?name=germany&domains=*.de"))
                .start();
    }

    /** Where its smarthost takes mail. */
    int sinkPort() {
        return sink.port();
    }

    PackagedNode node() {
        return node;
    }

    /** Lists, members, posts; returns once the first post is delivered. */
    SampleSite filled() {
        node.makeList(
                "dev@lists.example.org",
                IntStream.range(0, 120)
                        .mapToObj(i -> "member" + i + "@example.com")
                        .toList());
        node.makeList("announce@lists.example.org", List.of("ann@example.com", "bert@example.org"));
        node.makeList("users@lists.example.org", List.of("ann@example.com"));
        describe("dev", "Where those who build it talk");
        describe("announce", "New releases, a few mails a year");
        describe("users", "Questions and answers for everybody");
        node.patch("/3.1/lists/" + LIST + "/config", "{\"subscription_policy\": \"moderate\"}");
        node.post(
                "/3.1/members",
                "{\"list_id\": \"" + LIST + "\", \"subscriber\": \"newcomer@example.net\", \"display_name\":"
                        + " \"Nora Newcomer\", \"pre_verified\": true, \"pre_confirmed\": true}");
        node.post("/3.1/lists/" + LIST + "/bans", "{\"email\": \"^.*@spam\\\\.example$\"}");
        post("member1@example.com", "Release plan for the spring", DELIVERED);
        if (!node.awaitState(DELIVERED, "delivered", Duration.ofSeconds(60))) {
            throw new AssertionError("the sample post was not delivered: " + node.trace(DELIVERED));
        }
        post("member2@example.com", "Re: Release plan for the spring", "<delivered-2@mail.example.org>");
        for (int i = 1; i <= 3; i++) {
            post(
                    "stranger" + i + "@stranger.example.net",
                    "May I ask something? (" + i + ")",
                    HELD.replace("1", "" + i));
        }
        shunted(
                "OUT",
                "java.io.IOException: the template archive-footer cannot be read: no such file",
                "member3@example.com",
                "Minutes of the meeting on 18 November");
        shunted(
                "PIPELINE",
                "it began three times alone and the process died each time",
                "member4@example.com",
                "A <b>bold</b> subject & \"quotes\"");
        shunted("IN", "java.lang.IllegalStateException: a list cannot be without a name: " + "x".repeat(300), "", "");
        parked("BAD", "IN", "no header field within the first 64 KB", "unknown@example.net", "");
        anImport();
        node.post("/api/accounts", "{\"name\": \"archiver\", \"scopes\": [\"read\", \"lists\"]}");
        return this;
    }

    private void describe(String list, String description) {
        node.patch("/3.1/lists/" + list + ".lists.example.org/config", "{\"description\": \"" + description + "\"}");
    }

    /** Posts to the list. */
    void post(String from, String subject, String messageId) {
        try {
            List<String> replies = node.deliver(
                    from,
                    List.of("dev@lists.example.org"),
                    PackagedNode.message(from, "dev@lists.example.org", subject, messageId));
            if (!replies.get(0).startsWith("250")) {
                throw new AssertionError(replies.toString());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    long shunted(String origin, String error, String sender, String subject) {
        return parked("SHUNT", origin, error, sender, subject);
    }

    /** One that is over, with two rows that were not taken. */
    private void anImport() {
        long id = ++lastId;
        Instant begun = Instant.now().minusSeconds(7200);
        update("""
                insert into member_import (id, list_id, actor, file_name, file_bytes, welcome, state, epoch, attempts, read_bytes, read_rows,
                  added, updated, skipped, failed, begun_at, started_at, ended_at)
                values (?, (select id from mailing_list where list_id = ?), 'admin', 'members of spring.csv', 51200, false, 'DONE', 1, 0, 51200,
                  1204, 1180, 20, 2, 2, ?, ?, ?)""", id, LIST, begun, begun.plusSeconds(1), begun.plusSeconds(9));
        update(
                "insert into member_import_error (import_id, error_no, line_no, value_text, reason) values (?, 0, 17, 'dora@', 'email must be an e-mail address')",
                id);
        update(
                "insert into member_import_error (import_id, error_no, line_no, value_text, reason) values (?, 1, 903, 'spam@example.net', 'the address is banned')",
                id);
    }

    /** Puts an entry with its message where nobody works on it. @return its id */
    long parked(String queue, String origin, String error, String sender, String subject) {
        long message = ++lastId;
        long posting = ++lastId;
        long entry = ++lastId;
        byte[] octets = ("From: <" + sender + ">\r\nTo: dev@lists.example.org\r\nSubject: " + subject
                        + "\r\nMessage-ID: " + parkedId(entry)
                        + "\r\nX-Script: <script>alert(1)</script>\r\n\r\nHello.\r\n")
                .getBytes(StandardCharsets.UTF_8);
        Instant now = Instant.now().minusSeconds(5400);
        update(
                "insert into message (id, sha256, size_bytes, stored_at) values (?, ?, ?, ?)",
                message,
                Digests.sha256().digest(octets),
                (long) octets.length,
                now);
        update("insert into message_part (message_id, part_no, octets) values (?, 0, ?)", message, octets);
        update(
                """
                insert into posting (id, list_id, recipient, first_queue, message_id, message_id_hash, sender, subject, size_bytes, received_at, fanned_out)
                values (?, (select id from mailing_list where list_id = ?), 'dev@lists.example.org', 'IN', ?, ?, ?, ?, ?, ?, false)""",
                posting,
                LIST,
                parkedId(entry),
                Postings.hash(parkedId(entry)),
                sender,
                subject,
                (long) octets.length,
                now);
        update("""
                insert into queue_entry (id, queue, hash, list_id, posting_id, message_id, attributes, received, turn, due, progress, begun, tries, origin, last_error)
                values (?, ?, 1, (select id from mailing_list where list_id = ?), ?, ?, '{}', ?, ?, ?, 0, 0, 2, ?, ?)""", entry, queue, LIST, posting, message, now, now.toEpochMilli() + entry, now, origin, error);
        return entry;
    }

    /** @return the Message-ID of what lies in a parked entry */
    static String parkedId(long entry) {
        return "<parked-" + entry + "@mail.example.org>";
    }

    boolean isParked(long entry) {
        return !query("select 1 from queue_entry where queue in ('SHUNT', 'BAD') and id = " + entry)
                .isEmpty();
    }

    List<String> query(String sql) {
        try (Connection connection = connect();
                PreparedStatement statement = connection.prepareStatement(sql);
                var rows = statement.executeQuery()) {
            List<String> found = new ArrayList<>();
            while (rows.next()) {
                found.add(rows.getString(1));
            }
            return found;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    void update(String sql, Object... parameters) {
        try (Connection connection = connect();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(
                        i + 1,
                        parameters[i] instanceof Instant instant ? instant.atOffset(ZoneOffset.UTC) : parameters[i]);
            }
            statement.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(database, "sa", DATABASE_PASSWORD);
    }

    @Override
    public void close() throws Exception {
        node.close();
        sink.close();
    }
}
