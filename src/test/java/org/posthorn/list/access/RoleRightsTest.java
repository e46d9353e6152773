package org.posthorn.list.access;

import static org.assertj.core.api.Assertions.assertThat;

import org.posthorn.list.ListsOnDatabase;
import org.posthorn.list.MailingList;
import org.posthorn.list.NewSubscription;
import org.posthorn.list.Role;
import org.posthorn.list.Subscriber;
import org.posthorn.platform.Sql;
import org.posthorn.platform.actor.Actor;
import org.posthorn.platform.actor.Right;
import org.posthorn.platform.actor.Via;
import org.posthorn.testing.BothDatabases;
import org.posthorn.testing.TestDatabase;

class RoleRightsTest {

    @BothDatabases
    void rolesShouldGiveTheirRightsOnTheirListAlone(TestDatabase database) {
        try (ListsOnDatabase posthorn = new ListsOnDatabase(database)) {
            MailingList list = posthorn.aList("a@example.org");
            MailingList other = posthorn.aList("b@example.org");
            Actor owner = holder(posthorn, list, "owner@example.net", Role.OWNER);
            Actor moderator = holder(posthorn, list, "moderator@example.net", Role.MODERATOR);
            Actor member = holder(posthorn, list, "member@example.net", Role.MEMBER);
            RoleRights rights = new RoleRights(database.sql());

            assertThat(rights.has(owner, Right.CHANGE_LIST, list.getId())).isTrue();
            assertThat(rights.has(owner, Right.MODERATE, list.getId())).isTrue();
            assertThat(rights.has(owner, Right.DELETE_LIST, list.getId())).isFalse();
            assertThat(rights.has(owner, Right.CHANGE_LIST, other.getId())).isFalse();
            assertThat(rights.has(moderator, Right.MODERATE, list.getId())).isTrue();
            assertThat(rights.has(moderator, Right.CHANGE_MEMBERS, list.getId()))
                    .isFalse();
            assertThat(rights.has(member, Right.SEE_MEMBERS, list.getId())).isFalse();
            assertThat(rights.has(Actor.anonymous(Via.CONSOLE), Right.SEE_MEMBERS, list.getId()))
                    .isFalse();
        }
    }

    @BothDatabases
    void theOwnerOfADomainShouldHaveTheRightToDeleteItsLists(TestDatabase database) {
        try (ListsOnDatabase posthorn = new ListsOnDatabase(database)) {
            MailingList list = posthorn.aList("a@example.org");
            Actor someone = holder(posthorn, posthorn.aList("a@example.com"), "o@example.net", Role.MEMBER);
            Sql sql = database.sql();
            RoleRights rights = new RoleRights(sql);
            assertThat(rights.has(someone, Right.DELETE_LIST, list.getId())).isFalse();

            sql.update(
                    "insert into domain_owner (domain_id, subscriber_id) select domain_id, ? from mailing_list where id = ?",
                    someone.subscriber(),
                    list.getId());

            assertThat(rights.has(someone, Right.DELETE_LIST, list.getId())).isTrue();
            assertThat(rights.has(someone, Right.MODERATE, list.getId())).isTrue();
        }
    }

    private static Actor holder(ListsOnDatabase posthorn, MailingList list, String email, Role role) {
        return posthorn.inTransaction(() -> {
            Subscriber person = posthorn.subscriptions
                    .subscribe(NewSubscription.of(list.getId(), email, null, role))
                    .subscriber()
                    .orElseThrow();
            return Actor.person(Via.CONSOLE, email, person.getId(), false);
        });
    }
}
