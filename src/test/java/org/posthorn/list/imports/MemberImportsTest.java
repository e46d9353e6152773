package org.posthorn.list.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.posthorn.list.ImportProgress;
import org.posthorn.list.ImportReport;
import org.posthorn.list.ImportStart;
import org.posthorn.list.ListsOnDatabase;
import org.posthorn.list.MailingList;
import org.posthorn.list.MemberImport;
import org.posthorn.list.Role;
import org.posthorn.list.RowError;
import org.posthorn.platform.actor.Acting;
import org.posthorn.platform.actor.Actor;
import org.posthorn.platform.actor.NotAllowedException;
import org.posthorn.platform.actor.Right;
import org.posthorn.platform.actor.Via;
import org.posthorn.testing.BothDatabases;
import org.posthorn.testing.TestDatabase;
import org.posthorn.testing.TestDatabases;

class MemberImportsTest {

    private static final String LIFE = "a-life";

    /** Imports over a database, worked at by whom a test says. */
    private static final class Site implements AutoCloseable {
        private final ListsOnDatabase lists;
        private final ImportRows rows;
        private final MemberImports imports;
        private final ImportWork work;
        private final MailingList list;

        private Site(TestDatabase database) {
            lists = new ListsOnDatabase(database);
            rows = new ImportRows(database.sql(), database.dialect(), lists.clock);
            imports = new MemberImports(database.sql(), database.ids(), rows, lists.clock);
            work = new ImportWork(rows, lists.memberImport);
            list = lists.aList("test@example.org");
        }

        private long begin(String csv) {
            return lists.database.inTransaction(() -> imports.begin(
                    list.getId(),
                    "members.csv",
                    new ByteArrayInputStream(csv.getBytes(StandardCharsets.UTF_8)),
                    false));
        }

        private ImportView view(long id) {
            return imports.find(list.getId(), id).orElseThrow();
        }

        private void aliveNode(String name, String incarnation) {
            lists.database
                    .sql()
                    .update(
                            "insert into node (name, incarnation, weight, draining, beats, started_at, expires_at) values (?, ?, 1, false, 1, ?, ?)",
                            name,
                            incarnation,
                            ListsOnDatabase.NOW,
                            Instant.now().plusSeconds(3600));
        }

        private int parts() {
            return lists.database
                    .sql()
                    .first("select count(*) from member_import_part", row -> row.getInt(1))
                    .orElseThrow();
        }

        @Override
        public void close() {
            lists.close();
        }
    }

    private static String csv(int members) {
        StringBuilder csv = new StringBuilder("email,display_name\n");
        for (int i = 0; i < members; i++) {
            csv.append("member")
                    .append(i)
                    .append("@example.com,Member ")
                    .append(i)
                    .append('\n');
        }
        return csv.toString();
    }

    @BothDatabases
    void importShouldBeTakenUpByANodeAndItsSummaryStay(TestDatabase database) {
        try (Site site = new Site(database)) {
            long id = site.begin("email\nann@example.com\nno-address\n");

            assertThat(site.view(id)).satisfies(view -> {
                assertThat(view.state()).isEqualTo(ImportState.WAITING);
                assertThat(view.fileName()).isEqualTo("members.csv");
                assertThat(view.fileBytes()).isEqualTo(33);
                assertThat(view.percent()).isZero();
            });
            assertThat(site.work.next("n1", LIFE, () -> false)).isTrue();

            ImportView done = site.view(id);
            assertThat(done.state()).isEqualTo(ImportState.DONE);
            assertThat(done.report())
                    .isEqualTo(new ImportReport(
                            1, 0, 0, 1, List.of(new RowError(3, "no-address", "email must be an e-mail address"))));
            assertThat(done.readRows()).isEqualTo(2);
            assertThat(done.percent()).isEqualTo(100);
            assertThat(done.endedAt()).isNotNull();
            assertThat(site.imports.latest(site.list.getId(), 5))
                    .extracting(ImportView::id)
                    .containsExactly(id);
            assertThat(site.parts()).as("the file is not kept").isZero();
            assertThat(site.work.next("n1", LIFE, () -> false)).isFalse();
        }
    }

    @BothDatabases
    void importThatIsStoppedShouldGoOnBehindTheRowsThatItToldOf(TestDatabase database) {
        try (Site site = new Site(database)) {
            long id = site.begin(csv(2500) + "no-address\n" + csv(2700).substring("email,display_name\n".length()));

            assertThat(site.work.next("n1", LIFE, () -> true)).isFalse();
            assertThat(site.view(id)).satisfies(view -> {
                assertThat(view.state()).isEqualTo(ImportState.WAITING);
                assertThat(view.readRows()).isEqualTo(1000);
                assertThat(view.report().added()).isEqualTo(1000);
                assertThat(view.percent()).isBetween(10, 60);
            });
            int[] told = {0};
            assertThat(site.work.next("n2", LIFE, () -> ++told[0] == 2)).isFalse();
            assertThat(site.view(id).readRows()).isEqualTo(3000);
            assertThat(site.work.next("n1", "another-life", () -> false)).isTrue();

            assertThat(site.view(id).report())
                    .isEqualTo(new ImportReport(
                            2700,
                            0,
                            2500,
                            1,
                            List.of(new RowError(2502, "no-address", "email must be an e-mail address"))));
            assertThat(site.lists.roster.count(site.list.getId(), Role.MEMBER)).isEqualTo(2700);
        }
    }

    @BothDatabases
    void importOfANodeThatDiedShouldBeTakenUpByAnotherAndTheFirstWriteNothingMore(TestDatabase database) {
        try (Site site = new Site(database)) {
            site.aliveNode("alive", LIFE);
            long id = site.begin(csv(1));
            ImportRows.Taken first = site.rows.take("alive", LIFE).orElseThrow();

            assertThat(site.rows.take("n2", LIFE)).as("whose node lives").isEmpty();
            database.sql().update("update node set incarnation = 'the next' where name = 'alive'");
            ImportRows.Taken second = site.rows.take("n2", LIFE).orElseThrow();

            assertThat(site.rows.tell(first, 1000, 10, new ImportReport(1000, 0, 0, 0, List.of())))
                    .isFalse();
            site.rows.end(first, ImportState.ENDED, ImportProblem.BROKEN);
            site.rows.giveBack(first);
            assertThat(site.view(id).state()).isEqualTo(ImportState.RUNNING);
            assertThat(site.view(id).readRows()).isZero();
            assertThat(site.rows.tell(second, 1, 10, new ImportReport(1, 0, 0, 0, List.of())))
                    .isTrue();
        }
    }

    @BothDatabases
    void importThatANodeCouldNotGiveBackShouldBeItsToTakeUpAgain(TestDatabase database) {
        try (Site site = new Site(database)) {
            site.aliveNode("n1", LIFE);
            site.begin(csv(3));
            site.rows.take("n1", LIFE).orElseThrow();

            assertThat(site.work.next("n1", LIFE, () -> false)).isTrue();
            assertThat(site.lists.roster.count(site.list.getId(), Role.MEMBER)).isEqualTo(3);
        }
    }

    @BothDatabases
    void secondImportOfTheSameListShouldBeRefusedWhileOneIsUnderWay(TestDatabase database) {
        try (Site site = new Site(database)) {
            long first = site.begin(csv(1));

            assertThatThrownBy(() -> site.begin(csv(2)))
                    .isInstanceOfSatisfying(
                            ImportUnderWayException.class,
                            refused -> assertThat(refused.importId()).isEqualTo(first));
            site.work.next("n1", LIFE, () -> false);
            assertThat(site.begin(csv(2))).isNotEqualTo(first);
        }
    }

    @Test
    void importShouldRunWithTheRightsThatItsOwnerHasNow() {
        try (TestDatabase database = TestDatabases.H2.fresh();
                Site site = new Site(database)) {
            site.lists.aMember(site.list, "owner@example.org", Role.OWNER);
            Long person = database.sql()
                    .first("select subscriber_id from address where email = 'owner@example.org'", row -> row.getLong(1))
                    .orElseThrow();
            long id;
            try (Acting.Bound them = Acting.as(Actor.person(Via.CONSOLE, "owner@example.org", person, true))) {
                id = site.begin(csv(1));
            }

            assertThat(site.rows.actor(id)).isEqualTo(Actor.person(Via.CONSOLE, "owner@example.org", person, false));
            database.sql().update("update member_import set actor_id = -1");
            assertThat(site.rows.actor(id)).isEqualTo(Actor.anonymous(Via.CONSOLE));
        }
    }

    @Test
    void importOfSomebodyWhoMayNotAnyMoreShouldEndAndSayWhy() {
        try (TestDatabase database = TestDatabases.H2.fresh();
                Site site = new Site(database)) {
            long id = site.begin(csv(1));
            ImportWork refused = new ImportWork(
                    site.rows, failing(new NotAllowedException(Actor.anonymous(Via.CONSOLE), Right.CHANGE_MEMBERS)));

            assertThat(refused.next("n1", LIFE, () -> false)).isTrue();
            assertThat(site.view(id).state()).isEqualTo(ImportState.ENDED);
            assertThat(site.view(id).problem()).isEqualTo(ImportProblem.DENIED);
            assertThat(site.parts()).isZero();
        }
    }

    @Test
    void importThatFailsTimeAfterTimeShouldEndAndSaySo() {
        try (TestDatabase database = TestDatabases.H2.fresh();
                Site site = new Site(database)) {
            long id = site.begin(csv(1));
            ImportWork broken = new ImportWork(site.rows, failing(new IllegalStateException("broken")));

            for (int i = 0; i < ImportWork.MOST_ATTEMPTS; i++) {
                assertThat(broken.next("n1", LIFE, () -> false)).isFalse();
                assertThat(site.view(id).state()).isEqualTo(ImportState.WAITING);
            }
            assertThat(broken.next("n1", LIFE, () -> false)).isTrue();
            assertThat(site.view(id).state()).isEqualTo(ImportState.ENDED);
            assertThat(site.view(id).problem()).isEqualTo(ImportProblem.BROKEN);
        }
    }

    @BothDatabases
    void importShouldGoWithItsListAndBeForgottenAfterAMonth(TestDatabase database) {
        try (Site site = new Site(database)) {
            long id = site.begin(csv(1));
            site.work.next("n1", LIFE, () -> false);
            site.lists.clock.forward(ImportRows.KEPT);
            assertThat(site.rows.forget(10)).isZero();
            site.lists.clock.forward(Duration.ofSeconds(1));
            assertThat(site.rows.forget(10)).isEqualTo(1);
            assertThat(site.imports.find(site.list.getId(), id)).isEmpty();

            site.begin(csv(1));
            site.lists.run(() -> site.lists.listOperations.delete(site.list.getId()));
            assertThat(site.work.next("n1", LIFE, () -> false)).isFalse();
            assertThat(site.parts()).isZero();
        }
    }

    @Test
    void remainingTimeShouldFollowFromWhatWasReadSoFar() {
        Instant begun = ListsOnDatabase.NOW;
        ImportView view = new ImportView(
                1,
                "ann",
                "x.csv",
                4000,
                ImportState.RUNNING,
                null,
                10,
                1000,
                ImportStart.FIRST_ROW.before(),
                begun,
                begun,
                null);

        assertThat(view.remaining(begun.plusSeconds(10))).contains(Duration.ofSeconds(30));
        assertThat(view.percent()).isEqualTo(25);
    }

    private static MemberImport failing(RuntimeException failure) {
        return new MemberImport(null, null, null, null) {
            @Override
            public ImportReport run(
                    long listId, InputStream csv, boolean welcome, ImportStart start, ImportProgress progress) {
                throw failure;
            }
        };
    }

    /** So that an import of another list's is not read by its number. */
    @BothDatabases
    void importShouldBeFoundOnItsOwnListOnly(TestDatabase database) {
        try (Site site = new Site(database)) {
            long id = site.begin(csv(1));
            MailingList other = site.lists.aList("other@example.org");

            assertThat(site.imports.find(other.getId(), id)).isEqualTo(Optional.empty());
        }
    }
}
