package org.posthorn.list;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.posthorn.testing.BothDatabases;
import org.posthorn.testing.TestDatabase;

class SubscriptionsTest {

    @BothDatabases
    void anAddressShouldHaveEachRoleOnAListOnce(TestDatabase database) {
        try (ListsOnDatabase posthorn = new ListsOnDatabase(database)) {
            MailingList list = posthorn.aList("test@example.org");
            Member member = posthorn.aMember(list, "Ann@example.com", Role.MEMBER);
            posthorn.aMember(list, "ann@example.com", Role.OWNER);

            assertThatThrownBy(() -> posthorn.aMember(list, "ANN@example.com", Role.MEMBER))
                    .isInstanceOf(DuplicateException.class);
            assertThat(posthorn.members
                            .find(new MemberSearch(null, "ann@*", null, null, null, null, null), Paging.first(10))
                            .total())
                    .isEqualTo(2);
            assertThat(posthorn.members
                            .find(MemberSearch.roster("test.example.org", Role.MEMBER), Paging.first(10))
                            .entries())
                    .extracting(Member::getId)
                    .containsExactly(member.getId());

            posthorn.run(() -> posthorn.subscriptions.unsubscribe(member.getId()));
            assertThat(posthorn.roster.count(list.getId(), Role.MEMBER)).isZero();
            assertThatThrownBy(() -> posthorn.run(() -> posthorn.subscriptions.unsubscribe(member.getId())))
                    .isInstanceOf(UnknownException.class);
        }
    }

    @BothDatabases
    void whoMayNotJoinShouldBeRefused(TestDatabase database) {
        try (ListsOnDatabase posthorn = new ListsOnDatabase(database)) {
            MailingList list = posthorn.aList("test@example.org");
            posthorn.run(() -> posthorn.banOperations.ban(null, "^.*@EVIL\\.example$"));
            posthorn.run(() -> posthorn.banOperations.ban(null, "^.*@EVIL\\.example$"));

            assertThatThrownBy(() -> posthorn.aMember(list, "x@evil.example", Role.MEMBER))
                    .isInstanceOf(BannedException.class);
            assertThatThrownBy(() -> posthorn.aMember(list, "test@example.org", Role.MEMBER))
                    .isInstanceOf(InvalidValueException.class);
            assertThatThrownBy(() -> posthorn.aMember(list, "no address", Role.MEMBER))
                    .isInstanceOf(InvalidValueException.class);
            assertThatThrownBy(() -> posthorn.inTransaction(() -> posthorn.subscriptions.subscribe(NewSubscription.of(
                            list.getId(), "ann@example.com", "Zoe\r\nX-Injected: yes", Role.MEMBER))))
                    .isInstanceOf(InvalidValueException.class);
            assertThat(posthorn.addresses.byEmail("ann@example.com")).isEmpty();

            assertThat(posthorn.bans.of(null, Paging.first(10)).total()).isEqualTo(1);
            posthorn.run(() -> posthorn.banOperations.lift(null, "^.*@EVIL\\.example$"));
            posthorn.aMember(list, "x@evil.example", Role.MEMBER);
        }
    }
}
