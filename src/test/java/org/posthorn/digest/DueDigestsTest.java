package org.posthorn.digest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.posthorn.list.DeliveryMode;
import org.posthorn.list.MailingList;
import org.posthorn.list.Member;
import org.posthorn.list.Role;
import org.posthorn.list.members.MemberChanges;
import org.posthorn.pipeline.FlowOnDatabase;
import org.posthorn.platform.settings.TimeOfDay;
import org.posthorn.queue.QueueEntry;
import org.posthorn.queue.QueueName;
import org.posthorn.testing.BothDatabases;
import org.posthorn.testing.SettableClock;
import org.posthorn.testing.TestDatabase;

/** What goes out by time, with which numbers, and to whom for the last time. */
class DueDigestsTest {

    /** 10 h before the day's time, in winter. */
    private static final Instant MORNING = Instant.parse("2026-01-30T01:00:00Z");

    @TempDir
    Path spool;

    private final SettableClock clock = new SettableClock(MORNING);

    private FlowOnDatabase flow(TestDatabase database) {
        FlowOnDatabase flow = new FlowOnDatabase(database, spool);
        flow.lists.aMember(flow.list, "poster@example.com", Role.MEMBER);
        return flow;
    }

    private static DueDigests due(DigestsOnFlow digests, SettableClock clock) {
        return new DueDigests(
                digests.posts, digests.sending, new TimeOfDay(LocalTime.NOON, ZoneId.of("Europe/Berlin")), clock);
    }

    /** Outside of any transaction, as the timer is. */
    private void turn(DigestsOnFlow digests) {
        due(digests, clock).send();
    }

    @BothDatabases
    void whatWaitsShouldGoOutOnceADayAtItsTime(TestDatabase database) {
        try (FlowOnDatabase flow = flow(database)) {
            DigestsOnFlow digests = new DigestsOnFlow(flow, spool, clock);
            digests.aReader("plain@example.com", DeliveryMode.PLAINTEXT_DIGESTS);
            digests.post(DigestStageTest.mail("one", "First", "Hello\r\n"));
            turn(digests);
            assertThat(flow.queued(QueueName.DIGEST)).as("before its time").isEmpty();

            clock.forward(Duration.ofHours(10));
            turn(digests);
            turn(new DigestsOnFlow(flow, spool, clock));
            assertThat(flow.queued(QueueName.DIGEST)).as("at its time, once").hasSize(1);
            digests.out();

            clock.forward(Duration.ofHours(1));
            digests.post(DigestStageTest.mail("two", "Second", "Hello\r\n"));
            turn(digests);
            assertThat(flow.queued(QueueName.DIGEST)).as("tomorrow's").isEmpty();
            clock.forward(Duration.ofHours(30));
            turn(digests);
            assertThat(flow.queued(QueueName.DIGEST))
                    .as("made up for when the time was missed")
                    .hasSize(1);
        }
    }

    @BothDatabases
    void aListThatDoesNotSendByTimeShouldWait(TestDatabase database) {
        try (FlowOnDatabase flow = flow(database)) {
            DigestsOnFlow digests = new DigestsOnFlow(flow, spool, clock);
            digests.aReader("plain@example.com", DeliveryMode.PLAINTEXT_DIGESTS);
            digests.settings(list -> list.digests().setDigestSendPeriodic(false));
            digests.post(DigestStageTest.mail("one", "First", "Hello\r\n"));
            clock.forward(Duration.ofDays(2));
            turn(digests);
            assertThat(flow.queued(QueueName.DIGEST)).isEmpty();
            assertThat(digests.posts.waiting(flow.list.getId()).posts()).isEqualTo(1);
        }
    }

    @BothDatabases
    void theFirstDigestOfAPeriodShouldBeginAVolume(TestDatabase database) {
        try (FlowOnDatabase flow = flow(database)) {
            DigestsOnFlow digests = new DigestsOnFlow(flow, spool, clock);
            digests.aReader("plain@example.com", DeliveryMode.PLAINTEXT_DIGESTS);
            assertThat(sent(flow, digests)).isEqualTo("Test Digest, Vol 1, Issue 1");
            assertThat(sent(flow, digests)).isEqualTo("Test Digest, Vol 1, Issue 2");
            clock.forward(Duration.ofDays(3));
            assertThat(sent(flow, digests)).as("the next month").isEqualTo("Test Digest, Vol 2, Issue 1");
            clock.forward(Duration.ofDays(3));
            assertThat(sent(flow, digests)).isEqualTo("Test Digest, Vol 2, Issue 2");
        }
    }

    private static String sent(FlowOnDatabase flow, DigestsOnFlow digests) {
        digests.post(DigestStageTest.mail("one", "First", "Hello\r\n"));
        digests.sendNow();
        return flow.posting(flow.queued(QueueName.DIGEST).get(0).postingId()).subject();
    }

    @BothDatabases
    void whoGivesUpDigestsShouldGetOneLast(TestDatabase database) {
        try (FlowOnDatabase flow = flow(database)) {
            DigestsOnFlow digests = new DigestsOnFlow(flow, spool, clock);
            Member byList = digests.aReader("by-list@example.com", DeliveryMode.PLAINTEXT_DIGESTS);
            Member byPage = digests.aReader("by-page@example.com", DeliveryMode.MIME_DIGESTS);
            Member leaves = digests.aReader("leaves@example.com", DeliveryMode.PLAINTEXT_DIGESTS);
            flow.lists.aMember(flow.list, "by-address@example.com", Role.MEMBER);
            flow.lists.inTransaction(() -> {
                flow.lists.userAddresses.changePreferences(
                        "by-address@example.com", Map.of("delivery_mode", "summary_digests"));
                return null;
            });
            Member early = digests.aReader("early@example.com", DeliveryMode.PLAINTEXT_DIGESTS);
            long list = flow.list.getId();
            flow.lists.run(() -> flow.lists.memberships.deliver(list, early.getId(), DeliveryMode.REGULAR));
            digests.post(DigestStageTest.mail("one", "First", "Hello\r\n"));

            flow.lists.run(() -> {
                flow.lists.memberships.changePreferences(list, byList.getId(), Map.of("delivery_mode", "regular"));
                new MemberChanges(flow.lists.members, null, flow.lists.banOperations)
                        .setMode(list, byPage.getId(), DeliveryMode.REGULAR);
                flow.lists.userAddresses.changePreferences(
                        "by-address@example.com", Map.of("delivery_mode", "regular"));
                flow.lists.members.remove(
                        flow.lists.members.byId(leaves.getId()).orElseThrow());
            });
            assertThat(digests.sendNow()).isEqualTo(1);
            assertThat(flow.recipients(digests.out()))
                    .as("what waited; not who had given up before, nor who left the list")
                    .containsExactlyInAnyOrder("by-list@example.com", "by-page@example.com", "by-address@example.com");

            flow.sql.update("delete from queue_entry where queue = 'OUT'");
            digests.aReader("stays@example.com", DeliveryMode.PLAINTEXT_DIGESTS);
            digests.post(DigestStageTest.mail("two", "Second", "Hello\r\n"));
            digests.sendNow();
            assertThat(flow.recipients(digests.out())).as("no second one").isEqualTo(List.of("stays@example.com"));
        }
    }

    @BothDatabases
    void allThatWaitsShouldGoOutByTimeInTheOrderOfItsComing(TestDatabase database) {
        try (FlowOnDatabase flow = flow(database)) {
            DigestsOnFlow digests = new DigestsOnFlow(flow, spool, clock);
            digests.aReader("plain@example.com", DeliveryMode.PLAINTEXT_DIGESTS);
            for (String subject : List.of("First", "Second", "Third")) {
                digests.post(DigestStageTest.mail(subject, subject, "Hello\r\n"));
                clock.forward(Duration.ofMinutes(1));
            }
            // As two nodes number them, whose blocks of numbers are not in the order of time.
            flow.sql.update("update collected_post set id = -id");
            flow.sql.update("update collected_post set size_bytes = ?", OpenDigest.MOST_BYTES / 2);
            clock.forward(Duration.ofHours(12));
            turn(digests);

            List<QueueEntry> made = flow.queued(QueueName.DIGEST);
            assertThat(made).hasSize(2);
            assertThat(digests.posts.waiting(flow.list.getId()).posts()).isZero();
            assertThat(flow.sql.list(
                            "select subject from collected_post c join posting p on p.id = c.posting_id where digest_id = ? order by c.collected_at",
                            row -> row.getString(1),
                            Long.parseLong(made.get(0).attributes().get("digest"))))
                    .containsExactly("First", "Second");
        }
    }

    @BothDatabases
    void aListThatFailsShouldNotKeepTheOthersFromTheirDigest(TestDatabase database) {
        try (FlowOnDatabase flow = flow(database)) {
            DigestsOnFlow digests = new DigestsOnFlow(flow, spool, clock);
            digests.aReader("plain@example.com", DeliveryMode.PLAINTEXT_DIGESTS);
            digests.post(DigestStageTest.mail("one", "First", "Hello\r\n"));
            MailingList next = flow.lists.aList("next@lists.example.org");
            Member reader = flow.lists.aMember(next, "reader@example.com", Role.MEMBER);
            flow.lists.run(
                    () -> flow.lists.memberships.deliver(next.getId(), reader.getId(), DeliveryMode.PLAINTEXT_DIGESTS));
            flow.sql.update(
                    "insert into collected_post (id, list_id, posting_id, message_id, size_bytes, collected_at) select -id, ?, posting_id, message_id, size_bytes, collected_at from collected_post",
                    next.getId());
            flow.sql.update("delete from list_counter where list_id = ?", flow.list.getId());
            assertThat(flow.list.getId()).as("comes first").isLessThan(next.getId());
            clock.forward(Duration.ofDays(1));
            turn(digests);

            assertThat(flow.queued(QueueName.DIGEST))
                    .singleElement()
                    .satisfies(made -> assertThat(made.listId()).isEqualTo(next.getId()));
            assertThat(digests.posts.waiting(flow.list.getId()).posts())
                    .as("left to the next time")
                    .isEqualTo(1);
        }
    }
}
