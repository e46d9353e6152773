package org.posthorn.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.io.TempDir;
import org.posthorn.queue.runner.BatchTables;
import org.posthorn.testing.Eventually;
import org.posthorn.testing.PackagedNode;
import org.posthorn.testing.PackagedSite;
import org.posthorn.testing.SmtpSink;
import org.posthorn.testing.TestDatabase;

/** Two nodes that start over an empty database side by side, and come to the batch runtime's tables at the same moment. */
class FirstStartsE2E {

    private static final String LIST = "test@lists.example.org";
    private static final Duration SOON = Duration.ofSeconds(90);

    @TempDir
    Path folder;

    @RepeatedTest(2)
    void nodesThatMeetAtTheBatchTablesShouldMakeThemOneAfterTheOtherAndWork() throws Exception {
        try (SmtpSink sink = new SmtpSink();
                PackagedSite site = PackagedSite.of(
                        folder,
                        Map.of("POSTHORN_SMARTHOSTS", "smtp://127.0.0.1:" + sink.port() + "?name=sink"),
                        "one",
                        "two")) {
            empty(site.database());
            try (Connection before = site.database().source().getConnection()) {
                execute(before, "select pg_advisory_lock(" + BatchTables.LOCK + ")");
                site.nodes().forEach(PackagedNode::launch);
                assertThat(Eventually.holds(SOON, () -> waiting(site.database()) == 2))
                        .as(() -> site.node("one").log() + site.node("two").log())
                        .isTrue();
                assertThat(batchTables(site.database())).isZero();
                execute(before, "select pg_advisory_unlock(" + BatchTables.LOCK + ")");
            }
            site.nodes().forEach(PackagedNode::awaitReady);

            String messageId = PackagedNode.newMessageId();
            PackagedNode one = site.node("one");
            one.makeList(LIST, List.of("ann@example.com", "bob@example.net"));
            one.deliver(
                    "ann@example.com",
                    List.of(LIST),
                    PackagedNode.message("ann@example.com", LIST, "First", messageId));
            assertThat(one.awaitState(messageId, "delivered", SOON)).isTrue();
            assertThat(batchTables(site.database())).isEqualTo(6);
            assertThat(complaints("one")).isEmpty();
            assertThat(complaints("two")).isEmpty();
        }
    }

    /** Not even a schema of ours: a test's database comes with one. */
    private static void empty(TestDatabase database) throws SQLException {
        try (Connection connection = database.source().getConnection()) {
            execute(connection, "drop schema public cascade");
            execute(connection, "create schema public");
        }
    }

    private static void execute(Connection connection, String text) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(text);
        }
    }

    private static int waiting(TestDatabase database) {
        return count(
                database,
                "select count(*) from pg_locks where locktype = 'advisory' and not granted and database ="
                        + " (select oid from pg_database where datname = current_database()) and (classid::bigint << 32) + objid::bigint = "
                        + BatchTables.LOCK);
    }

    private static int batchTables(TestDatabase database) {
        return count(database, "select count(*) from information_schema.tables where table_name like 'jbatch%'");
    }

    private static int count(TestDatabase database, String query) {
        return database.sql().first(query, row -> row.getInt(1)).orElseThrow();
    }

    /** What this node's log has to say of the batch runtime, as a warning or worse; that both made the first rows is another matter. */
    private List<String> complaints(String node) throws IOException {
        return Files.readAllLines(folder.resolve(node + ".log"), StandardCharsets.ISO_8859_1).stream()
                .filter(line -> line.matches(".*(WARNING|SEVERE|ERROR|Exception).*"))
                .filter(line -> line.matches("(?i).*(batch|runner|relation|pg_type).*"))
                .toList();
    }
}
