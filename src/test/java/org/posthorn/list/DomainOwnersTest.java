package org.posthorn.list;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.posthorn.testing.BothDatabases;
import org.posthorn.testing.TestDatabase;

class DomainOwnersTest {

    private static long owners(ListsOnDatabase lists) {
        return lists.inTransaction(() -> lists.subscribers
                .ownersOf(lists.domains.byMailHost("example.com").orElseThrow(), Paging.first(10))
                .total());
    }

    @BothDatabases
    void ownersShouldBeAddedOnceReplacedAndRemoved(TestDatabase database) {
        try (ListsOnDatabase lists = new ListsOnDatabase(database)) {
            lists.aList("ant@example.com");
            DomainOwners owners = new DomainOwners(lists.domains, lists.users);
            lists.run(() -> owners.add("example.com", List.of("anne@example.com", "bart@example.com")));
            lists.run(() -> owners.add("example.com", List.of("Anne@example.com")));
            assertThat(owners(lists)).isEqualTo(2);
            lists.run(() -> owners.replace("example.com", List.of("bart@example.com", "cris@example.com", "")));
            assertThat(owners(lists)).isEqualTo(2);
            assertThat(lists.inTransaction(() -> lists.subscribers.byAddress("anne@example.com")))
                    .as("owns nothing any more, and is still there")
                    .isPresent();
            lists.run(() -> owners.removeAll("example.com"));
            assertThat(owners(lists)).isZero();
        }
    }

    @BothDatabases
    void whatIsNoAddressShouldBeRefused(TestDatabase database) {
        try (ListsOnDatabase lists = new ListsOnDatabase(database)) {
            lists.aList("ant@example.com");
            DomainOwners owners = new DomainOwners(lists.domains, lists.users);
            assertThatThrownBy(() -> lists.run(() -> owners.add("example.com", List.of("anne@example.com", "nobody"))))
                    .isInstanceOf(InvalidValueException.class);
            assertThat(owners(lists)).isZero();
            assertThatThrownBy(() -> lists.run(() -> owners.add("none.example.com", List.of("anne@example.com"))))
                    .isInstanceOf(UnknownException.class);
        }
    }

    @BothDatabases
    void listsOfAPersonShouldBeFoundByAnyOfTheirAddressesOnceEach(TestDatabase database) {
        try (ListsOnDatabase lists = new ListsOnDatabase(database)) {
            MailingList ant = lists.aList("ant@example.com");
            MailingList bee = lists.aList("bee@example.com");
            lists.aMember(ant, "anne@example.com", Role.MEMBER);
            lists.aMember(ant, "anne@example.com", Role.OWNER);
            lists.run(() -> lists.users.addAddress(
                    lists.subscribers.byAddress("anne@example.com").orElseThrow(), "anne@home.example", null));
            lists.aMember(bee, "anne@home.example", Role.MODERATOR);
            assertThat(found(lists, "anne@home.example", null)).containsExactly("ant", "bee");
            assertThat(found(lists, "ANNE@example.com", Role.MODERATOR)).containsExactly("bee");
            assertThat(found(lists, "nobody@example.com", null)).isEmpty();
            assertThat(found(lists, "no address", null)).isEmpty();
        }
    }

    private static List<String> found(ListsOnDatabase lists, String email, Role role) {
        return lists.inTransaction(() -> lists.lists.ofSubscriber(email, role, Paging.first(10)).entries().stream()
                .map(MailingList::getListName)
                .toList());
    }
}
