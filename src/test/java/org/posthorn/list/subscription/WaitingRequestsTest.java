package org.posthorn.list.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.posthorn.list.ListsOnDatabase;
import org.posthorn.list.MailingList;
import org.posthorn.list.Paging;
import org.posthorn.testing.BothDatabases;
import org.posthorn.testing.TestDatabase;

class WaitingRequestsTest {

    private static MailingList aList(ListsOnDatabase posthorn, String address, String policy) {
        MailingList list = posthorn.aList(address);
        posthorn.run(
                () -> posthorn.listOperations.configure(list.getId(), null, Map.of("subscription_policy", policy)));
        return list;
    }

    private static void asks(ListsOnDatabase posthorn, MailingList list, String email) {
        posthorn.run(() -> posthorn.joining.join(
                list.getId(), new Wish(email, null, "", null, null, true, true, false, false, null)));
        posthorn.clock.forward(Duration.ofMinutes(1));
    }

    @BothDatabases
    void whatWaitsForModeratorsShouldBeShownTheLongestWaitingFirst(TestDatabase database) {
        try (ListsOnDatabase posthorn = new ListsOnDatabase(database)) {
            MailingList list = aList(posthorn, "test@example.org", "moderate");
            MailingList other = aList(posthorn, "other@example.org", "moderate");
            for (String name : new String[] {"zoe", "ann", "bob"}) {
                asks(posthorn, list, name + "@example.com");
            }
            asks(posthorn, other, "carla@example.com");
            WaitingRequests waiting = new WaitingRequests(posthorn.pendingRequests);

            assertThat(waiting.count(list.getId())).isEqualTo(3);
            assertThat(waiting.page(list.getId(), Paging.first(2)).entries())
                    .extracting(PendingRequest::email)
                    .containsExactly("zoe@example.com", "ann@example.com");
            assertThat(waiting.page(list.getId(), new Paging(2, 2)).entries())
                    .extracting(PendingRequest::email)
                    .containsExactly("bob@example.com");
        }
    }

    @BothDatabases
    void whatWaitsForTheSubscriberShouldNotBeTheModerators(TestDatabase database) {
        try (ListsOnDatabase posthorn = new ListsOnDatabase(database)) {
            MailingList list = aList(posthorn, "test@example.org", "confirm");
            posthorn.run(() -> posthorn.joining.join(
                    list.getId(), new Wish("ann@example.com", null, "", null, null, false, false, false, false, null)));
            assertThat(posthorn.pendingRequests.count(list.getId(), null, TokenOwner.SUBSCRIBER))
                    .isEqualTo(1);

            WaitingRequests waiting = new WaitingRequests(posthorn.pendingRequests);

            assertThat(waiting.count(list.getId())).isZero();
            assertThat(waiting.page(list.getId(), Paging.first(10)).entries()).isEmpty();
        }
    }
}
