package org.posthorn.digest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.posthorn.list.DeliveryMode;
import org.posthorn.list.Member;
import org.posthorn.list.NewSubscription;
import org.posthorn.list.Role;
import org.posthorn.pipeline.FlowOnDatabase;
import org.posthorn.queue.QueueEntry;
import org.posthorn.queue.QueueName;
import org.posthorn.testing.BothDatabases;
import org.posthorn.testing.TestDatabase;

/** What becomes of posts that wait, or of a digest on its way, when somebody's wish changes. */
class LastDigestsTest {

    @TempDir
    Path spool;

    private FlowOnDatabase flow(TestDatabase database) {
        FlowOnDatabase flow = new FlowOnDatabase(database, spool);
        flow.lists.aMember(flow.list, "poster@example.com", Role.MEMBER);
        return flow;
    }

    private static void wish(FlowOnDatabase flow, Member member, DeliveryMode mode) {
        flow.lists.run(() -> flow.lists.memberships.deliver(flow.list.getId(), member.getId(), mode));
    }

    @BothDatabases
    void regularDeliverySavedTwiceShouldLeaveTheLastDigestOwed(TestDatabase database) {
        try (FlowOnDatabase flow = flow(database)) {
            DigestsOnFlow digests = new DigestsOnFlow(flow, spool);
            Member reader = digests.aReader("reader@example.com", DeliveryMode.PLAINTEXT_DIGESTS);
            digests.post(DigestStageTest.mail("one", "First", "Hello\r\n"));
            wish(flow, reader, DeliveryMode.REGULAR);
            wish(flow, reader, DeliveryMode.REGULAR);
            flow.lists.run(() -> flow.lists.userAddresses.changePreferences(
                    "reader@example.com", Map.of("delivery_mode", "regular")));

            assertThat(digests.sendNow()).isEqualTo(1);
            assertThat(flow.recipients(digests.out())).containsExactly("reader@example.com");
        }
    }

    @BothDatabases
    void whoReadsDigestsAgainShouldGetOneInTheKindOfNow(TestDatabase database) throws Exception {
        try (FlowOnDatabase flow = flow(database)) {
            DigestsOnFlow digests = new DigestsOnFlow(flow, spool);
            Member reader = digests.aReader("reader@example.com", DeliveryMode.PLAINTEXT_DIGESTS);
            digests.post(DigestStageTest.mail("one", "First", "Hello\r\n"));
            wish(flow, reader, DeliveryMode.REGULAR);
            wish(flow, reader, DeliveryMode.MIME_DIGESTS);

            assertThat(digests.sendNow()).isEqualTo(1);
            List<QueueEntry> out = digests.out();
            assertThat(flow.recipients(out)).containsExactly("reader@example.com");
            assertThat(digests.message(out.get(0)).getContentType()).startsWith("multipart/mixed");
        }
    }

    @BothDatabases
    void whoGivesUpDigestsShouldGetAllThatWaitedHoweverManyDigestsItMakes(TestDatabase database) {
        try (FlowOnDatabase flow = flow(database)) {
            DigestsOnFlow digests = new DigestsOnFlow(flow, spool);
            Member reader = digests.aReader("reader@example.com", DeliveryMode.PLAINTEXT_DIGESTS);
            for (String id : List.of("one", "two", "three")) {
                digests.post(DigestStageTest.mail(id, id, "Hello\r\n"));
            }
            flow.sql.update("update collected_post set size_bytes = ?", OpenDigest.MOST_BYTES);
            wish(flow, reader, DeliveryMode.REGULAR);

            assertThat(digests.sendNow()).isEqualTo(3);
            assertThat(flow.recipients(digests.out()))
                    .containsExactly("reader@example.com", "reader@example.com", "reader@example.com");
        }
    }

    @BothDatabases
    void aDigestThatIsMadeShouldStayWhatItWasForWhoeverChanges(TestDatabase database) throws Exception {
        try (FlowOnDatabase flow = flow(database)) {
            DigestsOnFlow digests = new DigestsOnFlow(flow, spool);
            Member gone = digests.aReader("to-regular@example.com", DeliveryMode.PLAINTEXT_DIGESTS);
            Member other = digests.aReader("to-mime@example.com", DeliveryMode.PLAINTEXT_DIGESTS);
            Member twice = digests.aReader("twice@example.com", DeliveryMode.PLAINTEXT_DIGESTS);
            Member late = flow.lists.aMember(flow.list, "to-digests@example.com", Role.MEMBER);
            digests.post(DigestStageTest.mail("one", "First", "Hello\r\n"));
            digests.sendNow();

            wish(flow, gone, DeliveryMode.REGULAR);
            wish(flow, other, DeliveryMode.MIME_DIGESTS);
            wish(flow, twice, DeliveryMode.MIME_DIGESTS);
            wish(flow, twice, DeliveryMode.REGULAR);
            wish(flow, late, DeliveryMode.PLAINTEXT_DIGESTS);

            List<QueueEntry> out = digests.out();
            assertThat(flow.recipients(out))
                    .as("each once, but not who had the post by itself")
                    .containsExactlyInAnyOrder("to-regular@example.com", "to-mime@example.com", "twice@example.com");
            assertThat(digests.message(out.get(0)).getContentType()).startsWith("text/plain");
        }
    }

    @BothDatabases
    void whoChangesWhileADigestLooksForItsReadersShouldGetItEvenAfterTheCleanUp(TestDatabase database) {
        try (FlowOnDatabase flow = flow(database)) {
            DigestsOnFlow digests = new DigestsOnFlow(flow, spool);
            Member reader = digests.aReader("reader@example.com", DeliveryMode.PLAINTEXT_DIGESTS);
            digests.post(DigestStageTest.mail("one", "First", "Hello\r\n"));
            digests.sendNow();
            flow.runAll(digests.stage);
            flow.inTransaction(() -> digests.posts.removeWritten(100));
            wish(flow, reader, DeliveryMode.REGULAR);
            flow.inTransaction(() -> digests.posts.removeWritten(100));

            assertThat(flow.recipients(digests.out())).containsExactly("reader@example.com");
            flow.inTransaction(() -> digests.posts.removeWritten(100));
            assertThat(flow.sql.first("select count(*) from last_digest", row -> row.getInt(1)))
                    .as("nothing is kept of it")
                    .contains(0);
        }
    }

    @BothDatabases
    void whoChangesBeforeAPostIsCollectedShouldGetItInTheirLastDigest(TestDatabase database) {
        try (FlowOnDatabase flow = flow(database)) {
            DigestsOnFlow digests = new DigestsOnFlow(flow, spool);
            Member reader = digests.aReader("reader@example.com", DeliveryMode.PLAINTEXT_DIGESTS);
            flow.accepted(DigestStageTest.mail("one", "First", "Hello\r\n"));
            flow.runAll(flow.pipeline);
            flow.sql.update("delete from queue_entry where queue = 'OUT'");
            assertThat(flow.queued(QueueName.DIGEST)).hasSize(1);
            wish(flow, reader, DeliveryMode.REGULAR);
            flow.runAll(digests.stage);

            assertThat(digests.sendNow()).isEqualTo(1);
            assertThat(flow.recipients(digests.out())).containsExactly("reader@example.com");
        }
    }

    /** A member whose person wishes digests; by its address alone, the member's own wish is none. */
    private static Member aPersonsMember(FlowOnDatabase flow, String email) {
        Member member = flow.lists.aMember(flow.list, email, Role.MEMBER);
        flow.lists.run(
                () -> flow.lists.users.changePreferences(person(member), Map.of("delivery_mode", "mime_digests")));
        return member;
    }

    private static long person(Member member) {
        return member.subscriber().orElseThrow().getId();
    }

    @BothDatabases
    void aPersonsWishShouldCountForDigestsUnlessTheirDeliveryIsStopped(TestDatabase database) {
        try (FlowOnDatabase flow = flow(database)) {
            DigestsOnFlow digests = new DigestsOnFlow(flow, spool);
            aPersonsMember(flow, "by-address@example.com");
            Member changed = aPersonsMember(flow, "changes@example.com");
            long follows = person(aPersonsMember(flow, "follows@example.com"));
            Member stopped = aPersonsMember(flow, "stopped@example.com");
            flow.lists.run(() -> {
                flow.lists.users.changePreferences(person(stopped), Map.of("delivery_status", "by_user"));
                flow.lists.users.prefer(follows, "follows@example.com");
                flow.lists.members.remove(flow.lists
                        .members
                        .of(flow.list, Role.MEMBER, "follows@example.com")
                        .orElseThrow());
            });
            flow.lists.run(() -> flow.lists.subscriptions.subscribe(
                    flow.lists.subscribers.byId(follows).orElseThrow(),
                    NewSubscription.of(flow.list.getId(), null, null, Role.MEMBER)));
            digests.post(DigestStageTest.mail("one", "First", "Hello\r\n"));
            flow.lists.run(
                    () -> flow.lists.users.changePreferences(person(changed), Map.of("delivery_mode", "regular")));

            assertThat(digests.sendNow()).isEqualTo(1);
            assertThat(flow.recipients(digests.out()))
                    .containsExactlyInAnyOrder("by-address@example.com", "changes@example.com", "follows@example.com");
        }
    }

    @BothDatabases
    void whoLosesTheWishOfDigestsByAnotherWayShouldGetTheLastOne(TestDatabase database) {
        try (FlowOnDatabase flow = flow(database)) {
            DigestsOnFlow digests = new DigestsOnFlow(flow, spool);
            digests.aReader("imported@example.com", DeliveryMode.PLAINTEXT_DIGESTS);
            aPersonsMember(flow, "parts@example.com");
            Member moves = flow.lists.aMember(flow.list, "moves@example.com", Role.MEMBER);
            flow.lists.run(() -> flow.lists.userAddresses.changePreferences(
                    "moves@example.com", Map.of("delivery_mode", "summary_digests")));
            flow.lists.run(() -> {
                flow.lists.userAddresses.give(person(moves), "moved@example.com", null, false);
                flow.lists.userAddresses.verify("moved@example.com", true);
            });
            digests.post(DigestStageTest.mail("one", "First", "Hello\r\n"));

            flow.lists.memberImport.run(
                    flow.list.getId(),
                    new ByteArrayInputStream(
                            "email,delivery_mode\nimported@example.com,regular\n".getBytes(StandardCharsets.UTF_8)));
            flow.lists.run(() -> flow.lists.userAddresses.unlink("parts@example.com"));
            flow.lists.run(() -> flow.lists.memberships.move(flow.list.getId(), moves.getId(), "moved@example.com"));

            assertThat(digests.sendNow()).isEqualTo(1);
            assertThat(flow.recipients(digests.out()))
                    .containsExactlyInAnyOrder("imported@example.com", "parts@example.com", "moved@example.com");
        }
    }

    @BothDatabases
    void whoMergesWithSomebodyWithoutDigestsShouldGetTheLastOne(TestDatabase database) {
        try (FlowOnDatabase flow = flow(database)) {
            DigestsOnFlow digests = new DigestsOnFlow(flow, spool);
            aPersonsMember(flow, "absorbed@example.com");
            Member stays = flow.lists.aMember(flow.list, "stays@example.com", Role.MEMBER);
            flow.lists.run(() -> flow.lists.users.changePreferences(person(stays), Map.of("delivery_mode", "regular")));
            digests.post(DigestStageTest.mail("one", "First", "Hello\r\n"));

            flow.lists.run(() -> flow.lists.userAddresses.give(person(stays), "absorbed@example.com", null, true));

            assertThat(digests.sendNow()).isEqualTo(1);
            assertThat(flow.recipients(digests.out())).containsExactly("absorbed@example.com");
        }
    }
}
