package org.posthorn.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.posthorn.pipeline.FlowOnDatabase.mail;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.posthorn.list.ListsOnDatabase;
import org.posthorn.list.MailingList;
import org.posthorn.list.Role;
import org.posthorn.platform.Schema;
import org.posthorn.queue.QueueEntries;
import org.posthorn.queue.QueueEntry;
import org.posthorn.queue.QueueName;
import org.posthorn.testing.PostgreSqlTools;
import org.posthorn.testing.TestDatabase;
import org.posthorn.testing.TestDatabases;

/** The recipe of docs/operations.md: a dump of PostgreSQL and its restore elsewhere. */
class PostgreSqlDumpTest {

    @TempDir
    Path folder;

    @Test
    void aDumpShouldBringAllOfASiteBackElsewhere() throws Exception {
        String dump = folder.resolve("posthorn.dump").toString();
        List<Long> waiting;
        List<String> octets;
        try (TestDatabase site = TestDatabases.POSTGRESQL.fresh();
                FlowOnDatabase flow = new FlowOnDatabase(site, folder)) {
            flow.lists.aMember(flow.list, "poster@example.com", Role.MEMBER);
            flow.accepted(mail("poster@example.com"));
            flow.runAll(flow.pipeline);
            flow.arrives(mail("stranger@example.org"), "stranger@example.org", "post");
            flow.runAll(flow.moderation);
            waiting = flow.queued(QueueName.OUT).stream().map(QueueEntry::id).toList();
            assertThat(waiting).isNotEmpty();
            octets = octets(site);
            assertThat(octets).isNotEmpty();
            PostgreSqlTools.run(site, "pg_dump", "--format=custom", "--file=" + dump);
        }

        try (TestDatabase elsewhere = TestDatabases.POSTGRESQL.fresh()) {
            elsewhere.sql().update("drop schema public cascade");
            elsewhere.sql().update("create schema public");
            PostgreSqlTools.run(
                    elsewhere, "pg_restore", "--exit-on-error", "--no-owner", "--role=" + elsewhere.user(), dump);

            Schema.migrate(elsewhere.source(), elsewhere.dialect());
            assertThat(new QueueEntries(elsewhere.sql()).page(QueueName.OUT, 0, 100))
                    .extracting(QueueEntry::id)
                    .containsExactlyElementsOf(waiting);
            assertThat(octets(elsewhere)).as("of every message").isEqualTo(octets);
            assertThat(elsewhere.sql().first("select count(*) from held_message", row -> row.getInt(1)))
                    .contains(1);
            try (ListsOnDatabase posthorn = new ListsOnDatabase(elsewhere)) {
                MailingList list =
                        posthorn.lists.byListId("test.lists.example.org").orElseThrow();
                assertThat(posthorn.aMember(list, "new@example.com", Role.MEMBER)
                                .getId())
                        .isPositive();
            }
        }
    }

    private static List<String> octets(TestDatabase database) {
        return database.sql()
                .list(
                        "select encode(octets, 'hex') from message_part order by message_id, part_no",
                        row -> row.getString(1));
    }
}
