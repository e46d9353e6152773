package org.posthorn.list.members;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.posthorn.list.Action;
import org.posthorn.list.BannedException;
import org.posthorn.list.Bans;
import org.posthorn.list.ConflictException;
import org.posthorn.list.DeliveryMode;
import org.posthorn.list.DeliveryStatus;
import org.posthorn.list.DuplicateException;
import org.posthorn.list.InvalidValueException;
import org.posthorn.list.ListBans;
import org.posthorn.list.ListsOnDatabase;
import org.posthorn.list.MailingList;
import org.posthorn.list.Member;
import org.posthorn.list.Paging;
import org.posthorn.list.Role;
import org.posthorn.list.UnknownException;
import org.posthorn.list.members.AddMembers.Added;
import org.posthorn.list.members.AddMembers.Manner;
import org.posthorn.testing.BothDatabases;
import org.posthorn.testing.TestDatabase;

class MemberChangesTest {

    private static MemberChange asOwner() {
        return new MemberChange(Role.OWNER, "Anna", null, null, null);
    }

    private static MemberChanges changes(ListsOnDatabase lists) {
        return new MemberChanges(lists.members, lists.leaving, lists.banOperations);
    }

    @BothDatabases
    void changeShouldSetWhatIsAskedFor(TestDatabase database) {
        try (ListsOnDatabase lists = new ListsOnDatabase(database)) {
            MailingList list = lists.aList("dev@example.com");
            Member anna = lists.aMember(list, "anna@example.org", Role.MEMBER);
            MemberTable table = new MemberTable(database.sql(), database.dialect());
            long version = table.find(list.getId(), anna.getId()).orElseThrow().version();

            lists.run(() -> changes(lists)
                    .change(
                            list.getId(),
                            anna.getId(),
                            version,
                            new MemberChange(
                                    Role.MEMBER,
                                    " Anna ",
                                    DeliveryStatus.BY_MODERATOR,
                                    DeliveryMode.MIME_DIGESTS,
                                    Action.HOLD)));

            MemberRow row = table.find(list.getId(), anna.getId()).orElseThrow();
            assertThat(row.ownName()).isEqualTo("Anna");
            assertThat(row.status()).isEqualTo(DeliveryStatus.BY_MODERATOR);
            assertThat(row.mode()).isEqualTo(DeliveryMode.MIME_DIGESTS);
            assertThat(row.moderationAction()).isEqualTo(Action.HOLD);
            assertThat(row.version()).isNotEqualTo(version);
        }
    }

    @BothDatabases
    void whoSavesAtTheSameInstantShouldBeToldOfTheConflict(TestDatabase database) {
        try (ListsOnDatabase lists = new ListsOnDatabase(database)) {
            MailingList list = lists.aList("dev@example.com");
            Member anna = lists.aMember(list, "anna@example.org", Role.MEMBER);
            MemberChange wanted = new MemberChange(Role.MEMBER, "Anna", null, null, Action.HOLD);

            assertThatThrownBy(() -> lists.run(() -> {
                        long seen =
                                lists.members.byId(anna.getId()).orElseThrow().getVersion();
                        CompletableFuture.runAsync(() -> database.sql()
                                        .update("update member set version = version + 1 where id = ?", anna.getId()))
                                .join();
                        changes(lists).change(list.getId(), anna.getId(), seen, wanted);
                    }))
                    .isInstanceOf(ConflictException.class);
        }
    }

    @BothDatabases
    void roleThatSomebodyElseGivesAtTheSameInstantShouldBeTaken(TestDatabase database) {
        try (ListsOnDatabase lists = new ListsOnDatabase(database)) {
            MailingList list = lists.aList("dev@example.com");
            Member anna = lists.aMember(list, "anna@example.org", Role.NONMEMBER);
            Member meanwhile = lists.aMember(list, "anna@example.org", Role.MODERATOR);
            Bans bans = new Bans(null, null, database.sql(), null) {
                @Override
                public boolean isBanned(long listId, String key) { // asked after the role was found free
                    CompletableFuture.runAsync(() -> database.sql()
                                    .update("update member set role = 'MEMBER' where id = ?", meanwhile.getId()))
                            .join();
                    return false;
                }
            };
            MemberChanges changes = new MemberChanges(lists.members, lists.leaving, bans);
            MemberChange wanted = new MemberChange(Role.MEMBER, "Anna", null, null, null);

            assertThatThrownBy(() -> lists.run(
                            () -> changes.change(list.getId(), anna.getId(), version(database, list, anna), wanted)))
                    .isInstanceOf(DuplicateException.class);
        }
    }

    @BothDatabases
    void membershipWhoseRoleWasChangedShouldBeFoundAgainByWhatStays(TestDatabase database) {
        try (ListsOnDatabase lists = new ListsOnDatabase(database)) {
            MailingList list = lists.aList("dev@example.com");
            MailingList other = lists.aList("other@example.com");
            Member anna = lists.aMember(list, "Anna@example.org", Role.MEMBER);
            MemberTable table = new MemberTable(database.sql(), database.dialect());
            MemberRow seen = table.find(list.getId(), anna.getId()).orElseThrow();
            lists.run(() -> changes(lists).change(list.getId(), anna.getId(), seen.version(), asOwner()));

            assertThat(table.find(list.getId(), anna.getId())).isEmpty();
            assertThat(table.findAgain(list.getId(), seen.email(), seen.joinedAt()))
                    .hasValueSatisfying(row -> assertThat(row.role()).isEqualTo(Role.OWNER));
            assertThat(table.findAgain(
                            list.getId(), seen.email(), seen.joinedAt().plusMillis(1)))
                    .as("another membership")
                    .isEmpty();
            assertThat(table.findAgain(other.getId(), seen.email(), seen.joinedAt()))
                    .isEmpty();
        }
    }

    @BothDatabases
    void memberInAnotherRoleShouldKeepWhatTheyWished(TestDatabase database) {
        try (ListsOnDatabase lists = new ListsOnDatabase(database)) {
            MailingList list = lists.aList("dev@example.com");
            Member anna = lists.aMember(list, "anna@example.org", Role.MEMBER);
            lists.run(() -> {
                Member row = lists.members.byId(anna.getId()).orElseThrow();
                row.preferences().setPreferredLanguage("fr");
                row.preferences().setReceiveOwnPostings(false);
            });
            long seen = lists.members.byId(anna.getId()).orElseThrow().getVersion();

            lists.run(() -> changes(lists).change(list.getId(), anna.getId(), seen, asOwner()));

            Member owner =
                    lists.members.of(list, Role.OWNER, "anna@example.org").orElseThrow();
            assertThat(owner.preferences().getPreferredLanguage()).isEqualTo("fr");
            assertThat(owner.preferences().getReceiveOwnPostings()).isFalse();
            assertThat(owner.getJoinedAt()).isEqualTo(anna.getJoinedAt());
        }
    }

    @BothDatabases
    void bannedNonmemberShouldNotBecomeAMember(TestDatabase database) {
        try (ListsOnDatabase lists = new ListsOnDatabase(database)) {
            MailingList list = lists.aList("dev@example.com");
            Member anna = lists.aMember(list, "anna@example.org", Role.NONMEMBER);
            lists.run(() -> lists.banOperations.ban(list.getId(), "anna@example.org"));
            long seen = lists.members.byId(anna.getId()).orElseThrow().getVersion();

            assertThatThrownBy(() -> lists.run(() -> changes(lists)
                            .change(
                                    list.getId(),
                                    anna.getId(),
                                    seen,
                                    new MemberChange(Role.MEMBER, "Anna", null, null, null))))
                    .isInstanceOf(BannedException.class);
        }
    }

    @BothDatabases
    void changeOfAnOldVersionShouldBeAConflictAndChangeNothing(TestDatabase database) {
        try (ListsOnDatabase lists = new ListsOnDatabase(database)) {
            MailingList list = lists.aList("dev@example.com");
            Member anna = lists.aMember(list, "anna@example.org", Role.MEMBER);
            long seen = new MemberTable(database.sql(), database.dialect())
                    .find(list.getId(), anna.getId())
                    .orElseThrow()
                    .version();
            lists.run(() -> changes(lists).moderate(list.getId(), anna.getId(), Action.REJECT));

            assertThatThrownBy(
                            () -> lists.run(() -> changes(lists).change(list.getId(), anna.getId(), seen, asOwner())))
                    .isInstanceOf(ConflictException.class);
            assertThat(new MemberTable(database.sql(), database.dialect())
                            .find(list.getId(), anna.getId())
                            .orElseThrow()
                            .moderationAction())
                    .isEqualTo(Action.REJECT);
        }
    }

    @BothDatabases
    void newRoleShouldReplaceTheOldOneUnlessTheAddressHasIt(TestDatabase database) {
        try (ListsOnDatabase lists = new ListsOnDatabase(database)) {
            MailingList list = lists.aList("dev@example.com");
            Member anna = lists.aMember(list, "anna@example.org", Role.MEMBER);
            Member bert = lists.aMember(list, "bert@example.org", Role.MEMBER);
            lists.aMember(list, "bert@example.org", Role.OWNER);

            lists.run(
                    () -> changes(lists).change(list.getId(), anna.getId(), version(database, list, anna), asOwner()));

            assertThat(lists.roster.find(list.getId(), Role.OWNER, "anna@example.org"))
                    .isPresent();
            assertThat(lists.roster.find(list.getId(), Role.MEMBER, "anna@example.org"))
                    .isEmpty();
            assertThatThrownBy(() -> lists.run(() -> changes(lists)
                            .change(list.getId(), bert.getId(), version(database, list, bert), asOwner())))
                    .isInstanceOf(DuplicateException.class);
        }
    }

    private static long version(TestDatabase database, MailingList list, Member member) {
        return new MemberTable(database.sql(), database.dialect())
                .find(list.getId(), member.getId())
                .orElseThrow()
                .version();
    }

    @BothDatabases
    void memberOfAnotherListShouldBeUnknown(TestDatabase database) {
        try (ListsOnDatabase lists = new ListsOnDatabase(database)) {
            MailingList list = lists.aList("dev@example.com");
            MailingList other = lists.aList("other@example.com");
            Member anna = lists.aMember(list, "anna@example.org", Role.MEMBER);

            assertThatThrownBy(() -> lists.run(() -> changes(lists).remove(other.getId(), anna.getId())))
                    .isInstanceOf(UnknownException.class);
            assertThat(new MemberTable(database.sql(), database.dialect()).find(other.getId(), anna.getId()))
                    .isEmpty();
            lists.run(() -> changes(lists).remove(list.getId(), anna.getId()));
            assertThat(lists.roster.count(list.getId(), Role.MEMBER)).isZero();
        }
    }

    @BothDatabases
    void lineShouldBeAnAddressOrANameAndAnAddress(TestDatabase database) {
        try (ListsOnDatabase lists = new ListsOnDatabase(database)) {
            MailingList list = lists.aList("dev@example.com");
            AddMembers adding = new AddMembers(lists.joining, lists.subscriptions);

            assertThat(lists.inTransaction(() -> adding.add(
                            list.getId(), "Anna Schmidt <Anna@example.org>", Role.MEMBER, Manner.AT_ONCE, false)))
                    .isEqualTo(Added.YES);
            assertThat(lists.inTransaction(
                            () -> adding.add(list.getId(), "bert@example.org", Role.MEMBER, Manner.INVITE, null)))
                    .isEqualTo(Added.ASKED);
            assertThat(lists.inTransaction(
                            () -> adding.add(list.getId(), "carla@example.org", Role.OWNER, Manner.INVITE, null)))
                    .isEqualTo(Added.YES);
            assertThat(lists.roster.find(list.getId(), Role.MEMBER, "bert@example.org"))
                    .isEmpty();
            assertThat(new MemberTable(database.sql(), database.dialect())
                            .page(list.getId(), MemberFilter.of(Role.MEMBER), Long.MAX_VALUE, 10)
                            .rows())
                    .extracting(MemberRow::displayName)
                    .containsExactly("Anna Schmidt");
            for (String wrong : new String[] {"", "nobody", "a@example.org, b@example.org"}) {
                assertThatThrownBy(() ->
                                lists.run(() -> adding.add(list.getId(), wrong, Role.MEMBER, Manner.AT_ONCE, null)))
                        .isInstanceOf(InvalidValueException.class);
            }
        }
    }

    @BothDatabases
    void bansOfAListShouldBeItsOwn(TestDatabase database) {
        try (ListsOnDatabase lists = new ListsOnDatabase(database)) {
            MailingList list = lists.aList("dev@example.com");
            MailingList other = lists.aList("other@example.com");
            ListBans bans = new ListBans(lists.banOperations, lists.bans, lists.lists);

            assertThat(lists.inTransaction(() -> bans.ban(list.getId(), "Spam@example.org")))
                    .isTrue();
            assertThat(lists.inTransaction(() -> bans.ban(list.getId(), "spam@example.org")))
                    .isFalse();
            assertThat(lists.inTransaction(
                            () -> bans.page(list.getId(), Paging.first(10)).entries()))
                    .containsExactly("spam@example.org");
            assertThat(lists.inTransaction(() -> bans.lift(other.getId(), "spam@example.org")))
                    .isFalse();
            assertThat(lists.inTransaction(() -> bans.lift(list.getId(), "spam@example.org")))
                    .isTrue();
            assertThat(lists.inTransaction(() -> bans.lift(list.getId(), "spam@example.org")))
                    .isFalse();
        }
    }

    @BothDatabases
    void topicsShouldBeChosenAmongThoseOfTheListAndStayWhenNothingIsSaidOfThem(TestDatabase database) {
        try (ListsOnDatabase lists = new ListsOnDatabase(database)) {
            MailingList list = lists.aList("dev@example.com");
            Member anna = lists.aMember(list, "anna@example.org", Role.MEMBER);
            MemberTable table = new MemberTable(database.sql(), database.dialect());
            assertThat(table.topics(list.getId())).isEmpty();
            lists.run(() -> {
                MailingList found = lists.lists.byId(list.getId()).orElseThrow();
                found.posting().setTopics(List.of("# what there is", "Trains: locomotive", "Steam ships: vessel"));
                found.posting().setTopicsEnabled(true);
            });
            assertThat(table.topics(list.getId())).containsExactly("Trains", "Steam ships");

            assertThatThrownBy(() -> change(lists, table, list, anna, List.of("Planes")))
                    .isInstanceOf(InvalidValueException.class);
            change(lists, table, list, anna, List.of("steam SHIPS", "Trains"));
            change(lists, table, list, anna, null);

            MemberRow row = table.find(list.getId(), anna.getId()).orElseThrow();
            assertThat(row.topics()).containsExactly("steam ships", "trains");
            assertThat(row.receiveUntagged()).isTrue();
        }
    }

    private static void change(
            ListsOnDatabase lists, MemberTable table, MailingList list, Member member, List<String> topics) {
        long seen = table.find(list.getId(), member.getId()).orElseThrow().version();
        lists.run(() -> changes(lists)
                .change(
                        list.getId(),
                        member.getId(),
                        seen,
                        new MemberChange(Role.MEMBER, "", null, null, null, topics, true)));
    }
}
