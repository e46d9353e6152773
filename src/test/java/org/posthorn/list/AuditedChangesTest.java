package org.posthorn.list;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import java.util.Map;
import org.posthorn.platform.actor.Acting;
import org.posthorn.platform.actor.Actor;
import org.posthorn.platform.actor.Via;
import org.posthorn.platform.audit.AuditEntry;
import org.posthorn.platform.audit.AuditFilter;
import org.posthorn.platform.audit.AuditReader;
import org.posthorn.testing.BothDatabases;
import org.posthorn.testing.TestDatabase;

/** That changes of lists, people and domains record themselves. */
class AuditedChangesTest {

    private static final Actor ANN = Actor.person(Via.CONSOLE, "ann@example.com", 7, true);

    @BothDatabases
    void aChangedSettingShouldBeRecordedWithItsOldAndNewValueAndWhoDidIt(TestDatabase database) {
        try (ListsOnDatabase posthorn = new ListsOnDatabase(database)) {
            MailingList list = posthorn.aList("test@example.org");

            by(
                    ANN,
                    posthorn,
                    () -> posthorn.listOperations.configure(
                            list.getId(),
                            null,
                            Map.of("max_message_size", 77, "subject_prefix", "[x] ", "default_member_action", "hold")));

            List<AuditEntry> changes = entries(posthorn).stream()
                    .filter(entry -> entry.action().equals("change"))
                    .toList();
            assertThat(changes)
                    .extracting(
                            entry -> entry.field().orElseThrow(),
                            entry -> entry.oldValue().orElse(null),
                            entry -> entry.newValue().orElse(null))
                    .containsExactlyInAnyOrder(
                            tuple("max_message_size", "40", "77"),
                            tuple("subject_prefix", "[Test] ", "[x] "),
                            tuple("default_member_action", "DEFER", "HOLD"));
            assertThat(changes).allSatisfy(entry -> {
                assertThat(entry.actor()).isEqualTo("ann@example.com");
                assertThat(entry.via()).isEqualTo(Via.CONSOLE);
                assertThat(entry.at()).isEqualTo(ListsOnDatabase.NOW);
                assertThat(entry.subject().kind()).isEqualTo("list");
                assertThat(entry.subject().name()).isEqualTo("test.example.org");
                assertThat(entry.subject().listId()).isEqualTo(list.getId());
            });
        }
    }

    @BothDatabases
    void bansAndHeaderMatchesShouldBeRecordedAsTheyComeAndGo(TestDatabase database) {
        try (ListsOnDatabase posthorn = new ListsOnDatabase(database)) {
            MailingList list = posthorn.aList("test@example.org");

            by(ANN, posthorn, () -> {
                posthorn.banOperations.ban(list.getId(), "mallory@example.net");
                posthorn.headerMatches.add(
                        list.getId(), new HeaderMatches.Content("X-Spam-Flag", "^yes", Action.DISCARD, null));
            });
            by(ANN, posthorn, () -> {
                posthorn.banOperations.lift(list.getId(), "mallory@example.net");
                posthorn.headerMatches.clear(list.getId());
            });

            for (String kind : List.of("ban", "header-match")) {
                List<AuditEntry> own = entries(posthorn).stream()
                        .filter(entry -> entry.subject().kind().equals(kind))
                        .toList();
                assertThat(own).as(kind).extracting(AuditEntry::action).containsExactlyInAnyOrder("create", "delete");
                assertThat(own).allSatisfy(entry -> {
                    assertThat(entry.actor()).isEqualTo("ann@example.com");
                    assertThat(entry.subject().listId()).isEqualTo(list.getId());
                });
            }
        }
    }

    @BothDatabases
    void theLastChangeOfEachSettingShouldBeReadAtOnce(TestDatabase database) {
        try (ListsOnDatabase posthorn = new ListsOnDatabase(database)) {
            MailingList list = posthorn.aList("test@example.org");
            configure(posthorn, list, "info", "one");
            configure(posthorn, list, "info", "two");
            configure(posthorn, list, "description", "three");
            posthorn.aMember(list, "bob@example.com", Role.MEMBER);

            Map<String, AuditEntry> last = new AuditReader(database.sql()).lastChanges(list.getId());

            assertThat(last).containsOnlyKeys("info", "description");
            assertThat(last.get("info").newValue()).contains("two");
            assertThat(last.get("info").oldValue()).contains("one");
        }
    }

    @BothDatabases
    void aMembersWholeLifeShouldBeRecorded(TestDatabase database) {
        try (ListsOnDatabase posthorn = new ListsOnDatabase(database)) {
            MailingList list = posthorn.aList("test@example.org");
            Member member = posthorn.aMember(list, "bob@example.com", Role.MEMBER);
            by(ANN, posthorn, () -> {
                Member there = posthorn.members.byId(member.getId()).orElseThrow();
                there.disable(DeliveryStatus.BY_MODERATOR);
                there.moderate(Action.HOLD);
                there.describe(Map.of("city", "Graz"));
            });
            by(
                    ANN,
                    posthorn,
                    () -> posthorn.members.remove(
                            posthorn.members.byId(member.getId()).orElseThrow()));

            assertThat(entries(posthorn).stream()
                            .filter(entry -> entry.subject().kind().equals("member")))
                    .extracting(
                            AuditEntry::action,
                            entry -> entry.subject().name(),
                            entry -> entry.field().orElse(null),
                            entry -> entry.oldValue().orElse(null),
                            entry -> entry.newValue().orElse(null))
                    .containsExactlyInAnyOrder(
                            tuple("create", "bob@example.com", null, null, null),
                            tuple("change", "bob@example.com", "delivery_status", null, "BY_MODERATOR"),
                            tuple("change", "bob@example.com", "moderation_action", null, "HOLD"),
                            tuple("change", "bob@example.com", "attributes", null, "{\"city\":\"Graz\"}"),
                            tuple("delete", "bob@example.com", null, null, null));
        }
    }

    @BothDatabases
    void secretsShouldBeSaidToHaveChangedWithoutTheirValues(TestDatabase database) {
        try (ListsOnDatabase posthorn = new ListsOnDatabase(database)) {
            MailingList list = posthorn.aList("test@example.org");
            configure(posthorn, list, "moderator_password", "hidden-thing");
            Subscriber bob =
                    by(ANN, posthorn, () -> posthorn.users.create("bob@example.com", "Bob", "first-secret", false));
            by(ANN, posthorn, () -> posthorn.users.changePassword(bob.getId(), "second-secret"));

            List<AuditEntry> entries = entries(posthorn);
            assertThat(entries)
                    .extracting(
                            entry -> entry.field().orElse(""),
                            entry -> entry.newValue().orElse(""))
                    .contains(tuple("moderator_password", "(changed)"), tuple("password_hash", "(changed)"));
            assertThat(entries.toString()).doesNotContain("hidden-thing", "secret", "PBKDF2", "$");
        }
    }

    @BothDatabases
    void aDomainsAliasesAndOwnersShouldBeRecorded(TestDatabase database) {
        try (ListsOnDatabase posthorn = new ListsOnDatabase(database)) {
            posthorn.aList("test@example.org");
            Subscriber bob = by(ANN, posthorn, () -> posthorn.users.create("bob@example.com", "Bob", null, false));
            by(ANN, posthorn, () -> posthorn.domainOperations.addAlias("example.org", "old.example.org"));
            by(
                    ANN,
                    posthorn,
                    () -> posthorn.domains
                            .byMailHost("example.org")
                            .orElseThrow()
                            .addOwner(posthorn.subscribers.byId(bob.getId()).orElseThrow()));

            assertThat(entries(posthorn).stream().filter(entry -> entry.field().isPresent()))
                    .extracting(
                            entry -> entry.subject().name(),
                            entry -> entry.field().orElse(""),
                            entry -> entry.newValue().orElse(""))
                    .contains(tuple("example.org", "aliases", "old.example.org"))
                    .anySatisfy(row -> assertThat(row.toList().get(1)).isEqualTo("owners"));
        }
    }

    @BothDatabases
    void whatIsRolledBackShouldLeaveNoEntry(TestDatabase database) {
        try (ListsOnDatabase posthorn = new ListsOnDatabase(database)) {
            MailingList list = posthorn.aList("test@example.org");
            int before = entries(posthorn).size();

            assertThatThrownBy(() -> by(ANN, posthorn, () -> {
                        posthorn.listOperations.configure(list.getId(), null, Map.of("info", "x"));
                        throw new IllegalStateException("no");
                    }))
                    .isInstanceOf(IllegalStateException.class);

            assertThat(entries(posthorn)).hasSize(before);
        }
    }

    @BothDatabases
    void longAndHostileValuesShouldBeCutAndCleaned(TestDatabase database) {
        try (ListsOnDatabase posthorn = new ListsOnDatabase(database)) {
            MailingList list = posthorn.aList("test@example.org");
            posthorn.run(() -> posthorn.audit.change(list.auditSubject(), "info", "a\0b\nc", "x".repeat(100_000)));

            AuditEntry entry = entries(posthorn).stream()
                    .filter(one -> one.field().isPresent())
                    .findFirst()
                    .orElseThrow();
            assertThat(entry.oldValue()).contains("a b\nc");
            assertThat(entry.newValue().orElseThrow()).hasSizeLessThan(2100).endsWith("(100000 characters)");
        }
    }

    @BothDatabases
    void aPostsSenderShouldNotFillTheLog(TestDatabase database) {
        try (ListsOnDatabase posthorn = new ListsOnDatabase(database)) {
            MailingList list = posthorn.aList("test@example.org");
            int before = entries(posthorn).size();

            posthorn.aMember(list, "stranger@example.com", Role.NONMEMBER);

            assertThat(entries(posthorn)).hasSize(before);
        }
    }

    @BothDatabases
    void pagesShouldFollowOneAnotherWithoutGapOrRepetition(TestDatabase database) {
        try (ListsOnDatabase posthorn = new ListsOnDatabase(database)) {
            MailingList list = posthorn.aList("test@example.org");
            for (int i = 0; i < 7; i++) {
                configure(posthorn, list, "info", "n" + i);
            }
            AuditReader reader = new AuditReader(database.sql());
            AuditFilter filter = new AuditFilter(
                    null, "test.example.org", "ann@example.com", "change", "list", null, "info", null, null);

            List<AuditEntry> first = reader.page(filter, null, 4);
            List<AuditEntry> second = reader.page(filter, first.get(3).id(), 4);

            assertThat(first).hasSize(4);
            assertThat(second).hasSize(3);
            assertThat(first).extracting(entry -> entry.newValue().orElse("")).containsExactly("n6", "n5", "n4", "n3");
            assertThat(second).extracting(entry -> entry.newValue().orElse("")).containsExactly("n2", "n1", "n0");
            assertThat(reader.page(
                            new AuditFilter(
                                    null, null, null, null, null, null, null, ListsOnDatabase.NOW.plusSeconds(1), null),
                            null,
                            4))
                    .isEmpty();
        }
    }

    private static void configure(ListsOnDatabase posthorn, MailingList list, String field, String value) {
        by(ANN, posthorn, () -> posthorn.listOperations.configure(list.getId(), null, Map.of(field, value)));
    }

    private static void by(Actor actor, ListsOnDatabase posthorn, Runnable work) {
        by(actor, posthorn, () -> {
            work.run();
            return null;
        });
    }

    private static <T> T by(Actor actor, ListsOnDatabase posthorn, java.util.concurrent.Callable<T> work) {
        try (Acting.Bound bound = Acting.as(actor)) {
            return posthorn.inTransaction(work);
        }
    }

    private static List<AuditEntry> entries(ListsOnDatabase posthorn) {
        return new AuditReader(posthorn.database.sql()).page(AuditFilter.ALL, null, 1000);
    }
}
