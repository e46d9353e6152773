package org.posthorn.list;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.posthorn.testing.BothDatabases;
import org.posthorn.testing.TestDatabase;

class RolesTest {

    @BothDatabases
    void roleShouldBeGivenOnceAndTakenOnItsOwnListOnly(TestDatabase database) {
        try (ListsOnDatabase posthorn = new ListsOnDatabase(database)) {
            MailingList list = posthorn.aList("test@example.org");
            MailingList other = posthorn.aList("other@example.org");
            posthorn.aMember(list, "ann@example.com", Role.MEMBER);
            Roles roles = new Roles(posthorn.subscriptions, posthorn.members);

            posthorn.run(() -> roles.give(list.getId(), "Ann@example.com", Role.MODERATOR));

            assertThatThrownBy(() -> posthorn.run(() -> roles.give(list.getId(), "ann@example.com", Role.MODERATOR)))
                    .isInstanceOf(DuplicateException.class);
            assertThatThrownBy(() -> posthorn.run(() -> roles.give(list.getId(), "no address", Role.OWNER)))
                    .isInstanceOf(InvalidValueException.class);
            long moderator = posthorn.inTransaction(() -> posthorn.members
                    .of(list, Role.MODERATOR, "ann@example.com")
                    .orElseThrow()
                    .getId());
            assertThatThrownBy(() -> posthorn.run(() -> roles.take(other.getId(), moderator)))
                    .isInstanceOf(UnknownException.class);
            assertThat(posthorn.roster.count(list.getId(), Role.MODERATOR)).isEqualTo(1);

            posthorn.run(() -> roles.take(list.getId(), moderator));

            assertThat(posthorn.roster.count(list.getId(), Role.MODERATOR)).isZero();
            assertThat(posthorn.roster.count(list.getId(), Role.MEMBER)).isEqualTo(1);
            assertThatThrownBy(() -> posthorn.run(() -> roles.take(list.getId(), moderator)))
                    .isInstanceOf(UnknownException.class);
        }
    }

    @BothDatabases
    void whoIsNotKnownYetShouldBecomeKnownByARole(TestDatabase database) {
        try (ListsOnDatabase posthorn = new ListsOnDatabase(database)) {
            MailingList list = posthorn.aList("test@example.org");

            posthorn.run(() -> new Roles(posthorn.subscriptions, posthorn.members)
                    .give(list.getId(), "new@example.com", Role.OWNER));

            assertThat(posthorn.inTransaction(() -> posthorn.subscribers.byAddress("new@example.com")))
                    .isPresent();
            assertThat(posthorn.roster.count(list.getId(), Role.OWNER)).isEqualTo(1);
        }
    }
}
