package org.posthorn.list;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.posthorn.platform.actor.Acting;
import org.posthorn.platform.actor.Actor;
import org.posthorn.platform.actor.NotAllowedException;
import org.posthorn.platform.actor.Via;
import org.posthorn.testing.BothDatabases;
import org.posthorn.testing.TestDatabase;

class ListRenamingTest {

    private static void rename(ListsOnDatabase posthorn, MailingList list, String to, boolean keepListId) {
        posthorn.run(() -> posthorn.renaming.rename(list.getId(), to, keepListId));
    }

    private static MailingList fresh(ListsOnDatabase posthorn, MailingList list) {
        return posthorn.inTransaction(() -> {
            MailingList found = posthorn.lists.byId(list.getId()).orElseThrow();
            found.getFormerNames().size();
            return found;
        });
    }

    @BothDatabases
    void aRenamedListShouldBeFoundByItsNewAndItsFormerNames(TestDatabase database) {
        try (ListsOnDatabase posthorn = new ListsOnDatabase(database)) {
            MailingList list = posthorn.aList("old@example.org");
            posthorn.aMember(list, "ann@example.com", Role.MEMBER);
            posthorn.run(() -> posthorn.domainOperations.create("example.net", null, null));

            rename(posthorn, list, "new@example.net", true);

            for (String name : new String[] {
                "new.example.net", "new@example.net", "old.example.org", "old@example.org", "OLD@Example.org"
            }) {
                assertThat(posthorn.lists.byAnyName(name))
                        .as(name)
                        .hasValueSatisfying(found -> assertThat(found.getId()).isEqualTo(list.getId()));
            }
            MailingList renamed = fresh(posthorn, list);
            assertThat(renamed.getListId()).isEqualTo("new.example.net");
            assertThat(renamed.getFqdnListname()).isEqualTo("new@example.net");
            assertThat(renamed.address("bounces")).isEqualTo("new-bounces@example.net");
            assertThat(renamed.getDomain().getMailHost()).isEqualTo("example.net");
            assertThat(renamed.isPostingAddress("old@example.org")).isTrue();
            assertThat(posthorn.members.of(renamed, Role.MEMBER, "ann@example.com"))
                    .isPresent();
        }
    }

    @BothDatabases
    void theListIdFieldShouldKeepItsValueUnlessTheNewOneIsAskedFor(TestDatabase database) {
        try (ListsOnDatabase posthorn = new ListsOnDatabase(database)) {
            MailingList list = posthorn.aList("a@example.org");

            rename(posthorn, list, "b@example.org", true);
            rename(posthorn, list, "c@example.org", true);
            assertThat(fresh(posthorn, list).getHeaderListId()).isEqualTo("a.example.org");
            rename(posthorn, list, "d@example.org", false);
            assertThat(fresh(posthorn, list).getHeaderListId()).isEqualTo("d.example.org");
            assertThat(fresh(posthorn, list).getFormerNames())
                    .extracting(FormerName::getListId)
                    .containsExactlyInAnyOrder("a.example.org", "b.example.org", "c.example.org");
        }
    }

    @BothDatabases
    void aListShouldTakeAFormerNameOfItsOwnBack(TestDatabase database) {
        try (ListsOnDatabase posthorn = new ListsOnDatabase(database)) {
            MailingList list = posthorn.aList("a@example.org");
            rename(posthorn, list, "b@example.org", true);
            rename(posthorn, list, "a@example.org", true);

            MailingList again = fresh(posthorn, list);
            assertThat(again.getListId()).isEqualTo("a.example.org");
            assertThat(again.getFormerNames()).extracting(FormerName::getListId).containsExactly("b.example.org");
        }
    }

    @BothDatabases
    void namesThatOtherListsHaveOrHadShouldBeRefused(TestDatabase database) {
        try (ListsOnDatabase posthorn = new ListsOnDatabase(database)) {
            MailingList list = posthorn.aList("a@example.org");
            MailingList other = posthorn.aList("taken@example.org");
            rename(posthorn, other, "moved@example.org", true);

            for (String name : new String[] {"taken@example.org", "moved@example.org"}) {
                assertThatThrownBy(() -> rename(posthorn, list, name, true))
                        .as(name)
                        .isInstanceOf(DuplicateException.class);
            }
            assertThatThrownBy(() -> posthorn.aList("taken@example.org")).isInstanceOf(DuplicateException.class);
            assertThatThrownBy(() -> rename(posthorn, list, "a@example.org", true))
                    .isInstanceOf(InvalidValueException.class);
            assertThatThrownBy(() -> rename(posthorn, list, "a-owner@example.org", true))
                    .isInstanceOf(InvalidValueException.class);
            assertThatThrownBy(() -> rename(posthorn, list, "a@nosuch.example", true))
                    .isInstanceOf(UnknownException.class);
            assertThat(fresh(posthorn, list).getListId()).isEqualTo("a.example.org");
        }
    }

    @BothDatabases
    void aFormerNameThatIsGivenUpShouldBeFreeForAnotherList(TestDatabase database) {
        try (ListsOnDatabase posthorn = new ListsOnDatabase(database)) {
            MailingList list = posthorn.aList("a@example.org");
            rename(posthorn, list, "b@example.org", true);

            posthorn.run(() -> posthorn.renaming.giveUp(list.getId(), "a.example.org"));

            assertThat(fresh(posthorn, list).getHeaderListId()).isEqualTo("b.example.org");
            assertThat(posthorn.lists.byListId("a.example.org")).isEmpty();
            assertThat(posthorn.aList("a@example.org").getId()).isNotEqualTo(list.getId());
            assertThatThrownBy(() -> posthorn.run(() -> posthorn.renaming.giveUp(list.getId(), "a.example.org")))
                    .isInstanceOf(UnknownException.class);
        }
    }

    @BothDatabases
    void aRenamingShouldBeInTheAuditLogAndADeletedListsNamesShouldGoWithIt(TestDatabase database) {
        try (ListsOnDatabase posthorn = new ListsOnDatabase(database)) {
            MailingList list = posthorn.aList("a@example.org");
            rename(posthorn, list, "b@example.org", true);

            assertThat(database.audited()).anySatisfy(entry -> {
                assertThat(entry.action()).isEqualTo("rename");
                assertThat(entry.details().orElseThrow())
                        .isEqualTo("from=a@example.org to=b@example.org list-id-header=a.example.org");
            });
            posthorn.run(() -> posthorn.listOperations.delete(list.getId()));
            assertThat(posthorn.lists.byListId("a.example.org")).isEmpty();
            posthorn.aList("a@example.org");
        }
    }

    @BothDatabases
    void anOwnerOfOneDomainShouldNotMoveAListIntoAnother(TestDatabase database) {
        try (ListsOnDatabase posthorn = new ListsOnDatabase(database)) {
            MailingList list = posthorn.aList("a@example.org");
            posthorn.run(() -> posthorn.domainOperations.create("example.net", null, null));

            try (Acting.Bound bound = Acting.as(Actor.person(Via.REST, "ann", 7, false))) {
                assertThatThrownBy(() -> rename(posthorn, list, "a@example.net", true))
                        .isInstanceOf(NotAllowedException.class);
                rename(posthorn, list, "b@example.org", true);
            }
            assertThat(fresh(posthorn, list).getListId()).isEqualTo("b.example.org");
        }
    }
}
