package org.posthorn.list.access;

import static org.assertj.core.api.Assertions.assertThat;

import org.posthorn.list.ListsOnDatabase;
import org.posthorn.list.MailingList;
import org.posthorn.list.NewSubscription;
import org.posthorn.list.Role;
import org.posthorn.testing.BothDatabases;
import org.posthorn.testing.TestDatabase;

class ManagedListsTest {

    @BothDatabases
    void listsWhereSomethingWaitsShouldComeFirst(TestDatabase database) {
        try (ListsOnDatabase posthorn = new ListsOnDatabase(database)) {
            long owner = 0;
            for (String name : new String[] {"a@example.org", "b@example.org", "z@example.org"}) {
                MailingList list = posthorn.aList(name);
                owner = posthorn.inTransaction(() -> posthorn.subscriptions
                        .subscribe(NewSubscription.of(list.getId(), "owner@example.net", null, Role.OWNER))
                        .subscriber()
                        .orElseThrow()
                        .getId());
            }
            database.sql().update("""
                    insert into subscription_request
                        (id, token, list_id, request_type, token_owner, email, original_email, verified, confirmed, approved, invitation, made_address,
                         requested_at, expires_at)
                    select 1, 't', id, 'SUBSCRIPTION', 'MODERATOR', 'x@example.net', 'x@example.net', ?, ?, ?, ?, ?, ?, ?
                    from mailing_list where list_id = 'z.example.org'""", true, true, false, false, true, ListsOnDatabase.NOW, ListsOnDatabase.NOW);
            ManagedLists managed = new ManagedLists(database.sql());

            assertThat(managed.of(owner, 2))
                    .extracting(ManagedLists.Managed::getListId)
                    .containsExactly("z.example.org", "a.example.org");
            assertThat(managed.of(owner, 2).get(0).getWaiting()).isEqualTo(1);
        }
    }
}
