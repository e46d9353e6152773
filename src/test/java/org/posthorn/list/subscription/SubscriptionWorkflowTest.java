package org.posthorn.list.subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.posthorn.list.BannedException;
import org.posthorn.list.DuplicateException;
import org.posthorn.list.ListsOnDatabase;
import org.posthorn.list.MailingList;
import org.posthorn.list.Member;
import org.posthorn.list.Paging;
import org.posthorn.list.Role;
import org.posthorn.list.SubscriptionMode;
import org.posthorn.list.SubscriptionPendingException;
import org.posthorn.list.UnknownException;
import org.posthorn.list.subscription.SubscriptionEvent.MemberJoined;
import org.posthorn.list.subscription.SubscriptionEvent.RequestRejected;
import org.posthorn.list.subscription.SubscriptionEvent.SubscriberAsked;
import org.posthorn.testing.BothDatabases;
import org.posthorn.testing.TestDatabase;

/** Who is asked before people join and leave, and what their words do. */
class SubscriptionWorkflowTest {

    private static final String ANN = "Ann@example.com";

    private static MailingList list(ListsOnDatabase posthorn, String joining, String leaving) {
        MailingList list = posthorn.aList("test@example.org");
        posthorn.run(() -> posthorn.listOperations.configure(
                list.getId(), null, Map.of("subscription_policy", joining, "unsubscription_policy", leaving)));
        return list;
    }

    private static Outcome join(ListsOnDatabase posthorn, MailingList list, Wish wish) {
        return posthorn.inTransaction(() -> posthorn.joining.join(list.getId(), wish));
    }

    private static Outcome leave(ListsOnDatabase posthorn, MailingList list, boolean confirmed, boolean approved) {
        return posthorn.inTransaction(() -> posthorn.leaving.leave(
                list.getId(),
                posthorn.members.of(list, Role.MEMBER, ANN).orElseThrow().getId(),
                confirmed,
                approved));
    }

    private static Wish wish(boolean verified, boolean confirmed, boolean approved) {
        return new Wish(ANN, null, "Ann", null, null, verified, confirmed, approved, false, null);
    }

    private static boolean isMember(ListsOnDatabase posthorn, MailingList list) {
        return posthorn.inTransaction(
                () -> posthorn.members.of(list, Role.MEMBER, ANN).isPresent());
    }

    private static String secret(ListsOnDatabase posthorn) {
        List<SubscriptionEvent> events = posthorn.subscriptionEvents;
        return ((SubscriberAsked) events.get(events.size() - 1)).secret();
    }

    @BothDatabases
    void anOpenListShouldTakeAVerifiedAddressAtOnceAndAskAnotherForProof(TestDatabase database) {
        try (ListsOnDatabase posthorn = new ListsOnDatabase(database)) {
            MailingList list = list(posthorn, "open", "open");

            assertThat(join(posthorn, list, wish(false, true, true))).isInstanceOf(Outcome.Waits.class);
            assertThat(isMember(posthorn, list)).isFalse();
            posthorn.run(() -> posthorn.confirmation.confirm(secret(posthorn)));
            assertThat(isMember(posthorn, list)).isTrue();
            assertThat(posthorn.addresses.byEmail(ANN).orElseThrow().verifiedAt())
                    .isPresent();

            assertThat(leave(posthorn, list, false, false)).isInstanceOf(Outcome.Done.class);
            assertThat(join(posthorn, list, wish(false, false, false))).isInstanceOf(Outcome.Done.class);
            assertThat(posthorn.subscriptionEvents)
                    .extracting(event -> event.getClass().getSimpleName())
                    .containsExactly("SubscriberAsked", "MemberJoined", "MemberLeft", "MemberJoined");
        }
    }

    @BothDatabases
    void confirmationShouldWorkOnceAndInAnyCase(TestDatabase database) {
        try (ListsOnDatabase posthorn = new ListsOnDatabase(database)) {
            MailingList list = list(posthorn, "confirm", "confirm");
            Outcome.Waits waits = (Outcome.Waits) join(posthorn, list, wish(true, false, false));
            assertThat(waits.owner()).isEqualTo(TokenOwner.SUBSCRIBER);
            String secret = secret(posthorn);
            assertThat(secret).isNotEqualTo(waits.token());

            // What REST shows confirms nothing.
            assertThatThrownBy(() -> posthorn.run(() -> posthorn.confirmation.confirm(waits.token())))
                    .isInstanceOf(UnknownException.class);
            posthorn.run(() -> assertThat(posthorn.confirmation.look(secret).orElseThrow())
                    .satisfies(matter -> {
                        assertThat(matter.type()).isEqualTo(RequestType.SUBSCRIPTION);
                        assertThat(matter.email()).isEqualTo(ANN);
                        assertThat(matter.fqdnListname()).isEqualTo("test@example.org");
                    }));
            assertThat(isMember(posthorn, list)).isFalse();

            posthorn.run(() -> posthorn.confirmation.confirm(secret.toUpperCase(java.util.Locale.ROOT)));

            assertThat(isMember(posthorn, list)).isTrue();
            assertThatThrownBy(() -> posthorn.run(() -> posthorn.confirmation.confirm(secret)))
                    .isInstanceOf(UnknownException.class);
            assertThat(posthorn.inTransaction(() -> posthorn.confirmation.look(secret)))
                    .isEmpty();
        }
    }

    @BothDatabases
    void theTableShouldHoldNothingThatConfirms(TestDatabase database) {
        try (ListsOnDatabase posthorn = new ListsOnDatabase(database)) {
            MailingList list = list(posthorn, "confirm", "confirm");
            join(posthorn, list, Wish.asked(ANN, "Ann"));

            String row = database.sql()
                    .first("select * from subscription_request", found -> {
                        StringBuilder all = new StringBuilder();
                        for (int i = 1; i <= found.getMetaData().getColumnCount(); i++) {
                            all.append(found.getString(i)).append('\n');
                        }
                        return all.toString();
                    })
                    .orElseThrow();

            assertThat(row).doesNotContain(secret(posthorn)).contains("ann@example.com");
            assertThat(posthorn.subscriptionEvents.get(0).toString()).doesNotContain(secret(posthorn));
        }
    }

    @BothDatabases
    void confirmThenModerateShouldAskBothInTurn(TestDatabase database) {
        try (ListsOnDatabase posthorn = new ListsOnDatabase(database)) {
            MailingList list = list(posthorn, "confirm_then_moderate", "confirm_then_moderate");
            Outcome.Waits first = (Outcome.Waits) join(posthorn, list, Wish.asked(ANN, "Ann"));
            Outcome.Waits second =
                    (Outcome.Waits) posthorn.inTransaction(() -> posthorn.confirmation.confirm(secret(posthorn)));
            assertThat(second.owner()).isEqualTo(TokenOwner.MODERATOR);
            assertThat(second.token()).isNotEqualTo(first.token());
            assertThat(isMember(posthorn, list)).isFalse();

            posthorn.run(() -> posthorn.requestDecisions.accept(list.getId(), second.token()));

            assertThat(isMember(posthorn, list)).isTrue();
            assertThatThrownBy(() -> posthorn.run(() -> posthorn.requestDecisions.accept(list.getId(), second.token())))
                    .isInstanceOf(UnknownException.class);

            Outcome.Waits leaving = (Outcome.Waits) leave(posthorn, list, true, false);
            assertThat(leaving.owner()).isEqualTo(TokenOwner.MODERATOR);
            posthorn.run(() -> posthorn.requestDecisions.accept(list.getId(), leaving.token()));
            assertThat(isMember(posthorn, list)).isFalse();
            assertThat(posthorn.subscriptionEvents)
                    .extracting(event -> event.getClass().getSimpleName())
                    .containsExactly(
                            "SubscriberAsked", "ModeratorsAsked", "MemberJoined", "ModeratorsAsked", "MemberLeft");
        }
    }

    @BothDatabases
    void whatIsKnownAlreadyShouldNotBeAsked(TestDatabase database) {
        try (ListsOnDatabase posthorn = new ListsOnDatabase(database)) {
            MailingList list = list(posthorn, "confirm_then_moderate", "moderate");

            assertThat(join(posthorn, list, wish(true, true, true))).isInstanceOf(Outcome.Done.class);
            assertThat(leave(posthorn, list, false, true)).isInstanceOf(Outcome.Done.class);
            Outcome.Waits waits = (Outcome.Waits) join(posthorn, list, wish(true, true, false));

            assertThat(waits.owner()).isEqualTo(TokenOwner.MODERATOR);
        }
    }

    @BothDatabases
    void anInvitedPersonShouldDecideAloneWhateverThePolicy(TestDatabase database) {
        try (ListsOnDatabase posthorn = new ListsOnDatabase(database)) {
            MailingList list = list(posthorn, "moderate", "open");
            Wish invited = new Wish(ANN, null, null, null, null, true, true, false, true, null);

            assertThat(join(posthorn, list, invited)).isInstanceOf(Outcome.Waits.class);
            assertThat(posthorn.subscriptionEvents)
                    .singleElement()
                    .satisfies(event ->
                            assertThat(((SubscriberAsked) event).invitation()).isTrue());
            posthorn.run(() -> posthorn.confirmation.confirm(secret(posthorn)));

            assertThat(isMember(posthorn, list)).isTrue();
        }
    }

    @BothDatabases
    void nobodyShouldBeAskedTwiceAtATime(TestDatabase database) {
        try (ListsOnDatabase posthorn = new ListsOnDatabase(database)) {
            MailingList list = list(posthorn, "confirm", "confirm");
            join(posthorn, list, Wish.asked(ANN, null));

            assertThatThrownBy(() -> join(posthorn, list, Wish.asked("ANN@example.com", null)))
                    .isInstanceOf(SubscriptionPendingException.class);
            posthorn.run(() -> posthorn.confirmation.confirm(secret(posthorn)));
            assertThatThrownBy(() -> join(posthorn, list, Wish.asked(ANN, null)))
                    .isInstanceOf(DuplicateException.class);
            leave(posthorn, list, false, false);
            assertThatThrownBy(() -> leave(posthorn, list, false, false))
                    .isInstanceOf(SubscriptionPendingException.class);
            assertThat(posthorn.subscriptionEvents.stream()
                            .filter(SubscriberAsked.class::isInstance)
                            .count())
                    .isEqualTo(2);
        }
    }

    @BothDatabases
    void bannedAddressesShouldNotEvenWait(TestDatabase database) {
        try (ListsOnDatabase posthorn = new ListsOnDatabase(database)) {
            MailingList list = list(posthorn, "confirm", "confirm");
            posthorn.run(() -> posthorn.banOperations.ban(list.getId(), ANN));

            assertThatThrownBy(() -> join(posthorn, list, Wish.asked(ANN, null)))
                    .isInstanceOf(BannedException.class);
            posthorn.run(() -> posthorn.banOperations.lift(list.getId(), ANN));
            join(posthorn, list, Wish.asked(ANN, null));
            posthorn.run(() -> posthorn.banOperations.ban(null, "^ann@"));

            assertThatThrownBy(() -> posthorn.run(() -> posthorn.confirmation.confirm(secret(posthorn))))
                    .isInstanceOf(BannedException.class);
            assertThat(isMember(posthorn, list)).isFalse();
        }
    }

    @BothDatabases
    void requestsShouldExpireAndLeaveNothingOfAStranger(TestDatabase database) {
        try (ListsOnDatabase posthorn = new ListsOnDatabase(database)) {
            MailingList list = list(posthorn, "confirm", "confirm");
            join(posthorn, list, Wish.asked(ANN, "Ann"));
            String secret = secret(posthorn);
            posthorn.clock.forward(Workflow.SUBSCRIBERS_TIME.plus(Duration.ofSeconds(1)));

            assertThatThrownBy(() -> posthorn.run(() -> posthorn.confirmation.confirm(secret)))
                    .isInstanceOf(UnknownException.class);
            assertThat(posthorn.pendingRequests.count(list.getId(), null, null)).isZero();
            assertThat(posthorn.inTransaction(() -> posthorn.expiredRequests.remove(10)))
                    .isEqualTo(1);
            assertThat(posthorn.inTransaction(() -> posthorn.expiredRequests.remove(10)))
                    .isZero();
            assertThat(posthorn.addresses.byEmail(ANN)).isEmpty();
            assertThat(posthorn.subscribers.people(Paging.first(10)).total()).isZero();
        }
    }

    @BothDatabases
    void anExpiredRequestShouldNotStandInTheWayOfANewOne(TestDatabase database) {
        try (ListsOnDatabase posthorn = new ListsOnDatabase(database)) {
            MailingList list = list(posthorn, "moderate", "confirm");
            join(posthorn, list, wish(true, false, false));
            posthorn.clock.forward(Workflow.MODERATORS_TIME.minus(Duration.ofSeconds(1)));
            assertThatThrownBy(() -> join(posthorn, list, wish(true, false, false)))
                    .isInstanceOf(SubscriptionPendingException.class);

            posthorn.clock.forward(Duration.ofSeconds(1));

            assertThat(join(posthorn, list, wish(true, false, false))).isInstanceOf(Outcome.Waits.class);
            assertThat(posthorn.pendingRequests.count(list.getId(), RequestType.SUBSCRIPTION, TokenOwner.MODERATOR))
                    .isEqualTo(1);
        }
    }

    @BothDatabases
    void moderatorsShouldRejectDiscardAndDefer(TestDatabase database) {
        try (ListsOnDatabase posthorn = new ListsOnDatabase(database)) {
            MailingList list = list(posthorn, "moderate", "confirm");
            String first = ((Outcome.Waits) join(posthorn, list, wish(true, true, false))).token();
            posthorn.run(() -> posthorn.requestDecisions.defer(list.getId(), first));
            assertThat(posthorn.pendingRequests.find(list.getId(), first)).isPresent();

            posthorn.run(() -> posthorn.requestDecisions.reject(list.getId(), first, "not here"));
            String second = ((Outcome.Waits) join(posthorn, list, wish(true, true, false))).token();
            posthorn.run(() -> posthorn.requestDecisions.discard(list.getId(), second));

            assertThat(posthorn.pendingRequests.count(list.getId(), null, null)).isZero();
            assertThat(isMember(posthorn, list)).isFalse();
            assertThat(posthorn.subscriptionEvents)
                    .filteredOn(RequestRejected.class::isInstance)
                    .singleElement()
                    .satisfies(event ->
                            assertThat(((RequestRejected) event).reason()).isEqualTo("not here"));
            assertThatThrownBy(() -> posthorn.run(() -> posthorn.requestDecisions.defer(list.getId(), second)))
                    .isInstanceOf(UnknownException.class);
        }
    }

    @BothDatabases
    void aModeratorsYesShouldProveNothingAboutTheAddress(TestDatabase database) {
        try (ListsOnDatabase posthorn = new ListsOnDatabase(database)) {
            MailingList list = list(posthorn, "confirm", "confirm");
            String token = ((Outcome.Waits) join(posthorn, list, Wish.asked(ANN, null))).token();

            posthorn.run(() -> posthorn.requestDecisions.accept(list.getId(), token));

            assertThat(isMember(posthorn, list)).isTrue();
            assertThat(posthorn.addresses.byEmail(ANN).orElseThrow().verifiedAt())
                    .isEmpty();
        }
    }

    @BothDatabases
    void aTokenShouldNameARequestOfItsOwnListOnly(TestDatabase database) {
        try (ListsOnDatabase posthorn = new ListsOnDatabase(database)) {
            MailingList list = list(posthorn, "confirm", "confirm");
            MailingList other = posthorn.aList("other@example.org");
            String token = ((Outcome.Waits) join(posthorn, list, Wish.asked(ANN, null))).token();

            assertThat(posthorn.pendingRequests.find(other.getId(), token)).isEmpty();
            assertThat(posthorn.pendingRequests.find(list.getId(), secret(posthorn)))
                    .isPresent();
            assertThat(posthorn.pendingRequests.find(list.getId(), "' or 1=1 --"))
                    .isEmpty();
        }
    }

    @BothDatabases
    void aUserShouldJoinByThePreferredAddressAndFollowIt(TestDatabase database) {
        try (ListsOnDatabase posthorn = new ListsOnDatabase(database)) {
            MailingList list = list(posthorn, "confirm", "confirm");
            long person = posthorn.inTransaction(
                    () -> posthorn.users.create(ANN, "Ann", null, false).getId());
            Wish asUser = new Wish(null, person, null, null, null, true, true, true, false, false);
            assertThatThrownBy(() -> join(posthorn, list, asUser))
                    .isInstanceOf(org.posthorn.list.InvalidValueException.class);
            posthorn.run(() -> posthorn.userAddresses.verify(ANN, true));
            posthorn.run(() -> posthorn.userAddresses.prefer(person, ANN));

            Outcome.Done done = (Outcome.Done) join(posthorn, list, asUser);

            Member member = posthorn.members.byId(done.memberId()).orElseThrow();
            assertThat(member.getSubscriptionMode()).isEqualTo(SubscriptionMode.AS_USER);
            assertThat(posthorn.subscriptionEvents)
                    .singleElement()
                    .satisfies(event ->
                            assertThat(((MemberJoined) event).welcome()).isFalse());
        }
    }

    @BothDatabases
    void aDeletedListShouldTakeItsRequestsAlong(TestDatabase database) {
        try (ListsOnDatabase posthorn = new ListsOnDatabase(database)) {
            MailingList list = list(posthorn, "confirm", "confirm");
            join(posthorn, list, Wish.asked(ANN, null));

            posthorn.run(() -> posthorn.listOperations.delete(list.getId()));

            assertThat(database.sql().first("select count(*) from subscription_request", row -> row.getLong(1)))
                    .contains(0L);
        }
    }
}
