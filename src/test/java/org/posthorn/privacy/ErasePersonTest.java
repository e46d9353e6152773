package org.posthorn.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.posthorn.pipeline.FlowOnDatabase.mail;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.io.TempDir;
import org.posthorn.list.MailingList;
import org.posthorn.list.Role;
import org.posthorn.list.Subscriber;
import org.posthorn.pipeline.FlowOnDatabase;
import org.posthorn.platform.actor.Acting;
import org.posthorn.platform.actor.Actor;
import org.posthorn.platform.actor.NotAllowedException;
import org.posthorn.platform.actor.Rights;
import org.posthorn.platform.actor.Scope;
import org.posthorn.platform.actor.Via;
import org.posthorn.queue.Posting;
import org.posthorn.queue.QueueEntry;
import org.posthorn.queue.QueueName;
import org.posthorn.testing.BothDatabases;
import org.posthorn.testing.TestDatabase;

class ErasePersonTest {

    private static final ErasePerson.Choice EVERYTHING = new ErasePerson.Choice(false, true);
    private static final ErasePerson.Choice AS_PRESET = new ErasePerson.Choice(false, false);

    @TempDir
    Path spool;

    private static ErasePerson erasure(FlowOnDatabase flow) {
        return new ErasePerson(
                new PersonRows(flow.sql),
                new Pseudonyms(flow.sql),
                new PersonPieces(flow.sql, flow.heldMessages, flow.lists.audit),
                new Sweep(flow.sql, flow.lists.audit),
                new Rights((actor, right, list) -> false),
                flow.sql);
    }

    /** Ann, who has two addresses and has been everywhere; Joann, whose address ends like hers. */
    private static Subscriber annWasHere(FlowOnDatabase flow) {
        Actor ann = Actor.person(Via.CONSOLE, "ann@example.com", 4711, false);
        MailingList other = flow.lists.aList("other@lists.example.org");
        flow.lists.aMember(flow.list, "poster@example.com", Role.MEMBER);
        flow.lists.aMember(flow.list, "joann@example.com", Role.MEMBER);
        flow.lists.aMember(flow.list, "Ann@Example.com", Role.MEMBER);
        flow.lists.aMember(other, "ann@example.com", Role.OWNER);
        Subscriber person = flow.lists.inTransaction(
                () -> flow.lists.subscribers.byAddress("ann@example.com").orElseThrow());
        try (Acting.Bound bound = Acting.as(ann)) {
            flow.lists.run(() -> {
                flow.lists.users.addAddress(
                        flow.lists.subscribers.byId(person.getId()).orElseThrow(),
                        "ann.smith@work.example",
                        "Ann Smith");
                flow.lists.listOperations.configure(
                        other.getId(),
                        null,
                        Map.of(
                                "info", "Ask ann@example.com",
                                "accept_these_nonmembers", List.of("ann@example.com", "bob@example.com"),
                                "acceptable_aliases", List.of("ann@example.com")));
                flow.lists.subscribers.byId(person.getId()).orElseThrow().rename("Ann Smith");
            });
        }
        flow.lists.run(() -> flow.lists.banOperations.ban(other.getId(), "ann.smith@work.example"));
        long posting = flow.accepted(mail("poster@example.com"));
        flow.runAll(flow.pipeline);
        delivered(flow, posting);
        flow.lists.run(() -> flow.lists.listOperations.configure(flow.list.getId(), null, Map.of("emergency", true)));
        flow.arrives(mail("ann.smith@work.example"), "ann.smith@work.example", "post");
        flow.runAll(flow.moderation);
        flow.sql.update("delete from queue_entry"); // author and moderators were told
        request(flow, other);
        return person;
    }

    /** What the sending of all chunks leaves behind. */
    private static void delivered(FlowOnDatabase flow, long posting) {
        for (QueueEntry entry : flow.queued(QueueName.OUT)) {
            int size = flow.recipients(List.of(entry)).size();
            flow.sql.update(
                    "insert into delivery_record (chunk_id, first_index, last_index, outcome, reply_code, replies, recorded_at) values (?, 0, ?, 'DELIVERED', 250, ?, ?)",
                    entry.chunkId(),
                    size - 1,
                    "250 2.1.5 <ann@example.com> and others: queued",
                    FlowOnDatabase.NOW);
            flow.inTransaction(() -> {
                flow.entries.done(entry);
                return null;
            });
        }
        flow.trace.event(
                posting,
                QueueName.OUT,
                "delivered",
                "the last one was Ann@example.com, by test-bounces+ann=example.com@x.org");
    }

    private static void request(FlowOnDatabase flow, MailingList list) {
        flow.sql.update("""
                insert into subscription_request (id, token, list_id, request_type, token_owner, email, original_email, display_name,
                    verified, confirmed, approved, invitation, made_address, requested_at, expires_at)
                values (1, 't', ?, 'SUBSCRIPTION', 'MODERATOR', 'ann.smith@work.example', 'Ann.Smith@work.example', 'Ann', true, true, false, false, false, ?, ?)""", list.getId(), FlowOnDatabase.NOW, FlowOnDatabase.NOW);
    }

    private static Map<String, Integer> mentions(TestDatabase database, String text) {
        Map<String, Integer> mentions = new TreeMap<>();
        for (PersonalTextTest.Column column : PersonalTextTest.textColumns(database)) {
            int rows = database.sql()
                    .first(
                            "select count(*) from " + column.table() + " where lower(" + column.name() + ") like ?",
                            row -> row.getInt(1),
                            "%" + text + "%")
                    .orElseThrow();
            if (rows > 0) {
                mentions.put(column.table() + "." + column.name(), rows);
            }
        }
        return mentions;
    }

    @BothDatabases
    void attachmentsOfThePersonsPostsShouldBeRemovedAndThoseOfOthersStay(TestDatabase database) {
        try (FlowOnDatabase flow = new FlowOnDatabase(database, spool)) {
            annWasHere(flow);
            attachment(flow, 1, "ann.smith@work.example", "ann.pdf");
            attachment(flow, 2, "joann@example.com", "plan for ann@example.com");

            erasure(flow).erase("ann@example.com", AS_PRESET, "admin");

            assertThat(flow.sql.list("select name from attachment", row -> row.getString(1)))
                    .singleElement()
                    .asString()
                    .startsWith("plan for erased-");
            assertThat(flow.sql.first("select count(*) from attachment_part", row -> row.getInt(1)))
                    .contains(1);
        }
    }

    private static void attachment(FlowOnDatabase flow, long id, String sender, String name) {
        flow.sql.update(
                "insert into attachment (id, token, list_id, posting_id, part_no, sender, name, type, size_bytes, stored_at)"
                        + " values (?, ?, ?, ?, 1, ?, ?, 'application/pdf', 1, ?)",
                id,
                "token" + id,
                flow.list.getId(),
                id,
                sender,
                name,
                FlowOnDatabase.NOW);
        flow.sql.update(
                "insert into attachment_part (attachment_id, part_no, octets) values (?, 0, ?)", id, new byte[] {1});
    }

    @BothDatabases
    void afterwardsNoTableShouldHoldAnyOfThePersonsAddresses(TestDatabase database) {
        try (FlowOnDatabase flow = new FlowOnDatabase(database, spool)) {
            annWasHere(flow);
            Map<String, Integer> before = mentions(database, "ann@example.com");
            assertThat(before)
                    .containsKeys(
                            "address.email",
                            "audit_entry.actor",
                            "delivery_chunk.recipients",
                            "delivery_record.replies",
                            "trace_event.detail",
                            "mailing_list.info",
                            "acceptable_alias.alias");
            int joann = mentions(database, "joann@example.com").values().stream()
                    .mapToInt(rows -> rows)
                    .sum();

            EraseReport report = erasure(flow).erase("ANN@example.com", EVERYTHING, "admin");

            assertThat(mentions(database, "ann@example.com")).isEqualTo(mentions(database, "joann@example.com"));
            assertThat(mentions(database, "joann@example.com").values().stream()
                            .mapToInt(rows -> rows)
                            .sum())
                    .isEqualTo(joann)
                    .isPositive();
            assertThat(mentions(database, "ann.smith@work.example")).isEmpty();
            assertThat(mentions(database, "+ann=example.com")).isEmpty();
            assertThat(mentions(database, "ann smith")).isEmpty();
            assertThat(report.isComplete()).isTrue();
            assertThat(report.addresses()).containsExactly("ann@example.com", "ann.smith@work.example");
            assertThat(report.memberships()).isEqualTo(2);
            assertThat(report.requests()).isEqualTo(1);
            assertThat(report.held()).isEqualTo(1);
            assertThat(report.kept()).isEmpty();
        }
    }

    @BothDatabases
    void aTextThatFillsItsColumnShouldNotKeepTheErasureFromItsEnd(TestDatabase database) {
        try (FlowOnDatabase flow = new FlowOnDatabase(database, spool)) {
            annWasHere(flow);
            String full = "x".repeat(2000 - 16) + " ann@example.com";
            flow.sql.update("update trace_event set detail = ?", full);

            erasure(flow).erase("ann@example.com", EVERYTHING, "admin");

            assertThat(mentions(database, " ann@example.com")).isEmpty();
        }
    }

    @BothDatabases
    void othersShouldKeepTheirMembershipsAndTheTraceItsSense(TestDatabase database) {
        try (FlowOnDatabase flow = new FlowOnDatabase(database, spool)) {
            annWasHere(flow);
            EraseReport report = erasure(flow).erase("ann@example.com", EVERYTHING, "admin");

            assertThat(flow.sql.list(
                            "select a.email from member m join address a on a.id = m.address_id order by 1",
                            row -> row.getString(1)))
                    .containsExactly("joann@example.com", "poster@example.com");
            assertThat(flow.sql
                            .first("select recipients from delivery_chunk", row -> row.getString(1))
                            .orElseThrow())
                    .contains("\tjoann@example.com\n", "\t" + report.pseudonym());
            assertThat(flow.sql.list(
                            "select outcome from posting where sender = ?",
                            row -> row.getString(1),
                            report.pseudonym()))
                    .containsExactly(Posting.Outcome.DISCARDED.name());
            assertThat(database.audited()).anySatisfy(entry -> {
                assertThat(entry.action()).isEqualTo("erase");
                assertThat(entry.subject().name()).isEqualTo(report.pseudonym());
            });
        }
    }

    @BothDatabases
    void bansAndListsSettingsShouldBeKeptAndReportedUnlessAskedFor(TestDatabase database) {
        try (FlowOnDatabase flow = new FlowOnDatabase(database, spool)) {
            annWasHere(flow);

            EraseReport report = erasure(flow).erase("ann@example.com", AS_PRESET, "admin");

            assertThat(report.kept())
                    .containsOnly(Map.entry("ban", 1), Map.entry("mailing_list", 1), Map.entry("acceptable_alias", 1));
            assertThat(mentions(database, "ann.smith@work.example")).containsOnlyKeys("ban.email");
            assertThat(mentions(database, "ask ann@example.com")).containsOnlyKeys("mailing_list.info");
        }
    }

    @BothDatabases
    void mailUnderWayShouldBeLeftAndCountedAndTakenByASecondErasure(TestDatabase database) {
        try (FlowOnDatabase flow = new FlowOnDatabase(database, spool)) {
            flow.lists.aMember(flow.list, "poster@example.com", Role.MEMBER);
            flow.lists.aMember(flow.list, "ann@example.com", Role.MEMBER);
            long posting = flow.accepted(mail("poster@example.com"));
            flow.runAll(flow.pipeline);

            EraseReport first = erasure(flow).erase("ann@example.com", EVERYTHING, "admin");
            assertThat(first.isComplete()).isFalse();
            assertThat(flow.recipients(flow.queued(QueueName.OUT))).contains("ann@example.com");

            delivered(flow, posting);
            EraseReport second = erasure(flow).erase("ann@example.com", EVERYTHING, "admin");
            assertThat(second.isComplete()).isTrue();
            assertThat(second.pseudonym()).isEqualTo(first.pseudonym());
            assertThat(mentions(database, "ann@example.com")).isEmpty();
        }
    }

    @BothDatabases
    void heldPostsShouldStayWhereTheyAreToBeDecidedAbout(TestDatabase database) {
        try (FlowOnDatabase flow = new FlowOnDatabase(database, spool)) {
            annWasHere(flow);

            EraseReport report = erasure(flow).erase("ann@example.com", new ErasePerson.Choice(true, true), "admin");

            assertThat(report.held()).isZero();
            assertThat(report.isComplete()).isFalse();
            assertThat(flow.heldMessages.count(flow.list.getId())).isEqualTo(1);
        }
    }

    @BothDatabases
    void aServerOwnerAndWhatIsNoAddressShouldBeRefused(TestDatabase database) {
        try (FlowOnDatabase flow = new FlowOnDatabase(database, spool)) {
            flow.lists.run(() -> flow.lists.users.create("root@example.org", "Root", null, true));

            assertThatThrownBy(() -> erasure(flow).erase("root@example.org", EVERYTHING, "admin"))
                    .isInstanceOf(ErasePerson.ServerOwnerException.class);
            assertThatThrownBy(() -> erasure(flow).erase("no address", EVERYTHING, "admin"))
                    .isInstanceOf(org.posthorn.list.InvalidValueException.class);
            try (Acting.Bound bound = Acting.as(Actor.service("hr", java.util.Set.of(Scope.MEMBERS)))) {
                assertThatThrownBy(() -> erasure(flow).erase("ann@example.org", EVERYTHING, "hr"))
                        .isInstanceOf(NotAllowedException.class);
            }
        }
    }

    @BothDatabases
    void aPersonWithHundredsOfAddressesShouldBeErasedWhole(TestDatabase database) throws IOException {
        try (FlowOnDatabase flow = new FlowOnDatabase(database, spool)) {
            Subscriber person = annWasHere(flow);
            manyAddresses(flow, person, 450);
            flow.sql.update("update trace_event set detail = ?", "to number449@many.example, number3@many.example");
            assertThat(unzipped(export(flow).prepare("number7@many.example", true))
                            .get("person.json"))
                    .contains("\"email\": \"number0@many.example\"", "\"email\": \"number449@many.example\"");

            EraseReport report = erasure(flow).erase("number7@many.example", EVERYTHING, "admin");

            assertThat(report.addresses())
                    .hasSize(452)
                    .doesNotHaveDuplicates()
                    .contains("ann@example.com", "number449@many.example");
            assertThat(report.isComplete()).isTrue();
            assertThat(report.memberships()).isEqualTo(2);
            assertThat(mentions(database, "@many.example")).isEmpty();
            assertThat(mentions(database, "ann.smith@work.example")).isEmpty();
            assertThat(flow.sql.first(
                            "select count(*) from subscriber where id = ?", row -> row.getInt(1), person.getId()))
                    .contains(0);
            assertThat(database.audited())
                    .filteredOn(entry -> entry.action().equals("erase"))
                    .hasSize(1);
        }
    }

    private static void manyAddresses(FlowOnDatabase flow, Subscriber person, int many) {
        flow.lists.run(() -> {
            Subscriber known = flow.lists.subscribers.byId(person.getId()).orElseThrow();
            for (int i = 0; i < many; i++) {
                flow.lists.users.addAddress(known, "number" + i + "@many.example", null);
            }
        });
    }

    @BothDatabases
    void twoAddressesOfOnePersonAmongOneListsAliasesShouldNotKeepTheErasureFromItsEnd(TestDatabase database) {
        try (FlowOnDatabase flow = new FlowOnDatabase(database, spool)) {
            annWasHere(flow);
            flow.lists.run(() -> flow.lists.listOperations.configure(
                    flow.list.getId(),
                    null,
                    Map.of(
                            "acceptable_aliases",
                            List.of("ann@example.com", "bob@example.com", "ann.smith@work.example"))));

            erasure(flow).erase("ann@example.com", EVERYTHING, "admin");

            assertThat(flow.sql.list(
                            "select alias from acceptable_alias where list_id = ?",
                            row -> row.getString(1),
                            flow.list.getId()))
                    .containsExactly("bob@example.com");
            assertThat(mentions(database, "ann.smith@work.example")).isEmpty();
        }
    }

    @BothDatabases
    void whatAnErasureChangesOnListsShouldStandInTheAuditLog(TestDatabase database) {
        try (FlowOnDatabase flow = new FlowOnDatabase(database, spool)) {
            annWasHere(flow);

            EraseReport report = erasure(flow).erase("ann@example.com", EVERYTHING, "admin");

            assertThat(database.audited()).anySatisfy(entry -> {
                assertThat(entry.action()).isEqualTo("change");
                assertThat(entry.subject().kind()).isEqualTo("list");
                assertThat(entry.subject().name()).isEqualTo("other.lists.example.org");
                assertThat(entry.details())
                        .contains(
                                "fields=info,acceptable_aliases,accept_these_nonmembers erased=" + report.pseudonym());
            });
            assertThat(database.audited()).anySatisfy(entry -> {
                assertThat(entry.action()).isEqualTo("change");
                assertThat(entry.subject().kind()).isEqualTo("ban");
                assertThat(entry.subject().listName()).isEqualTo("other.lists.example.org");
                assertThat(entry.details()).contains("fields=email erased=" + report.pseudonym());
            });
        }
    }

    @BothDatabases
    void anErasureShouldAskForTheRightsOnWhatItChanges(TestDatabase database) {
        try (FlowOnDatabase flow = new FlowOnDatabase(database, spool)) {
            annWasHere(flow);
            flow.lists.aMember(flow.list, "plain@example.com", Role.MEMBER);

            refused(flow, "plain@example.com", EVERYTHING, Scope.MEMBERS, Scope.SITE);
            refused(flow, "plain@example.com", EVERYTHING, Scope.MEMBERS, Scope.MODERATION);
            refused(flow, "plain@example.com", EVERYTHING, Scope.MEMBERS, Scope.LISTS);
            // Ann owns a list, by one of her addresses.
            refused(flow, "ann.smith@work.example", AS_PRESET, Scope.MEMBERS, Scope.MODERATION);
            assertThat(mentions(database, "plain@example.com")).containsKey("address.email");
            assertThat(flow.heldMessages.count(flow.list.getId())).isEqualTo(1);

            assertThat(erased(flow, "plain@example.com", AS_PRESET, Scope.MEMBERS, Scope.MODERATION)
                            .memberships())
                    .isEqualTo(1);
            assertThat(erased(flow, "ann@example.com", EVERYTHING, Scope.MEMBERS, Scope.MODERATION, Scope.LISTS)
                            .memberships())
                    .isEqualTo(2);
        }
    }

    @BothDatabases
    void whoOwnsADomainShouldBeErasedOnlyByWhoMayChangeDomains(TestDatabase database) {
        try (FlowOnDatabase flow = new FlowOnDatabase(database, spool)) {
            flow.lists.run(() -> flow.lists
                    .domains
                    .byMailHost("lists.example.org")
                    .orElseThrow()
                    .addOwner(flow.lists.users.create("dora@example.com", "Dora", null, false)));

            refused(flow, "dora@example.com", AS_PRESET, Scope.MEMBERS, Scope.MODERATION);

            assertThat(mentions(database, "dora@example.com")).containsKey("address.email");
        }
    }

    private static void refused(FlowOnDatabase flow, String email, ErasePerson.Choice choice, Scope... scopes) {
        assertThatThrownBy(() -> erased(flow, email, choice, scopes)).isInstanceOf(NotAllowedException.class);
    }

    private static EraseReport erased(FlowOnDatabase flow, String email, ErasePerson.Choice choice, Scope... scopes) {
        try (Acting.Bound bound = Acting.as(Actor.service("hr", java.util.Set.of(scopes)))) {
            return erasure(flow).erase(email, choice, "hr");
        }
    }

    @BothDatabases
    void heldPostsShouldBeHandedOutOnlyToWhoMayModerate(TestDatabase database) throws IOException {
        try (FlowOnDatabase flow = new FlowOnDatabase(database, spool)) {
            annWasHere(flow);

            try (Acting.Bound bound = Acting.as(Actor.service("hr", java.util.Set.of(Scope.MEMBERS)))) {
                assertThatThrownBy(() -> export(flow).prepare("ann@example.com", true))
                        .isInstanceOf(NotAllowedException.class);
                Map<String, String> files = unzipped(export(flow).prepare("ann@example.com", false));
                assertThat(files).containsOnlyKeys("person.json");
                assertThat(files.get("person.json"))
                        .contains("\"memberships\":", "\"held_posts_left_out\": 1")
                        .doesNotContain("\"held_posts\":");
            }
        }
    }

    private static ExportPerson export(FlowOnDatabase flow) {
        return new ExportPerson(
                new PersonRows(flow.sql),
                flow.messages,
                flow.lists.audit,
                new Rights((actor, right, list) -> false),
                flow.sql,
                Clock.fixed(FlowOnDatabase.NOW, ZoneOffset.UTC));
    }

    @BothDatabases
    void anExportShouldHoldWhatTheSiteKnowsAndNoSecretsAndNobodyElse(TestDatabase database) throws IOException {
        try (FlowOnDatabase flow = new FlowOnDatabase(database, spool)) {
            Subscriber person = annWasHere(flow);
            flow.lists.run(() -> flow.lists.users.changePassword(person.getId(), "a-secret-word"));

            Map<String, String> files = unzipped(export(flow).prepare("ann.smith@work.example", true));

            assertThat(files).hasSize(2);
            String json = files.get("person.json");
            assertThat(json)
                    .contains(
                            "\"display_name\": \"Ann Smith\"",
                            "\"email\": \"Ann@example.com\"",
                            "\"role\": \"OWNER\"",
                            "\"request_type\": \"SUBSCRIPTION\"",
                            "\"subject\": \"First light\"",
                            "\"outcome\": \"delivered\"",
                            "\"list\": \"other.lists.example.org\"")
                    .doesNotContain(
                            "joann", "poster@example.com", "bob@example.com", "\"password_hash\":", "PBKDF2", "$");
            files.remove("person.json");
            assertThat(files.values()).singleElement().asString().contains("From: ann.smith@work.example");
        }
    }

    private static Map<String, String> unzipped(ExportPerson.Prepared export) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        export.write(out);
        Map<String, String> files = new TreeMap<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(out.toByteArray()))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                files.put(entry.getName(), new String(zip.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        return files;
    }
}
