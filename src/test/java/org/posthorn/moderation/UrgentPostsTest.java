package org.posthorn.moderation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.posthorn.pipeline.FlowOnDatabase.mail;

import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.io.TempDir;
import org.posthorn.list.DeliveryMode;
import org.posthorn.list.Member;
import org.posthorn.list.Role;
import org.posthorn.pipeline.FlowOnDatabase;
import org.posthorn.queue.QueueEntry;
import org.posthorn.queue.QueueName;
import org.posthorn.testing.BothDatabases;
import org.posthorn.testing.TestDatabase;

/** From the header field Urgent to those who get the post. */
class UrgentPostsTest {

    private static final String SECRET = "s3same-open";

    @TempDir
    Path spool;

    /** Ann reads each post, Dora digests. */
    private FlowOnDatabase aListWithAPassword(TestDatabase database) {
        FlowOnDatabase flow = new FlowOnDatabase(database, spool);
        flow.lists.aMember(flow.list, "ann@example.com", Role.MEMBER);
        Member dora = flow.lists.aMember(flow.list, "dora@example.com", Role.MEMBER);
        flow.lists.run(() -> flow.lists
                .members
                .byId(dora.getId())
                .orElseThrow()
                .preferences()
                .setDeliveryMode(DeliveryMode.PLAINTEXT_DIGESTS));
        flow.sql.update(
                "update mailing_list set moderator_password = ? where id = ?",
                flow.lists.passwords.of(SECRET),
                flow.list.getId());
        return flow;
    }

    private static long posted(FlowOnDatabase flow, String from, String... fields) {
        long posting = flow.arrives(mail(from, fields), from, "post");
        flow.runAll(flow.moderation);
        flow.runAll(flow.pipeline);
        return posting;
    }

    private static String copy(FlowOnDatabase flow) {
        return flow.octets(flow.queued(QueueName.OUT).get(0).messageId());
    }

    private static String everythingToldOf(FlowOnDatabase flow, long posting) {
        return flow
                .sql
                .list("select detail from trace_event where posting_id = ?", row -> row.getString(1), posting)
                .stream()
                .collect(Collectors.joining(" "));
    }

    @BothDatabases
    void aPostWithThePasswordShouldGoAtOnceToThoseWithDigestsTooAndNotTellIt(TestDatabase database) {
        try (FlowOnDatabase flow = aListWithAPassword(database)) {
            long posting = posted(flow, "ann@example.com", "URGENT:  " + SECRET);
            assertThat(flow.recipients(flow.queued(QueueName.OUT)))
                    .containsExactlyInAnyOrder("ann@example.com", "dora@example.com");
            assertThat(copy(flow))
                    .contains("Dear list")
                    .doesNotContain(SECRET)
                    .doesNotContainIgnoringCase("\r\nurgent:");
            assertThat(everythingToldOf(flow, posting)).doesNotContain(SECRET);
        }
    }

    @BothDatabases
    void aPostThatIsNotUrgentShouldLeaveThoseWithDigestsAlone(TestDatabase database) {
        try (FlowOnDatabase flow = aListWithAPassword(database)) {
            posted(flow, "ann@example.com");
            assertThat(flow.recipients(flow.queued(QueueName.OUT))).containsExactly("ann@example.com");
        }
    }

    @BothDatabases
    void aPostWithAnotherPasswordShouldBeRejectedWithTheReasonAndWithoutWhatWasTried(TestDatabase database) {
        try (FlowOnDatabase flow = aListWithAPassword(database)) {
            long posting = posted(flow, "ann@example.com", "Urgent: s3same-opem");
            assertThat(flow.events(posting)).containsExactly("rejected");
            assertThat(everythingToldOf(flow, posting)).contains("hit: urgent").doesNotContain("s3same");
            QueueEntry notice = flow.queued(QueueName.VIRGIN).get(0);
            assertThat(notice.attributes().get("recipient")).isEqualTo("ann@example.com");
            assertThat(flow.octets(notice.messageId()).replaceAll("\\s+", " "))
                    .contains("Your urgent message to the list was not authorized for delivery")
                    .doesNotContain("s3same");
        }
    }

    @BothDatabases
    void whomTheListDiscardsShouldHearNothing(TestDatabase database) {
        try (FlowOnDatabase flow = aListWithAPassword(database)) {
            flow.lists.run(() -> flow.lists.listOperations.configure(
                    flow.list.getId(), null, Map.of("default_nonmember_action", "discard")));
            assertThat(flow.events(posted(flow, "stranger@example.org", "Urgent: yes")))
                    .containsExactly("discarded");
            assertThat(flow.queued(QueueName.VIRGIN)).isEmpty();
        }
    }

    @BothDatabases
    void aListWithoutAPasswordShouldHaveNoUrgentPosts(TestDatabase database) {
        try (FlowOnDatabase flow = aListWithAPassword(database)) {
            flow.lists.run(() ->
                    flow.lists.listOperations.configure(flow.list.getId(), null, Map.of("moderator_password", "")));
            for (String value : new String[] {"", " ", SECRET}) {
                assertThat(flow.events(posted(flow, "ann@example.com", "Urgent: " + value)))
                        .containsExactly("rejected");
            }
        }
    }

    @BothDatabases
    void aPostThatIsApprovedByThePasswordShouldBeUrgentWhateverTheFieldHolds(TestDatabase database) {
        try (FlowOnDatabase flow = aListWithAPassword(database)) {
            posted(flow, "stranger@example.org", "Approved: " + SECRET, "Urgent: yes");
            assertThat(flow.recipients(flow.queued(QueueName.OUT)))
                    .containsExactlyInAnyOrder("ann@example.com", "dora@example.com");
        }
    }

    @BothDatabases
    void aStrangersPostWithThePasswordShouldBeUrgentAlsoAfterAModeratorHasAcceptedIt(TestDatabase database) {
        try (FlowOnDatabase flow = aListWithAPassword(database)) {
            String from = "stranger@example.org";
            long posting = flow.arrives(mail(from, "Urgent: " + SECRET), from, "post");
            flow.runAll(flow.moderation);
            assertThat(flow.events(posting)).as("urgent is not approved").containsExactly("held");
            assertThat(flow.queued(QueueName.PIPELINE))
                    .as("what the moderators get")
                    .isNotEmpty()
                    .allSatisfy(entry -> assertThat(flow.octets(entry.messageId()))
                            .contains("Dear list")
                            .doesNotContain(SECRET));
            flow.sql.update("delete from queue_entry");
            HeldMessage held = flow.heldMessages.page(flow.list.getId(), 0, 1).get(0);
            flow.inTransaction(() -> flow.heldMessages.accept(flow.list.getId(), held.requestId(), "the owner"));
            flow.runAll(flow.pipeline);
            assertThat(flow.recipients(flow.queued(QueueName.OUT)))
                    .containsExactlyInAnyOrder("ann@example.com", "dora@example.com");
        }
    }

    @BothDatabases
    void aPostThatWaitedShouldGoTheUsualWayWhenThePasswordIsNoLongerRight(TestDatabase database) {
        try (FlowOnDatabase flow = aListWithAPassword(database)) {
            posted(flow, "stranger@example.org", "Urgent: " + SECRET);
            flow.sql.update("delete from queue_entry");
            flow.sql.update(
                    "update mailing_list set moderator_password = ? where id = ?",
                    flow.lists.passwords.of("another-one"),
                    flow.list.getId());
            HeldMessage held = flow.heldMessages.page(flow.list.getId(), 0, 1).get(0);
            flow.inTransaction(() -> flow.heldMessages.accept(flow.list.getId(), held.requestId(), "the owner"));
            flow.runAll(flow.pipeline);
            assertThat(flow.recipients(flow.queued(QueueName.OUT))).containsExactly("ann@example.com");
        }
    }
}
