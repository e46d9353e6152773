package org.posthorn.list;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.posthorn.list.members.MemberFilter;
import org.posthorn.list.members.MemberTable;
import org.posthorn.platform.Dialect;
import org.posthorn.testing.BothDatabases;
import org.posthorn.testing.TestDatabase;

class PeopleTest {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678901Z");

    private static List<String> found(TestDatabase database, String term) {
        return new People(database.sql())
                .find(term, 0, 50).rows().stream().map(People.Person::email).toList();
    }

    @BothDatabases
    void peopleShouldBeFoundByHowTheirAddressesAndNamesBegin(TestDatabase database) {
        try (ListsOnDatabase posthorn = new ListsOnDatabase(database)) {
            posthorn.run(() -> {
                Subscriber ann = posthorn.users.create("Ann.S@example.com", "Zoë van Dyck", null, true);
                posthorn.users.addAddress(ann, "second@work.example", null);
                posthorn.users.create("bob_x@example.com", "Bob 100%", null, false);
                posthorn.users.create("carla@other.example", null, null, false);
            });
            database.sql().update("update subscriber set login_name = 'admin' where server_owner");

            for (String term :
                    new String[] {"ann", "ANN.S@ex", "zoë", "ZOË VAN", "van d", "second", "@work", "admin"}) {
                assertThat(found(database, term)).as(term).containsExactly("Ann.S@example.com");
            }
            assertThat(found(database, "@example.com")).containsExactly("Ann.S@example.com", "bob_x@example.com");
            assertThat(found(database, " Bob ")).containsExactly("bob_x@example.com");
            assertThat(found(database, "100%")).containsExactly("bob_x@example.com");
            for (String term :
                    new String[] {"nn.s", "b%", "bob?x", "dyck", "@", "adm", "' or '1'='1\\", "x".repeat(400)}) {
                assertThat(found(database, term)).as(term).isEmpty();
            }
        }
    }

    @BothDatabases
    void pagesShouldHoldEachPersonOnceByWhateverTheyAreFound(TestDatabase database) {
        try (ListsOnDatabase posthorn = new ListsOnDatabase(database)) {
            posthorn.run(() -> {
                for (int i = 0; i < 7; i++) {
                    Subscriber person =
                            posthorn.users.create("anna" + i + "@example.com", "Anna anna" + i, null, false);
                    posthorn.users.addAddress(person, "anna.again" + i + "@example.com", null);
                }
            });
            for (String term : new String[] {"", "anna"}) {
                List<String> seen = new ArrayList<>();
                long after = 0;
                People.Found found;
                do {
                    found = new People(database.sql()).find(term, after, 3);
                    found.rows().forEach(row -> seen.add(row.name()));
                    after = found.rows().get(found.rows().size() - 1).id();
                    assertThat(found.number()).isEqualTo(7);
                    assertThat(found.exact()).isTrue();
                } while (found.more());
                assertThat(seen)
                        .containsExactly(
                                "Anna anna0",
                                "Anna anna1",
                                "Anna anna2",
                                "Anna anna3",
                                "Anna anna4",
                                "Anna anna5",
                                "Anna anna6");
            }
        }
    }

    @BothDatabases
    void manyShouldNeitherBeReadNorCountedToTheirEnd(TestDatabase database) {
        PeopleFigures.fill(database, 12_000);
        People people = new People(database.sql());

        People.Found everybody = people.find("", 0, 50);
        assertThat(everybody.number()).isEqualTo(People.COUNTED);
        assertThat(everybody.exact()).isFalse();
        assertThat(everybody.more()).isTrue();
        assertThat(everybody.rows()).hasSize(50);
        People.Found many = people.find("person", 0, 50);
        assertThat(many.exact()).isFalse();
        assertThat(many.number()).isBetween((long) PersonScan.CANDIDATES, (long) People.COUNTED);
        assertThat(people.find("person11999@", 0, 50).rows())
                .extracting(People.Person::email)
                .containsExactly("person11999@d49.example");
    }

    @BothDatabases
    void searchShouldBeLedByIndexesWhateverIsKnownOfTheTables(TestDatabase database) {
        PeopleFigures.fill(database, 12_000);

        for (boolean analyzed : new boolean[] {false, true}) {
            if (analyzed) {
                database.sql().update("analyze");
            }
            for (String term : new String[] {"anna", "person119", "@d7", "schm"}) {
                for (PersonScan scan : PersonScan.of(term)) {
                    String plan = plan(database, scan);
                    assertThat(plan)
                            .as(plan)
                            .containsPattern("Index (Only )?Scan|BY_(EMAIL|DOMAIN)_KEY|_NAME_KEY|LOGIN_NAME");
                    assertThat(plan).as(plan).doesNotContain("Seq Scan").doesNotContain("tableScan");
                }
            }
        }
    }

    private static String plan(TestDatabase database, PersonScan scan) {
        String explain = database.dialect() == Dialect.POSTGRESQL ? "explain " : "explain plan for ";
        return String.join(
                "\n",
                database.sql()
                        .list(
                                explain + scan.statement(),
                                row -> row.getString(1),
                                scan.parameters().toArray()));
    }

    @BothDatabases
    void nameOfAThousandOddCharactersShouldBeStoredAndFound(TestDatabase database) {
        try (ListsOnDatabase posthorn = new ListsOnDatabase(database)) {
            StringBuilder name = new StringBuilder();
            new Random(1).ints(999, 0x4e00, 0x9fff).forEach(each -> name.append((char) each));
            name.insert(500, ' ');
            posthorn.run(() -> posthorn.users.create("long@example.com", name.toString(), null, false));
            MailingList list = posthorn.aList("test@example.org");
            posthorn.inTransaction(() -> posthorn.subscriptions.subscribe(
                    NewSubscription.of(list.getId(), "long@example.com", name.toString(), Role.MEMBER)));
            MemberTable roster = new MemberTable(database.sql(), database.dialect());

            assertThat(found(database, name.substring(0, 300))).containsExactly("long@example.com");
            assertThat(found(database, name.substring(501, 600))).containsExactly("long@example.com");
            assertThat(roster.page(
                                    list.getId(),
                                    new MemberFilter(Role.MEMBER, name.substring(0, 300), null, null),
                                    Long.MAX_VALUE,
                                    10)
                            .rows())
                    .hasSize(1);
        }
    }

    @BothDatabases
    void aPersonShouldBeShownWithAddressesRolesAndDomains(TestDatabase database) {
        try (ListsOnDatabase posthorn = new ListsOnDatabase(database)) {
            MailingList list = posthorn.aList("test@example.org");
            MailingList other = posthorn.aList("other@example.org");
            Member member = posthorn.aMember(list, "Ann@example.com", Role.MEMBER);
            posthorn.aMember(other, "ann@example.com", Role.OWNER);
            posthorn.aMember(other, "bob@example.com", Role.MODERATOR);
            long ann = member.subscriber().orElseThrow().getId();
            posthorn.run(() -> {
                Subscriber person = posthorn.subscribers.byId(ann).orElseThrow();
                posthorn.users.addAddress(person, "second@example.com", null);
                posthorn.addresses.byEmail("ann@example.com").orElseThrow().verify(NOW);
                posthorn.domains.byMailHost("example.org").orElseThrow().addOwner(person);
            });
            posthorn.run(() -> posthorn.users.prefer(ann, "ann@example.com"));
            People people = new People(database.sql());

            assertThat(people.byId(ann)).hasValueSatisfying(person -> {
                assertThat(person.email()).isEqualTo("Ann@example.com");
                assertThat(person.addresses()).isEqualTo(2);
                assertThat(person.hasPassword()).isFalse();
                assertThat(person.serverOwner()).isFalse();
            });
            assertThat(people.addresses(ann))
                    .containsExactly(
                            new People.Known("Ann@example.com", true, NOW),
                            new People.Known("second@example.com", false, null));
            assertThat(people.roles(ann))
                    .extracting(People.Held::listId, People.Held::role)
                    .containsExactly(
                            org.assertj.core.groups.Tuple.tuple("other.example.org", Role.OWNER),
                            org.assertj.core.groups.Tuple.tuple("test.example.org", Role.MEMBER));
            assertThat(people.domains(ann)).containsExactly("example.org");
            assertThat(people.byId(4711)).isEqualTo(Optional.empty());
        }
    }
}
