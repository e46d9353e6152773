package org.posthorn.list.members;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import org.posthorn.list.DeliveryMode;
import org.posthorn.list.DeliveryStatus;
import org.posthorn.list.ListsOnDatabase;
import org.posthorn.list.MailingList;
import org.posthorn.list.Member;
import org.posthorn.list.NewSubscription;
import org.posthorn.list.Role;
import org.posthorn.testing.BothDatabases;
import org.posthorn.testing.TestDatabase;

class MemberTableTest {

    private static Member named(ListsOnDatabase lists, MailingList list, String email, String name) {
        return lists.inTransaction(
                () -> lists.subscriptions.subscribe(NewSubscription.of(list.getId(), email, name, Role.MEMBER)));
    }

    private static void change(ListsOnDatabase lists, Member member, Consumer<Member> change) {
        lists.run(() -> change.accept(lists.members.byId(member.getId()).orElseThrow()));
    }

    private static List<String> found(MemberTable table, MailingList list, MemberFilter filter) {
        return table.page(list.getId(), filter, Long.MAX_VALUE, 50).rows().stream()
                .map(MemberRow::email)
                .toList();
    }

    private static MemberFilter term(String term) {
        return new MemberFilter(Role.MEMBER, term, null, null);
    }

    private static MemberFilter status(DeliveryStatus status) {
        return new MemberFilter(Role.MEMBER, "", status, null);
    }

    @BothDatabases
    void pagesShouldHoldEverybodyOnceTheLatestFirst(TestDatabase database) {
        try (ListsOnDatabase lists = new ListsOnDatabase(database)) {
            MailingList list = lists.aList("big@example.com");
            MailingList other = lists.aList("other@example.com");
            lists.aMember(other, "stranger@example.org", Role.MEMBER);
            lists.aMember(list, "owner@example.org", Role.OWNER);
            List<String> joined = new ArrayList<>();
            for (int i = 0; i < 7; i++) {
                joined.add(
                        0,
                        lists.aMember(list, "m" + i + "@example.org", Role.MEMBER)
                                .address()
                                .getEmail());
            }
            MemberTable table = new MemberTable(database.sql(), database.dialect());
            List<String> seen = new ArrayList<>();
            long before = Long.MAX_VALUE;
            MemberSlice slice;
            do {
                slice = table.page(list.getId(), MemberFilter.of(Role.MEMBER), before, 3);
                slice.rows().forEach(row -> seen.add(row.email()));
                before = slice.rows().get(slice.rows().size() - 1).id();
            } while (slice.more());

            assertThat(seen).isEqualTo(joined);
            assertThat(table.count(list.getId(), MemberFilter.of(Role.MEMBER)))
                    .isEqualTo(new MemberCount(7, true, true));
            assertThat(found(table, list, MemberFilter.of(Role.OWNER))).containsExactly("owner@example.org");
        }
    }

    @BothDatabases
    void searchShouldFindBeginningsOfAddressesDomainsAndNames(TestDatabase database) {
        try (ListsOnDatabase lists = new ListsOnDatabase(database)) {
            MailingList list = lists.aList("big@example.com");
            named(lists, list, "Anna.S@example.org", "Zo\u00eb Schmidt");
            named(lists, list, "bert@annex.example", "Bert van Anders");
            named(lists, list, "carla@example.org", null);
            lists.aMember(lists.aList("other@example.com"), "anna.other@example.org", Role.MEMBER);
            MemberTable table = new MemberTable(database.sql(), database.dialect());

            assertThat(found(table, list, term("anna"))).containsExactly("Anna.S@example.org");
            assertThat(found(table, list, term("ANNA.s@EX"))).containsExactly("Anna.S@example.org");
            assertThat(found(table, list, term("@example.org")))
                    .containsExactly("carla@example.org", "Anna.S@example.org");
            assertThat(found(table, list, term("@ann"))).containsExactly("bert@annex.example");
            assertThat(found(table, list, term("zo\u00eb"))).containsExactly("Anna.S@example.org");
            assertThat(found(table, list, term("schm"))).containsExactly("Anna.S@example.org");
            assertThat(found(table, list, term("van an"))).containsExactly("bert@annex.example");
            assertThat(found(table, list, term("be")))
                    .as("by address and by name, once")
                    .containsExactly("bert@annex.example");
            assertThat(found(table, list, term("%"))).isEmpty();
            assertThat(found(table, list, term("a' or '1'='1"))).isEmpty();
            assertThat(found(table, list, term("\0"))).hasSize(3);
            assertThat(found(table, list, term("@"))).isEmpty();
            assertThat(table.count(list.getId(), term("@example.org"))).isEqualTo(new MemberCount(2, true, true));
        }
    }

    @BothDatabases
    void statusShouldCountAsInherited(TestDatabase database) {
        try (ListsOnDatabase lists = new ListsOnDatabase(database)) {
            MailingList list = lists.aList("big@example.com");
            Member own = lists.aMember(list, "own@example.org", Role.MEMBER);
            Member byAddress = lists.aMember(list, "address@example.org", Role.MEMBER);
            Member byPerson = lists.aMember(list, "person@example.org", Role.MEMBER);
            Member again = lists.aMember(list, "again@example.org", Role.MEMBER);
            lists.aMember(list, "open@example.org", Role.MEMBER);
            change(lists, own, member -> member.disable(DeliveryStatus.BY_USER));
            change(
                    lists,
                    byAddress,
                    member -> member.address().preferences().setDeliveryStatus(DeliveryStatus.BY_USER));
            change(
                    lists,
                    byPerson,
                    member ->
                            member.subscriber().orElseThrow().preferences().setDeliveryStatus(DeliveryStatus.BY_USER));
            change(lists, again, member -> {
                member.address().preferences().setDeliveryStatus(DeliveryStatus.BY_USER);
                member.enable();
            });
            MemberTable table = new MemberTable(database.sql(), database.dialect());

            assertThat(found(table, list, status(DeliveryStatus.BY_USER)))
                    .containsExactlyInAnyOrder("own@example.org", "address@example.org", "person@example.org");
            assertThat(found(table, list, status(DeliveryStatus.ENABLED)))
                    .containsExactlyInAnyOrder("again@example.org", "open@example.org");
            assertThat(found(table, list, status(DeliveryStatus.BY_BOUNCES))).isEmpty();
            assertThat(table.count(list.getId(), status(DeliveryStatus.BY_USER)).number())
                    .isEqualTo(3);
            assertThat(table.count(list.getId(), status(DeliveryStatus.ENABLED)).number())
                    .isEqualTo(2);
        }
    }

    @BothDatabases
    void conditionsShouldAllHold(TestDatabase database) {
        try (ListsOnDatabase lists = new ListsOnDatabase(database)) {
            MailingList list = lists.aList("big@example.com");
            Member both = lists.aMember(list, "both@example.org", Role.MEMBER);
            Member stopped = lists.aMember(list, "bowed@example.org", Role.MEMBER);
            Member digests = lists.aMember(list, "digests@example.org", Role.MEMBER);
            change(lists, both, member -> {
                member.disable(DeliveryStatus.BY_BOUNCES);
                member.preferences().setDeliveryMode(DeliveryMode.MIME_DIGESTS);
            });
            change(lists, stopped, member -> member.disable(DeliveryStatus.BY_BOUNCES));
            change(lists, digests, member -> member.preferences().setDeliveryMode(DeliveryMode.MIME_DIGESTS));
            MemberTable table = new MemberTable(database.sql(), database.dialect());

            assertThat(found(
                            table,
                            list,
                            new MemberFilter(Role.MEMBER, "", DeliveryStatus.BY_BOUNCES, DeliveryMode.MIME_DIGESTS)))
                    .containsExactly("both@example.org");
            assertThat(found(
                            table,
                            list,
                            new MemberFilter(Role.MEMBER, "bo", DeliveryStatus.BY_BOUNCES, DeliveryMode.REGULAR)))
                    .containsExactly("bowed@example.org");
            assertThat(found(
                            table,
                            list,
                            new MemberFilter(Role.MEMBER, "", DeliveryStatus.ENABLED, DeliveryMode.REGULAR)))
                    .isEmpty();
        }
    }

    @BothDatabases
    void countShouldStopAtItsBound(TestDatabase database) {
        try (ListsOnDatabase lists = new ListsOnDatabase(database)) {
            MailingList list = lists.aList("big@example.com");
            BigRoster.fill(database, list.getId(), MemberTable.COUNTED + 2000);
            MemberTable table = new MemberTable(database.sql(), database.dialect());

            assertThat(table.count(list.getId(), MemberFilter.of(Role.MEMBER)))
                    .isEqualTo(new MemberCount(MemberTable.COUNTED + 2000, true, true));
            assertThat(table.count(list.getId(), status(DeliveryStatus.ENABLED)))
                    .isEqualTo(new MemberCount(MemberTable.COUNTED, false, true));
            assertThat(table.page(list.getId(), term("member"), Long.MAX_VALUE, 50)
                            .rows())
                    .hasSize(50);
        }
    }

    @BothDatabases
    void everybodyOfASmallListShouldBeFoundHoweverManyElsewhereAreAlike(TestDatabase database) {
        try (ListsOnDatabase lists = new ListsOnDatabase(database)) {
            MailingList elsewhere = lists.aList("big@example.com");
            BigRoster.fill(database, elsewhere.getId(), MemberScan.CANDIDATES + 500);
            stopAll(database);
            MailingList list = lists.aList("small@example.com");
            lists.aMember(list, "mia@d7.example", Role.MEMBER);
            named(lists, list, "mona@d7.example", "Anna Novak");
            lists.aMember(list, "mowner@d7.example", Role.OWNER);
            Member stopped = lists.aMember(list, "else@d8.example", Role.MEMBER);
            change(lists, stopped, member -> member.address().preferences().setDeliveryStatus(DeliveryStatus.BY_USER));
            MemberTable table = new MemberTable(database.sql(), database.dialect());

            assertThat(found(table, list, term("m"))).containsExactly("mona@d7.example", "mia@d7.example");
            assertThat(found(table, list, term("@d"))).hasSize(3);
            assertThat(found(table, list, term("nov"))).containsExactly("mona@d7.example");
            assertThat(found(table, list, status(DeliveryStatus.BY_USER))).containsExactly("else@d8.example");
            assertThat(found(table, list, new MemberFilter(Role.MEMBER, "e", DeliveryStatus.BY_USER, null)))
                    .containsExactly("else@d8.example");
            assertThat(table.count(list.getId(), term("m"))).isEqualTo(new MemberCount(2, true, true));
            assertThat(table.count(list.getId(), term("@d"))).isEqualTo(new MemberCount(3, true, true));
        }
    }

    @BothDatabases
    void countShouldSayWhenThereWereTooManyToLookAt(TestDatabase database) {
        try (ListsOnDatabase lists = new ListsOnDatabase(database)) {
            MailingList list = lists.aList("big@example.com");
            BigRoster.fill(database, list.getId(), MemberScan.SMALL_ROSTER + 1);
            MemberTable table = new MemberTable(database.sql(), database.dialect());

            assertThat(table.count(list.getId(), term("member"))).satisfies(count -> {
                assertThat(count.exact()).isFalse();
                assertThat(count.complete()).isFalse();
                assertThat(count.number()).isBetween(1L, (long) MemberTable.COUNTED);
            });
            assertThat(table.count(list.getId(), term("member777")).complete()).isTrue();
            assertThat(table.count(list.getId(), term("@d7.example")))
                    .isEqualTo(new MemberCount(MemberScan.SMALL_ROSTER / 50, true, true));
            assertThat(table.count(list.getId(), term("zzz"))).isEqualTo(new MemberCount(0, true, true));
        }
    }

    @BothDatabases
    void pagesOfASearchShouldHoldEverybodyFoundOnce(TestDatabase database) {
        try (ListsOnDatabase lists = new ListsOnDatabase(database)) {
            MailingList list = lists.aList("middling@example.com");
            BigRoster.fill(database, list.getId(), 260);
            MemberTable table = new MemberTable(database.sql(), database.dialect());

            List<Long> seen = new ArrayList<>();
            long before = Long.MAX_VALUE;
            MemberSlice slice;
            do {
                slice = table.page(list.getId(), term("member"), before, 50);
                slice.rows().forEach(row -> seen.add(row.id()));
                before = seen.get(seen.size() - 1);
            } while (slice.more());

            assertThat(seen).hasSize(260).doesNotHaveDuplicates().isSortedAccordingTo(Comparator.reverseOrder());
        }
    }

    /** As if a large part of the site had stopped its mail. */
    private static void stopAll(TestDatabase database) {
        database.inTransaction(() -> database.sql().update("update address set delivery_status = 'BY_USER'"));
    }
}
