package org.posthorn.list;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.posthorn.testing.BothDatabases;
import org.posthorn.testing.TestDatabase;

class RosterTest {

    private static List<String> recipients(ListsOnDatabase posthorn, MailingList list, NoCopy noCopy) {
        return posthorn.roster.recipients(list.getId(), 0, 100, noCopy).stream()
                .map(Recipient::key)
                .toList();
    }

    private static void change(ListsOnDatabase posthorn, Member member, Consumer<Member> change) {
        posthorn.run(() -> change.accept(posthorn.members.byId(member.getId()).orElseThrow()));
    }

    @BothDatabases
    void whatCountsShouldBeTheMembersWishThenTheAddresssThenTheSubscribersThenTheSites(TestDatabase database) {
        try (ListsOnDatabase posthorn = new ListsOnDatabase(database)) {
            MailingList list = posthorn.aList("test@example.org");
            Member ann = posthorn.aMember(list, "Ann@example.com", Role.MEMBER);
            posthorn.aMember(list, "bob@example.com", Role.MEMBER);
            assertThat(posthorn.roster.recipients(list.getId(), 0, 10, NoCopy.ofNobody()))
                    .extracting(Recipient::email)
                    .containsExactly("Ann@example.com", "bob@example.com");

            change(
                    posthorn,
                    ann,
                    member ->
                            member.subscriber().orElseThrow().preferences().setDeliveryStatus(DeliveryStatus.BY_USER));
            assertBothSay(posthorn, list, ann, false);
            change(posthorn, ann, member -> member.address().preferences().setDeliveryStatus(DeliveryStatus.ENABLED));
            assertBothSay(posthorn, list, ann, true);
            change(posthorn, ann, member -> member.disable(DeliveryStatus.BY_BOUNCES));
            assertBothSay(posthorn, list, ann, false);
            change(posthorn, ann, Member::enable);
            assertBothSay(posthorn, list, ann, true);
            change(posthorn, ann, member -> member.address().preferences().setDeliveryMode(DeliveryMode.MIME_DIGESTS));
            assertBothSay(posthorn, list, ann, false);
            change(posthorn, ann, member -> member.preferences().setDeliveryMode(DeliveryMode.REGULAR));
            assertBothSay(posthorn, list, ann, true);
        }
    }

    /** The entity's rule and the statement's are the same. */
    private static void assertBothSay(ListsOnDatabase posthorn, MailingList list, Member ann, boolean receives) {
        boolean byEntity = posthorn.inTransaction(() -> {
            Preferences counts =
                    posthorn.members.byId(ann.getId()).orElseThrow().effectivePreferences();
            return counts.getDeliveryMode() == DeliveryMode.REGULAR
                    && counts.getDeliveryStatus() == DeliveryStatus.ENABLED;
        });
        assertThat(byEntity).isEqualTo(receives);
        assertThat(recipients(posthorn, list, NoCopy.ofNobody()).contains("ann@example.com"))
                .isEqualTo(receives);
        assertThat(posthorn.members
                        .find(
                                new MemberSearch(
                                        list.getListId(),
                                        null,
                                        null,
                                        Role.MEMBER,
                                        null,
                                        DeliveryMode.REGULAR,
                                        DeliveryStatus.ENABLED),
                                Paging.first(10))
                        .total())
                .isEqualTo(receives ? 2 : 1);
    }

    @BothDatabases
    void recipientsShouldBeFoundBehindAnyNumberOfMembersWhoGetNone(TestDatabase database) {
        try (ListsOnDatabase posthorn = new ListsOnDatabase(database)) {
            MailingList list = posthorn.aList("test@example.org");
            for (int i = 0; i < 11; i++) {
                Member member = posthorn.aMember(list, "m" + i + "@example.com", Role.MEMBER);
                if (i % 5 != 4) {
                    change(posthorn, member, m -> m.preferences().setDeliveryMode(DeliveryMode.MIME_DIGESTS));
                }
            }
            List<Recipient> first = posthorn.roster.recipients(list.getId(), 0, 1, NoCopy.ofNobody());
            assertThat(first).extracting(Recipient::key).containsExactly("m4@example.com");
            assertThat(posthorn.roster.recipients(list.getId(), 0, 2, NoCopy.ofNobody()))
                    .extracting(Recipient::key)
                    .containsExactly("m4@example.com", "m9@example.com");
            assertThat(posthorn.roster.recipients(list.getId(), first.get(0).memberId(), 2, NoCopy.ofNobody()))
                    .as("fewer than asked for: no more")
                    .extracting(Recipient::key)
                    .containsExactly("m9@example.com");
        }
    }

    @BothDatabases
    void recipientsShouldComeByKeysetWithoutOtherRolesAndLists(TestDatabase database) {
        try (ListsOnDatabase posthorn = new ListsOnDatabase(database)) {
            MailingList list = posthorn.aList("test@example.org");
            MailingList other = posthorn.aList("other@example.org");
            posthorn.aMember(list, "owner@example.com", Role.OWNER);
            posthorn.aMember(list, "a@example.com", Role.MEMBER);
            posthorn.aMember(other, "x@example.com", Role.MEMBER);
            posthorn.aMember(list, "b@example.com", Role.MEMBER);
            posthorn.aMember(list, "stranger@example.com", Role.NONMEMBER);
            posthorn.aMember(list, "c@example.com", Role.MEMBER);

            List<Recipient> first = posthorn.roster.recipients(list.getId(), 0, 2, NoCopy.ofNobody());
            List<Recipient> rest =
                    posthorn.roster.recipients(list.getId(), first.get(1).memberId(), 2, NoCopy.ofNobody());

            assertThat(first).extracting(Recipient::key).containsExactly("a@example.com", "b@example.com");
            assertThat(rest).extracting(Recipient::key).containsExactly("c@example.com");
        }
    }

    @BothDatabases
    void theSenderShouldGetNoCopyOnlyIfOwnPostingsAreUnwanted(TestDatabase database) {
        try (ListsOnDatabase posthorn = new ListsOnDatabase(database)) {
            MailingList list = posthorn.aList("test@example.org");
            Member ann = posthorn.aMember(list, "ann@example.com", Role.MEMBER);
            posthorn.aMember(list, "bob@example.com", Role.MEMBER);
            NoCopy annPosts = new NoCopy("ann@example.com", List.of());

            assertThat(recipients(posthorn, list, annPosts)).hasSize(2);
            change(posthorn, ann, member -> member.preferences().setReceiveOwnPostings(false));
            assertThat(recipients(posthorn, list, annPosts)).containsExactly("bob@example.com");
            assertThat(recipients(posthorn, list, new NoCopy("bob@example.com", List.of())))
                    .hasSize(2);

            posthorn.run(() -> posthorn.users.addAddress(
                    posthorn.subscribers.byAddress("ann@example.com").orElseThrow(), "ann@work.example", null));
            assertThat(recipients(posthorn, list, new NoCopy("ann@work.example", List.of())))
                    .as("by another address of the same person")
                    .containsExactly("bob@example.com");
            assertThat(recipients(posthorn, list, new NoCopy("unknown@example.com", List.of())))
                    .hasSize(2);
        }
    }

    @BothDatabases
    void theAddressedShouldGetNoCopyOnlyIfTheListsIsUnwanted(TestDatabase database) {
        try (ListsOnDatabase posthorn = new ListsOnDatabase(database)) {
            MailingList list = posthorn.aList("test@example.org");
            Member ann = posthorn.aMember(list, "ann@example.com", Role.MEMBER);
            posthorn.aMember(list, "bob@example.com", Role.MEMBER);
            NoCopy toBoth = new NoCopy("carl@example.com", List.of("ann@example.com", "bob@example.com"));

            assertThat(recipients(posthorn, list, toBoth)).hasSize(2);
            change(posthorn, ann, member -> member.preferences().setReceiveListCopy(false));
            assertThat(recipients(posthorn, list, toBoth)).containsExactly("bob@example.com");
            assertThat(recipients(posthorn, list, NoCopy.ofNobody())).hasSize(2);
        }
    }

    @BothDatabases
    void ownersAndModeratorsShouldComeEachAddressOnce(TestDatabase database) {
        try (ListsOnDatabase posthorn = new ListsOnDatabase(database)) {
            MailingList list = posthorn.aList("test@example.org");
            posthorn.aMember(list, "both@example.com", Role.OWNER);
            posthorn.aMember(list, "both@example.com", Role.MODERATOR);
            posthorn.aMember(list, "mod@example.com", Role.MODERATOR);
            Member off = posthorn.aMember(list, "off@example.com", Role.OWNER);
            posthorn.aMember(list, "member@example.com", Role.MEMBER);
            change(posthorn, off, member -> member.disable(DeliveryStatus.BY_USER));

            List<Recipient> first = posthorn.roster.ownersAndModerators(list.getId(), 0, 1);
            List<Recipient> rest = posthorn.roster.ownersAndModerators(
                    list.getId(), first.get(0).memberId(), 10);

            assertThat(first).extracting(Recipient::key).containsExactly("both@example.com");
            assertThat(rest).extracting(Recipient::key).containsExactly("mod@example.com");
        }
    }

    @BothDatabases
    void aRoleShouldBeFoundByAnyAddressOfThePerson(TestDatabase database) {
        try (ListsOnDatabase posthorn = new ListsOnDatabase(database)) {
            MailingList list = posthorn.aList("test@example.org");
            MailingList other = posthorn.aList("other@example.org");
            Member ann = posthorn.aMember(list, "ann@example.com", Role.MEMBER);
            posthorn.run(() -> posthorn.users.addAddress(
                    posthorn.subscribers.byAddress("ann@example.com").orElseThrow(), "ann@work.example", null));
            change(posthorn, ann, member -> member.moderate(Action.HOLD));

            RosterEntry entry =
                    new RosterEntry(ann.getId(), Role.MEMBER, "ann@example.com", Action.HOLD, ListsOnDatabase.NOW);
            assertThat(posthorn.roster.find(list.getId(), Role.MEMBER, "ann@example.com"))
                    .contains(entry);
            assertThat(posthorn.roster.find(list.getId(), Role.MEMBER, "ann@work.example"))
                    .contains(entry);
            assertThat(posthorn.roster.find(list.getId(), Role.OWNER, "ann@example.com"))
                    .isEmpty();
            assertThat(posthorn.roster.find(other.getId(), Role.MEMBER, "ann@example.com"))
                    .isEmpty();
            assertThat(posthorn.roster.find(list.getId(), Role.MEMBER, "bob@example.com"))
                    .isEmpty();
        }
    }

    @BothDatabases
    void readersOfDigestsShouldComeByKeysetHoweverTheyHaveTheirWish(TestDatabase database) {
        try (ListsOnDatabase posthorn = new ListsOnDatabase(database)) {
            MailingList list = posthorn.aList("test@example.org");
            MailingList other = posthorn.aList("other@example.org");
            List<String> readers = new ArrayList<>();
            for (int i = 0; i < 30; i++) {
                String email = "m%02d@example.com".formatted(i);
                Member member = posthorn.aMember(list, email, Role.MEMBER);
                posthorn.aMember(other, email, Role.MEMBER);
                long person = member.subscriber().orElseThrow().getId();
                int kind = i % 6;
                posthorn.run(() -> {
                    Map<String, String> plain = Map.of("delivery_mode", "plaintext_digests");
                    switch (kind) {
                        case 0 -> posthorn.memberships.changePreferences(list.getId(), member.getId(), plain);
                        case 1 -> posthorn.userAddresses.changePreferences(email, plain);
                        case 2 -> posthorn.users.changePreferences(person, plain);
                        case 3 -> {
                            posthorn.memberships.changePreferences(
                                    list.getId(), member.getId(), Map.of("delivery_status", "by_user"));
                            posthorn.memberships.changePreferences(list.getId(), member.getId(), plain);
                        }
                        case 4 -> {
                            posthorn.users.changePreferences(person, plain);
                            posthorn.userAddresses.changePreferences(email, Map.of("delivery_mode", "regular"));
                        }
                        default ->
                            posthorn.userAddresses.changePreferences(email, Map.of("delivery_mode", "mime_digests"));
                    }
                });
                if (kind < 3) {
                    readers.add(email);
                }
            }
            posthorn.aMember(list, "m00@example.com", Role.OWNER);

            for (int limit : List.of(1, 2, 4, 7, 100)) {
                List<String> read = new ArrayList<>();
                long after = 0;
                List<Recipient> page;
                do {
                    page = posthorn.roster.digestReaders(list.getId(), DeliveryMode.PLAINTEXT_DIGESTS, 1, after, limit);
                    page.forEach(reader -> read.add(reader.email()));
                    after = page.isEmpty() ? after : page.get(page.size() - 1).memberId();
                } while (page.size() == limit);
                assertThat(read).as("by " + limit).isEqualTo(readers);
            }
        }
    }
}
