package org.posthorn.list;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import org.posthorn.platform.actor.Acting;
import org.posthorn.platform.actor.Actor;
import org.posthorn.platform.actor.NotAllowedException;
import org.posthorn.platform.actor.Scope;
import org.posthorn.testing.BothDatabases;
import org.posthorn.testing.TestDatabase;

class UsersTest {

    @BothDatabases
    void whoHasTheRightPasswordShouldSignInByAnAddressInAnyCase(TestDatabase database) {
        try (ListsOnDatabase posthorn = new ListsOnDatabase(database)) {
            posthorn.run(() -> posthorn.users.create("Ann@example.com", "Ann", "a good password", false));
            posthorn.run(() -> posthorn.users.create("bob@example.com", "Bob", null, false));

            assertThat(posthorn.users.authenticate("ANN@example.com", "a good password"))
                    .isPresent();
            assertThat(posthorn.users.authenticate("ann@example.com", "a bad password"))
                    .isEmpty();
            assertThat(posthorn.users.authenticate("bob@example.com", "")).isEmpty();
            assertThat(posthorn.users.authenticate("nobody's password", "nobody's password"))
                    .isEmpty();
            assertThat(posthorn.users.authenticate("nul\0", "x")).isEmpty();
            assertThatThrownBy(() -> posthorn.run(() -> posthorn.users.create("ann@EXAMPLE.com", null, null, false)))
                    .isInstanceOf(DuplicateException.class);
            assertThatThrownBy(() -> posthorn.run(() -> posthorn.users.create("x@example.com", null, "short", false)))
                    .isInstanceOf(InvalidValueException.class)
                    .hasMessageNotContaining("short");
        }
    }

    @BothDatabases
    void changeShouldBeWholeOrNotAtAllAndRefusedToWhoSawAnEarlierVersion(TestDatabase database) {
        try (ListsOnDatabase posthorn = new ListsOnDatabase(database)) {
            long id = posthorn.inTransaction(() -> posthorn.users
                    .create("ann@example.com", "Ann", "a good password", false)
                    .getId());
            long version = version(posthorn, id);

            assertThatThrownBy(() -> posthorn.run(
                            () -> posthorn.users.change(id, version, new PersonChange("Anna", "short", true))))
                    .isInstanceOf(InvalidValueException.class);
            assertThat(person(posthorn, id)).isEqualTo("Ann false");

            posthorn.run(() -> posthorn.users.change(id, version, new PersonChange("Anna", "another password", true)));
            assertThat(person(posthorn, id)).isEqualTo("Anna true");
            assertThat(posthorn.users.authenticate("ann@example.com", "another password"))
                    .isPresent();

            assertThatThrownBy(() -> posthorn.run(
                            () -> posthorn.users.change(id, version, new PersonChange("Ann", null, false))))
                    .isInstanceOf(ConflictException.class);
            long later = version(posthorn, id);
            assertThatThrownBy(() ->
                            posthorn.run(() -> posthorn.users.change(id, later, new PersonChange("Ann", null, false))))
                    .isInstanceOf(LastOwnerException.class);
            assertThat(person(posthorn, id)).isEqualTo("Anna true");
        }
    }

    private static long version(ListsOnDatabase posthorn, long id) {
        return posthorn.inTransaction(
                () -> posthorn.subscribers.byId(id).orElseThrow().getVersion());
    }

    private static String person(ListsOnDatabase posthorn, long id) {
        return posthorn.inTransaction(() -> {
            Subscriber person = posthorn.subscribers.byId(id).orElseThrow();
            return person.getDisplayName() + " " + person.isServerOwner();
        });
    }

    @BothDatabases
    void membershipsAsUserShouldFollowThePreferredAddress(TestDatabase database) {
        try (ListsOnDatabase posthorn = new ListsOnDatabase(database)) {
            MailingList list = posthorn.aList("test@example.org");
            MailingList twice = posthorn.aList("twice@example.org");
            long person = posthorn.inTransaction(() -> {
                Subscriber ann = posthorn.users.create("ann@example.com", "Ann", null, false);
                posthorn.users.addAddress(ann, "ann@work.example", null);
                return ann.getId();
            });
            posthorn.run(() -> posthorn.users.prefer(person, "ann@example.com"));
            posthorn.run(() -> {
                Subscriber ann = posthorn.subscribers.byId(person).orElseThrow();
                posthorn.subscriptions.subscribe(ann, NewSubscription.of(list.getId(), null, null, Role.MEMBER));
                posthorn.subscriptions.subscribe(ann, NewSubscription.of(twice.getId(), null, null, Role.MEMBER));
            });
            posthorn.aMember(twice, "ann@work.example", Role.MEMBER);

            posthorn.run(() -> posthorn.users.prefer(person, "Ann@work.example"));

            assertThat(posthorn.roster.recipients(list.getId(), 0, 10, NoCopy.ofNobody()))
                    .extracting(Recipient::email)
                    .containsExactly("ann@work.example");
            assertThat(posthorn.roster.recipients(twice.getId(), 0, 10, NoCopy.ofNobody()))
                    .extracting(Recipient::email)
                    .containsExactly("ann@example.com", "ann@work.example");
            assertThatThrownBy(() -> posthorn.run(() -> posthorn.users.prefer(person, "bob@example.com")))
                    .isInstanceOf(InvalidValueException.class);
        }
    }

    @BothDatabases
    void aDeletedPersonShouldLeaveNeitherAddressesNorMemberships(TestDatabase database) {
        try (ListsOnDatabase posthorn = new ListsOnDatabase(database)) {
            MailingList list = posthorn.aList("test@example.org");
            Member ann = posthorn.aMember(list, "ann@example.com", Role.MEMBER);
            posthorn.aMember(list, "bob@example.com", Role.MEMBER);
            long person = ann.subscriber().orElseThrow().getId();
            posthorn.run(() -> posthorn.users.prefer(person, "ann@example.com"));
            posthorn.run(() -> posthorn.domains
                    .byMailHost("example.org")
                    .orElseThrow()
                    .addOwner(posthorn.subscribers.byId(person).orElseThrow()));

            posthorn.run(() -> posthorn.users.delete(person));

            assertThat(posthorn.addresses.byEmail("ann@example.com")).isEmpty();
            assertThat(posthorn.subscribers.byId(person)).isEmpty();
            assertThat(posthorn.roster.count(list.getId(), Role.MEMBER)).isEqualTo(1);
            assertThat(posthorn.inTransaction(() -> posthorn.domains
                            .byMailHost("example.org")
                            .orElseThrow()
                            .getOwners()))
                    .isEmpty();
        }
    }

    @BothDatabases
    void peopleShouldBeFoundByPartsOfTheirNamesAndAddressesAndNotByWildcards(TestDatabase database) {
        try (ListsOnDatabase posthorn = new ListsOnDatabase(database)) {
            posthorn.run(() -> posthorn.users.create("ann@example.com", "Ann 100%", null, true));
            posthorn.run(() -> posthorn.users.create("bob_x@example.com", "Bob", null, false));

            assertThat(posthorn.subscribers.matching("NN@EX", Paging.first(10)).total())
                    .isEqualTo(1);
            assertThat(posthorn.subscribers.matching("100%", Paging.first(10)).total())
                    .isEqualTo(1);
            assertThat(posthorn.subscribers.matching("b_x", Paging.first(10)).total())
                    .isEqualTo(1);
            assertThat(posthorn.subscribers.matching("a_n", Paging.first(10)).total())
                    .isZero();
            assertThat(posthorn.subscribers
                            .matching("' or '1'='1\\", Paging.first(10))
                            .total())
                    .isZero();
            assertThat(posthorn.subscribers.serverOwners(Paging.first(10)).total())
                    .isEqualTo(1);
            assertThat(posthorn.subscribers.all(new Paging(1, 2)).entries()).hasSize(1);
            assertThat(posthorn.subscribers.all(new Paging(1, 3)).entries()).isEmpty();
            assertThat(posthorn.subscribers
                            .all(new Paging(Integer.MAX_VALUE, Integer.MAX_VALUE))
                            .entries())
                    .isEmpty();
        }
    }

    private static final Actor MEMBERS_AND_SITE = Actor.service("sync", Set.of(Scope.MEMBERS, Scope.SITE));

    private static void refused(ListsOnDatabase posthorn, Runnable work) {
        try (Acting.Bound bound = Acting.as(MEMBERS_AND_SITE)) {
            assertThatThrownBy(() -> posthorn.run(work)).isInstanceOf(NotAllowedException.class);
        }
    }

    @BothDatabases
    void whoMayNotDoEverythingShouldNeitherBecomeNorEndAServerOwner(TestDatabase database) {
        try (ListsOnDatabase posthorn = new ListsOnDatabase(database)) {
            long owner = posthorn.inTransaction(() ->
                    posthorn.users.create("owner@example.com", null, null, true).getId());
            long mine = posthorn.inTransaction(() -> posthorn.users
                    .create("x@example.com", null, "a good password", false)
                    .getId());

            refused(posthorn, () -> posthorn.users.givePassword(owner, "another password"));
            refused(posthorn, () -> posthorn.users.changePassword(owner, "another password"));
            refused(posthorn, () -> posthorn.users.delete(owner));
            refused(posthorn, () -> posthorn.userAddresses.give(mine, "owner@example.com", null, true));
            refused(posthorn, () -> posthorn.userAddresses.give(owner, "x@example.com", null, true));
            refused(posthorn, () -> posthorn.userAddresses.link("owner@example.com", mine));
            refused(posthorn, () -> posthorn.userAddresses.link("x@example.com", owner));
            refused(posthorn, () -> posthorn.userAddresses.delete("owner@example.com"));

            posthorn.run(() -> posthorn.userAddresses.give(owner, "x@example.com", null, true));
        }
    }

    @BothDatabases
    void whoMayNotChangeListsShouldNotDoSoByWayOfWhoMay(TestDatabase database) {
        try (ListsOnDatabase posthorn = new ListsOnDatabase(database)) {
            MailingList list = posthorn.aList("test@example.org");
            Member moderator = posthorn.aMember(list, "mod@example.com", Role.MODERATOR);
            long moderating = moderator.subscriber().orElseThrow().getId();
            long member = posthorn.aMember(list, "ann@example.com", Role.MEMBER)
                    .subscriber()
                    .orElseThrow()
                    .getId();
            long owning = posthorn.inTransaction(() -> {
                Subscriber person = posthorn.users.create("owner@example.com", null, null, false);
                posthorn.domains.byMailHost("example.org").orElseThrow().addOwner(person);
                return person.getId();
            });

            refused(posthorn, () -> posthorn.users.givePassword(moderating, "another password"));
            refused(posthorn, () -> posthorn.users.givePassword(owning, "another password"));
            refused(posthorn, () -> posthorn.userAddresses.give(member, "mod@example.com", null, true));
            refused(posthorn, () -> posthorn.userAddresses.link("mod@example.com", member));
            refused(posthorn, () -> posthorn.userAddresses.delete("mod@example.com"));
            refused(posthorn, () -> posthorn.users.delete(owning));

            posthorn.run(() -> posthorn.userAddresses.unlink("mod@example.com"));
            refused(posthorn, () -> posthorn.users.create("mod@example.com", null, "a good password", false));
            try (Acting.Bound bound = Acting.as(MEMBERS_AND_SITE)) {
                posthorn.run(() -> posthorn.users.givePassword(member, "another password"));
                posthorn.run(() -> posthorn.users.delete(member));
            }
        }
    }
}
