package org.posthorn.list;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.posthorn.testing.BothDatabases;
import org.posthorn.testing.TestDatabase;
import org.posthorn.testing.TestDatabases;

class MemberImportTest {

    @BothDatabases
    void aBadLineShouldBeNamedAndTheGoodOnesKept(TestDatabase database) {
        try (ListsOnDatabase posthorn = new ListsOnDatabase(database)) {
            MailingList list = posthorn.aList("test@example.org");

            ImportReport report =
                    posthorn.imported(list, "email\ngood@example.com\nnot-an-address\ngood@example.com\n");

            assertThat(report)
                    .isEqualTo(new ImportReport(
                            1, 0, 1, 1, List.of(new RowError(3, "not-an-address", "email must be an e-mail address"))));
            assertThat(posthorn.roster.recipients(list.getId(), 0, 10, NoCopy.ofNobody()))
                    .extracting(Recipient::email)
                    .containsExactly("good@example.com");
        }
    }

    @BothDatabases
    void columnsShouldBecomeTheMembersNamePreferencesAndAttributes(TestDatabase database) {
        try (ListsOnDatabase posthorn = new ListsOnDatabase(database)) {
            MailingList list = posthorn.aList("test@example.org");

            posthorn.imported(
                    list,
                    "\uFEFFEmail,display_name,delivery_mode,language,Company\r\n\"Ann@Example.com\",\"Ann \"\"A\"\", Zoë\",Mime_Digests,pt-BR,Łódź & Co\r\nbob@example.com\r\n");

            Member ann = member(posthorn, list, "ann@example.com");
            assertThat(ann.getDisplayName()).isEqualTo("Ann \"A\", Zoë");
            assertThat(ann.address().getOriginalEmail()).isEqualTo("Ann@example.com");
            assertThat(ann.effectivePreferences().getDeliveryMode()).isEqualTo(DeliveryMode.MIME_DIGESTS);
            assertThat(ann.effectivePreferences().getPreferredLanguage()).isEqualTo("pt-BR");
            assertThat(ann.attributes()).isEqualTo(Map.of("Company", "Łódź & Co"));
            assertThat(member(posthorn, list, "bob@example.com").attributes()).isEmpty();
        }
    }

    @BothDatabases
    void anImportShouldBeOneEntryOfTheAuditLog(TestDatabase database) {
        try (ListsOnDatabase posthorn = new ListsOnDatabase(database)) {
            MailingList list = posthorn.aList("test@example.org");
            int before = database.audited().size();

            posthorn.imported(list, "email\na@example.com\nb@example.com\nno address\n");

            assertThat(database.audited()).hasSize(before + 1);
            assertThat(database.audited()).anySatisfy(entry -> {
                assertThat(entry.action()).isEqualTo("import");
                assertThat(entry.subject().listId()).isEqualTo(list.getId());
                assertThat(entry.details()).contains("added=2 updated=0 skipped=0 failed=1");
            });
        }
    }

    @BothDatabases
    void aSecondImportShouldUpdateWhatDiffersAndLeaveWhatItDoesNotSay(TestDatabase database) {
        try (ListsOnDatabase posthorn = new ListsOnDatabase(database)) {
            MailingList list = posthorn.aList("test@example.org");
            MailingList other = posthorn.aList("other@example.org");
            String csv = "email,display_name,a\nann@example.com,Ann,1\nbob@example.com,Bob,1\n";
            posthorn.imported(list, csv);

            assertThat(posthorn.imported(list, csv)).isEqualTo(new ImportReport(0, 0, 2, 0, List.of()));
            assertThat(posthorn.imported(list, "email,display_name,b\nann@example.com,,2\nbob@example.com,Robert,\n"))
                    .isEqualTo(new ImportReport(0, 2, 0, 0, List.of()));
            assertThat(posthorn.imported(other, csv)).isEqualTo(new ImportReport(2, 0, 0, 0, List.of()));

            assertThat(member(posthorn, list, "ann@example.com").getDisplayName())
                    .isEqualTo("Ann");
            assertThat(member(posthorn, list, "ann@example.com").attributes()).isEqualTo(Map.of("a", "1", "b", "2"));
            assertThat(member(posthorn, list, "bob@example.com").getDisplayName())
                    .isEqualTo("Robert");
            assertThat(member(posthorn, list, "bob@example.com").getVersion()).isEqualTo(2);
        }
    }

    @BothDatabases
    void hostileTextShouldBeRefusedRowByRow(TestDatabase database) {
        try (ListsOnDatabase posthorn = new ListsOnDatabase(database)) {
            MailingList list = posthorn.aList("test@example.org");

            ImportReport report = posthorn.imported(
                    list,
                    "email,display_name,delivery_mode\n"
                            + "a@example.com,\"Zoe\r\nX-Injected: yes\"\n"
                            + "b@example.com,nul\0\n"
                            + "c@example.com,line\u2028separator\n"
                            + "d@example.com,bad\uFFFDbytes\n"
                            + "e@example.com,e,sometimes\n"
                            + "f@example.com,f,regular,one too many\n"
                            + ",nobody\n"
                            + "\n"
                            + "g@example.com," + "x".repeat(1001) + "\n"
                            + "h@example.com,fine");

            assertThat(report.added()).isEqualTo(1);
            assertThat(report.errors()).extracting(RowError::line).containsExactly(2L, 4L, 5L, 6L, 7L, 8L, 9L, 11L);
            assertThat(report.errors().get(4).reason())
                    .contains("regular, plaintext_digests, mime_digests, summary_digests");
            assertThat(report.errors())
                    .allSatisfy(error -> assertThat(error.value())
                            .doesNotContain("\n", "\0", "\u2028")
                            .hasSizeLessThan(100));
            assertThat(posthorn.roster.count(list.getId(), Role.MEMBER)).isEqualTo(1);
        }
    }

    @Test
    void aQuoteThatIsNeverClosedShouldEndTheReadingInBoundedMemoryAndKeepTheRowsBefore() {
        try (TestDatabase database = TestDatabases.H2.fresh();
                ListsOnDatabase posthorn = new ListsOnDatabase(database)) {
            MailingList list = posthorn.aList("test@example.org");

            ImportReport endless =
                    posthorn.memberImport.run(list.getId(), new Endless("email\na@example.com\n\"", 'x'));
            ImportReport shortOne = posthorn.imported(list, "email\nb@example.com\n\"c@example.com\nd@example.com\n");

            assertThat(endless.added()).isEqualTo(1);
            assertThat(endless.errors()).singleElement().satisfies(error -> {
                assertThat(error.line()).isEqualTo(3);
                assertThat(error.reason()).contains("more than 65536 characters");
            });
            assertThat(shortOne.added()).isEqualTo(1);
            assertThat(shortOne.errors()).singleElement().satisfies(error -> {
                assertThat(error.line()).isEqualTo(3);
                assertThat(error.reason()).contains("a quote that is never closed");
            });
        }
    }

    @Test
    void onlyTheFirstHundredErrorsShouldBeKeptAndWhatEndedTheReading() {
        try (TestDatabase database = TestDatabases.H2.fresh();
                ListsOnDatabase posthorn = new ListsOnDatabase(database)) {
            MailingList list = posthorn.aList("test@example.org");
            byte[] hostile = ("email\n" + "\u00ff\u00fe\0\n".repeat(1000) + "\"" + "x".repeat(1_000_000) + "\n")
                    .getBytes(StandardCharsets.ISO_8859_1);

            ImportReport report = posthorn.memberImport.run(list.getId(), new ByteArrayInputStream(hostile));

            assertThat(report.added()).isZero();
            assertThat(report.failed()).isEqualTo(1001);
            assertThat(report.errors()).hasSize(100);
            assertThat(report.errors().get(99).line()).isEqualTo(1002);
        }
    }

    @Test
    void aFileWithoutEmailColumnShouldSayWhatIsMissing() {
        try (TestDatabase database = TestDatabases.H2.fresh();
                ListsOnDatabase posthorn = new ListsOnDatabase(database)) {
            MailingList list = posthorn.aList("test@example.org");

            for (String csv : List.of(
                    "",
                    "\n\n",
                    "name;address\n",
                    "email,email\na@b.example,\n",
                    "email,\n",
                    "e\0mail\n",
                    "\u00ff\u00fee\0m\0a\0i\0l\0\n")) {
                assertThat(posthorn.imported(list, csv).errors())
                        .as(csv)
                        .singleElement()
                        .satisfies(error -> assertThat(error.line()).isEqualTo(1));
            }
            assertThat(posthorn.imported(list, "name;address\n").errors().get(0).reason())
                    .contains("one of them email");
            assertThatThrownBy(() -> posthorn.memberImport.run(1, InputStream.nullInputStream()))
                    .isInstanceOf(UnknownException.class);
        }
    }

    @BothDatabases
    void bannedAddressesShouldStayOut(TestDatabase database) {
        try (ListsOnDatabase posthorn = new ListsOnDatabase(database)) {
            MailingList list = posthorn.aList("test@example.org");
            posthorn.run(() -> posthorn.banOperations.ban(list.getId(), "Ann@example.com"));
            posthorn.run(() -> posthorn.banOperations.ban(null, "^.*@evil\\.example"));

            ImportReport report = posthorn.imported(list, "email\nann@example.com\nx@evil.example\nbob@example.com\n");

            assertThat(report.added()).isEqualTo(1);
            assertThat(report.errors())
                    .containsExactly(
                            new RowError(2, "ann@example.com", "the address is banned"),
                            new RowError(3, "x@evil.example", "the address is banned"));
        }
    }

    @BothDatabases
    void aNonmemberShouldBecomeAMember(TestDatabase database) {
        try (ListsOnDatabase posthorn = new ListsOnDatabase(database)) {
            MailingList list = posthorn.aList("test@example.org");
            posthorn.aMember(list, "ann@example.com", Role.NONMEMBER);

            posthorn.imported(list, "email\nann@example.com\n");

            assertThat(posthorn.roster.find(list.getId(), Role.NONMEMBER, "ann@example.com"))
                    .isEmpty();
            assertThat(posthorn.roster.find(list.getId(), Role.MEMBER, "ann@example.com"))
                    .isPresent();
        }
    }

    @BothDatabases
    void manyRowsShouldGoInByBatchesAndEachRecipientComeOnce(TestDatabase database) {
        try (ListsOnDatabase posthorn = new ListsOnDatabase(database)) {
            MailingList list = posthorn.aList("test@example.org");
            StringBuilder csv = new StringBuilder("email,display_name\n");
            for (int i = 0; i < 3001; i++) {
                csv.append("member")
                        .append(i)
                        .append("@example.com,M ")
                        .append(i)
                        .append('\n');
            }

            assertThat(posthorn.imported(list, csv.toString()).added()).isEqualTo(3001);

            long after = 0;
            int seen = 0;
            List<Recipient> some = posthorn.roster.recipients(list.getId(), after, 1000, NoCopy.ofNobody());
            while (!some.isEmpty()) {
                assertThat(some)
                        .extracting(Recipient::memberId)
                        .isSorted()
                        .doesNotHaveDuplicates()
                        .first()
                        .matches(id -> id > 0);
                seen += some.size();
                after = some.get(some.size() - 1).memberId();
                some = posthorn.roster.recipients(list.getId(), after, 1000, NoCopy.ofNobody());
            }
            assertThat(seen).isEqualTo(3001);
        }
    }

    @BothDatabases
    void twoImportsOfTheSameRowsAtOnceShouldMakeEachMemberOnce(TestDatabase database) throws Exception {
        try (ListsOnDatabase posthorn = new ListsOnDatabase(database)) {
            MailingList list = posthorn.aList("test@example.org");
            StringBuilder csv = new StringBuilder("email\n");
            for (int i = 0; i < 2500; i++) {
                csv.append("member").append(i).append("@example.com\n");
            }

            CompletableFuture<ImportReport> other =
                    CompletableFuture.supplyAsync(() -> posthorn.imported(list, csv.toString()));
            ImportReport one = posthorn.imported(list, csv.toString());
            ImportReport two = other.get(60, TimeUnit.SECONDS);

            assertThat(one.errors()).isEmpty();
            assertThat(two.errors()).isEmpty();
            assertThat(one.added() + two.added()).isEqualTo(2500);
            assertThat(one.skipped() + two.skipped()).isEqualTo(2500);
            assertThat(posthorn.roster.count(list.getId(), Role.MEMBER)).isEqualTo(2500);
        }
    }

    @BothDatabases
    void importsOfOverlappingRowsInAnyOrderAtOnceShouldLoseNoneAndFailAtNone(TestDatabase database) throws Exception {
        try (ListsOnDatabase posthorn = new ListsOnDatabase(database)) {
            MailingList list = posthorn.aList("test@example.org");
            int files = 3;
            int rows = 2000;
            int apart = 500; // each file begins so much later than the one before
            List<CompletableFuture<ImportReport>> imports = new ArrayList<>();
            CountDownLatch ready = new CountDownLatch(files);
            for (int file = 0; file < files; file++) {
                String csv = shuffled(file, file * apart, rows);
                imports.add(CompletableFuture.supplyAsync(
                        () -> {
                            ready.countDown();
                            awaitAll(ready);
                            return posthorn.imported(list, csv);
                        },
                        task -> new Thread(task).start()));
            }

            int added = 0;
            for (CompletableFuture<ImportReport> one : imports) {
                ImportReport report = one.get(120, TimeUnit.SECONDS);
                assertThat(report.errors()).isEmpty();
                assertThat(report.added() + report.updated() + report.skipped()).isEqualTo(rows);
                added += report.added();
            }
            int different = rows + (files - 1) * apart;
            assertThat(added).isEqualTo(different);
            assertThat(posthorn.roster.count(list.getId(), Role.MEMBER)).isEqualTo(different);
            assertThat(count(database, "select count(distinct address_id) from member"))
                    .isEqualTo(different);
            assertThat(count(database, "select count(*) from address")).isEqualTo(different);
            assertThat(
                            count(
                                    database,
                                    "select count(*) from member m join address a on a.id = m.address_id where m.display_name not in ('file 0', 'file 1', 'file 2')"))
                    .isZero();
        }
    }

    private static String shuffled(int file, int from, int rows) {
        List<String> lines = new ArrayList<>();
        for (int i = from; i < from + rows; i++) {
            lines.add("member" + i + "@example.com,file " + file + "\n");
        }
        Collections.shuffle(lines, new Random(file));
        return "email,display_name\n" + String.join("", lines);
    }

    private static void awaitAll(CountDownLatch ready) {
        try {
            assertThat(ready.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static int count(TestDatabase database, String query) {
        return database.sql().first(query, row -> row.getInt(1)).orElseThrow();
    }

    private static Member member(ListsOnDatabase posthorn, MailingList list, String email) {
        return posthorn.inTransaction(() -> {
            Member member = posthorn.members.of(list, Role.MEMBER, email).orElseThrow();
            member.subscriber();
            return member;
        });
    }

    /** A stream that never ends. */
    private static final class Endless extends InputStream {
        private final InputStream start;
        private final char rest;

        private Endless(String start, char rest) {
            this.start = new ByteArrayInputStream(start.getBytes(StandardCharsets.UTF_8));
            this.rest = rest;
        }

        @Override
        public int read() throws IOException {
            int first = start.read();
            return first < 0 ? rest : first;
        }
    }

    @BothDatabases
    void onlyWhoIsAddedShouldBeWelcomedAndOnlyWhereThatIsAskedFor(TestDatabase database) {
        try (ListsOnDatabase posthorn = new ListsOnDatabase(database)) {
            MailingList list = posthorn.aList("test@example.org");
            posthorn.imported(list, "email\nann@example.com\n");
            assertThat(posthorn.membersImported).isEmpty();

            posthorn.imported(
                    list, "email,display_name\nann@example.com,Ann\nBob@example.com,Bob\nno address,\n", true);

            assertThat(posthorn.membersImported)
                    .containsExactly(new MembersImported(
                            list.getId(), java.util.List.of(new MembersImported.Added("Bob@example.com", "Bob"))));
        }
    }
}
