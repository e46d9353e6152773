package org.posthorn.list;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.posthorn.platform.actor.Acting;
import org.posthorn.platform.actor.Actor;
import org.posthorn.platform.actor.Rights;
import org.posthorn.testing.BothDatabases;
import org.posthorn.testing.TestDatabase;

class FoundingTest {

    @BothDatabases
    void listShouldBeMadeWithItsOwnerOrNotAtAll(TestDatabase database) {
        try (ListsOnDatabase posthorn = new ListsOnDatabase(database);
                Acting.Bound site = Acting.as(Actor.SYSTEM)) {
            posthorn.aList("first@example.org");
            Appointments appointments = new Appointments(
                    posthorn.subscriptions, posthorn.members, posthorn.subscribers, new Rights((a, r, l) -> true));
            Founding founding = new Founding(posthorn.listOperations, appointments);

            assertThatThrownBy(() -> posthorn.inTransaction(
                            () -> founding.found("new@example.org", "legacy-default", "new@example.org")))
                    .hasRootCauseInstanceOf(InvalidValueException.class);
            assertThat(posthorn.lists.byListId("new.example.org")).isEmpty();

            posthorn.inTransaction(() -> founding.found("new@example.org", "legacy-default", "ann@example.net"));

            MailingList list = posthorn.lists.byListId("new.example.org").orElseThrow();
            assertThat(posthorn.members.of(list, Role.OWNER, "ann@example.net")).isPresent();
        }
    }
}
