package org.posthorn.launch.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.posthorn.pipeline.FlowOnDatabase.mail;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.posthorn.list.ListsOnDatabase;
import org.posthorn.list.MailingList;
import org.posthorn.list.Role;
import org.posthorn.pipeline.FlowOnDatabase;
import org.posthorn.platform.Dialect;
import org.posthorn.platform.Schema;
import org.posthorn.queue.MessageSource;
import org.posthorn.queue.MessageStore;
import org.posthorn.queue.QueueName;
import org.posthorn.testing.TestDatabase;
import org.posthorn.testing.TestDatabases;

/** From a real H2 database to a real PostgreSQL server. */
class MoveDatabaseTest {

    private static final SchemaMaker SCHEMA =
            (database, postgreSql) -> Schema.migrate(database, postgreSql ? Dialect.POSTGRESQL : Dialect.H2);

    @TempDir
    Path spool;

    private final TestDatabase h2 = TestDatabases.H2.fresh();
    private final TestDatabase postgreSql = TestDatabases.POSTGRESQL.fresh();
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    @AfterEach
    void close() {
        h2.close();
        postgreSql.close();
    }

    private static DriverSource of(TestDatabase database) {
        return new DriverSource(database.url(), database.user(), database.password());
    }

    private long move() {
        return new MoveDatabase(of(h2), of(postgreSql), SCHEMA, new PrintStream(said, true, StandardCharsets.UTF_8))
                .run();
    }

    /** Lists, members, a held post, one that waits to go out, a message of several parts. */
    private byte[] aSite() {
        byte[] large = new byte[700_000];
        new java.util.Random(1).nextBytes(large);
        try (FlowOnDatabase flow = new FlowOnDatabase(h2, spool)) {
            flow.lists.aMember(flow.list, "poster@example.com", Role.MEMBER);
            flow.lists.memberImport.run(flow.list.getId(), new ByteArrayInputStream(csv(700)));
            flow.lists.run(() -> flow.lists.listOperations.configure(
                    flow.list.getId(), null, Map.of("info", "Gr\u00fc\u00dfe \ud83d\ude00\nline two")));
            flow.accepted(mail("poster@example.com"));
            flow.runAll(flow.pipeline);
            flow.arrives(mail("stranger@example.org"), "stranger@example.org", "post");
            flow.runAll(flow.moderation);
            flow.messages.store(MessageSource.of(large));
            flow.sql.update("update mailing_list set description = ? where id = ?", "a\0b", flow.list.getId());
        }
        return large;
    }

    private static byte[] csv(int rows) {
        StringBuilder csv = new StringBuilder("email,display_name\n");
        for (int i = 0; i < rows; i++) {
            csv.append("m").append(i).append("@example.com,Member ").append(i).append('\n');
        }
        return csv.toString().getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void allOfASiteShouldArriveAndGoOnFromThere() throws Exception {
        byte[] large = aSite();

        long rows = move();

        assertThat(rows).isGreaterThan(1400);
        assertThat(said.toString(StandardCharsets.UTF_8)).contains("copied member: 701 rows", "comparing");
        try (ListsOnDatabase posthorn = new ListsOnDatabase(postgreSql)) {
            MailingList list = posthorn.lists.byListId("test.lists.example.org").orElseThrow();
            assertThat(list.presentation().getInfo()).isEqualTo("Gr\u00fc\u00dfe \ud83d\ude00\nline two");
            assertThat(list.presentation().getDescription()).isEqualTo("a\ufffdb");
            assertThat(posthorn.members.count(list, Role.MEMBER)).isEqualTo(701);
            assertThat(posthorn.aMember(list, "new@example.com", Role.MEMBER).getId())
                    .isPositive();
        }
        MessageStore messages = new MessageStore(postgreSql.sql(), postgreSql.ids(), java.time.Clock.systemUTC());
        long id = postgreSql
                .sql()
                .first("select id from message where size_bytes = 700000", row -> row.getLong(1))
                .orElseThrow();
        assertThat(messages.open(id).readAllBytes()).isEqualTo(large);
        for (QueueName queue : new QueueName[] {QueueName.OUT, QueueName.VIRGIN}) {
            assertThat(count(postgreSql, "queue_entry where queue = '" + queue + "'"))
                    .isEqualTo(count(h2, "queue_entry where queue = '" + queue + "'"))
                    .isPositive();
        }
        assertThat(count(postgreSql, "held_message")).isEqualTo(1);
    }

    @Test
    void numbersShouldGoOnWhereTheyWere() {
        aSite();
        long held = count(h2, "held_message");
        long last = h2.sql()
                .first("select max(request_id) from held_message", row -> row.getLong(1))
                .orElseThrow();
        move();

        long greatest = postgreSql
                .sql()
                .first("select max(id) from trace_event", row -> row.getLong(1))
                .orElseThrow();
        assertThat(postgreSql.ids().next()).isGreaterThan(greatest);
        postgreSql.sql().update("""
                insert into held_message (list_id, posting_id, message_id, sender, subject, message_id_header, reason, rules, held_at, version)
                select list_id, posting_id, message_id, sender, subject, message_id_header, reason, rules, held_at, 0 from held_message""");
        assertThat(count(postgreSql, "held_message")).isEqualTo(2 * held);
        assertThat(postgreSql
                        .sql()
                        .first("select max(request_id) from held_message", row -> row.getLong(1))
                        .orElseThrow())
                .isGreaterThan(last);
    }

    @Test
    void foreignKeysShouldStandAgainAfterwards() {
        aSite();
        long before = foreignKeys();
        move();

        assertThat(foreignKeys()).isEqualTo(before).isPositive();
        assertThatThrownBy(() -> postgreSql.sql().update("delete from address"))
                .hasMessageContaining("violates foreign key constraint");
    }

    @Test
    void aDatabaseThatHoldsRowsShouldBeRefused() {
        aSite();
        postgreSql.sql().update("insert into site_setting (name, content) values ('x', 'y')");

        assertThatThrownBy(this::move)
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("is not empty: table site_setting");
        assertThat(count(postgreSql, "mailing_list")).isZero();
    }

    @Test
    void aMoveThatBreaksOffShouldLeaveNothingAndBeginAnew() {
        aSite();
        h2.sql().update("alter table member drop constraint member_address_id_fk");
        long stray = h2.sql()
                .first("select min(id) from member", row -> row.getLong(1))
                .orElseThrow();
        long address = h2.sql()
                .first("select address_id from member where id = ?", row -> row.getLong(1), stray)
                .orElseThrow();
        h2.sql().update("update member set address_id = 1 where id = ?", stray);

        assertThatThrownBy(this::move).isInstanceOf(StoreException.class).hasMessageContaining("nothing was moved");
        assertThat(count(postgreSql, "mailing_list")).isZero();

        h2.sql().update("update member set address_id = ? where id = ?", address, stray);
        assertThat(move()).isPositive();
    }

    private long foreignKeys() {
        return count(postgreSql, "pg_constraint where contype = 'f'");
    }

    private static long count(TestDatabase database, String from) {
        return database.sql()
                .first("select count(*) from " + from, row -> row.getLong(1))
                .orElseThrow();
    }
}
