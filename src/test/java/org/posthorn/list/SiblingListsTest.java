package org.posthorn.list;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.posthorn.platform.actor.Acting;
import org.posthorn.platform.actor.Actor;
import org.posthorn.platform.actor.Scope;
import org.posthorn.platform.actor.Via;
import org.posthorn.testing.BothDatabases;
import org.posthorn.testing.TestDatabase;

class SiblingListsTest {

    private static final String INCLUDE = "regular_include_lists";
    private static final String EXCLUDE = "regular_exclude_lists";

    private static void configure(ListsOnDatabase posthorn, MailingList list, String attribute, String... lists) {
        posthorn.run(() -> posthorn.listOperations.configure(list.getId(), null, Map.of(attribute, List.of(lists))));
    }

    private static List<Sibling> included(ListsOnDatabase posthorn, MailingList list) {
        return posthorn.inTransaction(
                () -> posthorn.lists.byId(list.getId()).orElseThrow().posting().included());
    }

    private static Actor ownerOf(ListsOnDatabase posthorn, String email, MailingList... lists) {
        long person = 0;
        for (MailingList list : lists) {
            Member owner = posthorn.aMember(list, email, Role.OWNER);
            person = posthorn.inTransaction(() -> posthorn.members
                    .byId(owner.getId())
                    .orElseThrow()
                    .subscriber()
                    .orElseThrow()
                    .getId());
        }
        return Actor.person(Via.CONSOLE, email, person, false);
    }

    @BothDatabases
    void onlyWhoMayChangeBothShouldNameAListAndAllElseShouldLookAlike(TestDatabase database) {
        try (ListsOnDatabase posthorn = new ListsOnDatabase(database)) {
            MailingList ants = posthorn.aList("ants@example.org");
            MailingList bees = posthorn.aList("bees@example.org");
            MailingList cats = posthorn.aList("cats@example.org");
            Actor ann = ownerOf(posthorn, "ann@example.com", ants, bees);
            posthorn.aMember(cats, "ann@example.com", Role.MODERATOR);
            try (Acting.Bound bound = Acting.as(ann)) {
                for (String attribute : List.of(INCLUDE, EXCLUDE)) {
                    for (String wrong : List.of("cats@example.org", "nobody@example.org", "ants@example.org")) {
                        assertThatThrownBy(() -> configure(posthorn, ants, attribute, "bees@example.org", wrong))
                                .as("%s in %s", wrong, attribute)
                                .isInstanceOf(InvalidValueException.class)
                                .hasMessage(
                                        attribute + " cannot be '" + wrong
                                                + "': allowed is the address of another list of this site that you may change, too");
                    }
                }
                configure(posthorn, ants, INCLUDE, "Bees@Example.org", "bees@example.org");
            }
            assertThat(included(posthorn, ants)).containsExactly(new Sibling("bees@example.org", bees.getId()));
            try (Acting.Bound bound = Acting.as(Actor.service("robot", Set.of(Scope.LISTS)))) {
                configure(posthorn, ants, INCLUDE, "bees@example.org", "cats@example.org");
            }
            assertThat(included(posthorn, ants)).hasSize(2);
        }
    }

    @BothDatabases
    void anotherOwnerShouldKeepWhatStandsThereAndTakeItOut(TestDatabase database) {
        try (ListsOnDatabase posthorn = new ListsOnDatabase(database)) {
            MailingList ants = posthorn.aList("ants@example.org");
            posthorn.aList("bees@example.org");
            MailingList cats = posthorn.aList("cats@example.org");
            configure(posthorn, ants, INCLUDE, "bees@example.org");
            Actor zoe = ownerOf(posthorn, "zoe@example.com", ants, cats);
            try (Acting.Bound bound = Acting.as(zoe)) {
                configure(posthorn, ants, INCLUDE, "bees@example.org", "cats@example.org");
                configure(posthorn, ants, INCLUDE, "cats@example.org");
                assertThatThrownBy(() -> configure(posthorn, ants, INCLUDE, "bees@example.org"))
                        .isInstanceOf(InvalidValueException.class);
            }
            assertThat(included(posthorn, ants)).containsExactly(new Sibling("cats@example.org", cats.getId()));
        }
    }

    @BothDatabases
    void aListThatIsRenamedShouldStayMeantAndALaterOneOfTheNameNot(TestDatabase database) {
        try (ListsOnDatabase posthorn = new ListsOnDatabase(database)) {
            MailingList ants = posthorn.aList("ants@example.org");
            MailingList bees = posthorn.aList("bees@example.org");
            configure(posthorn, ants, INCLUDE, "bees@example.org");
            posthorn.run(() -> posthorn.renaming.rename(bees.getId(), "wasps@example.org", false));
            configure(posthorn, ants, INCLUDE, "bees@example.org");
            assertThat(included(posthorn, ants)).containsExactly(new Sibling("bees@example.org", bees.getId()));

            posthorn.run(() -> posthorn.listOperations.delete(bees.getId()));
            MailingList others = posthorn.aList("bees@example.org");
            assertThat(included(posthorn, ants))
                    .extracting(Sibling::listId)
                    .as("nobody has allowed the new one")
                    .doesNotContain(others.getId());
        }
    }

    @BothDatabases
    void aChangeShouldBeInTheAuditLogByItsName(TestDatabase database) {
        try (ListsOnDatabase posthorn = new ListsOnDatabase(database)) {
            MailingList ants = posthorn.aList("ants@example.org");
            posthorn.aList("bees@example.org");
            configure(posthorn, ants, INCLUDE, "bees@example.org");
            assertThat(database.sql()
                            .list(
                                    "select field, new_value from audit_entry where field = ?",
                                    row -> row.getString(1) + "=" + row.getString(2),
                                    INCLUDE))
                    .singleElement()
                    .asString()
                    .contains("bees@example.org");
        }
    }

    @BothDatabases
    void moreThanTwentyShouldBeRefused(TestDatabase database) {
        try (ListsOnDatabase posthorn = new ListsOnDatabase(database)) {
            MailingList ants = posthorn.aList("ants@example.org");
            String[] many = IntStream.range(0, 21)
                    .mapToObj(i -> "l" + i + "@example.org")
                    .toArray(String[]::new);
            assertThatThrownBy(() -> configure(posthorn, ants, INCLUDE, many))
                    .isInstanceOf(InvalidValueException.class)
                    .hasMessageContaining("at most 20");
        }
    }
}
