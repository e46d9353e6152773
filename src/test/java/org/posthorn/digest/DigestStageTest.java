package org.posthorn.digest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.io.TempDir;
import org.posthorn.list.DeliveryMode;
import org.posthorn.list.Role;
import org.posthorn.pipeline.FlowOnDatabase;
import org.posthorn.platform.BeforeCommit;
import org.posthorn.platform.settings.SettingSource;
import org.posthorn.platform.settings.Settings;
import org.posthorn.queue.QueueEntry;
import org.posthorn.queue.QueueName;
import org.posthorn.queue.Retention;
import org.posthorn.testing.BothDatabases;
import org.posthorn.testing.TestDatabase;

class DigestStageTest {

    @TempDir
    Path spool;

    static String mail(String id, String subject, String text) {
        return "From: Ann Poster <poster@example.com>\r\nTo: " + FlowOnDatabase.LIST + "\r\nSubject: " + subject
                + "\r\nDate: Fri, 2 Jan 2026 10:00:00 +0000\r\nMessage-ID: <" + id + "@example.com>\r\n\r\n" + text;
    }

    private FlowOnDatabase flow(TestDatabase database) {
        FlowOnDatabase flow = new FlowOnDatabase(database, spool);
        flow.lists.aMember(flow.list, "poster@example.com", Role.MEMBER);
        return flow;
    }

    @BothDatabases
    void aDigestShouldReachEachReaderInTheKindOfTheirChoice(TestDatabase database) throws Exception {
        try (FlowOnDatabase flow = flow(database)) {
            DigestsOnFlow digests = new DigestsOnFlow(flow, spool);
            digests.aReader("plain@example.com", DeliveryMode.PLAINTEXT_DIGESTS);
            digests.aReader("mime@example.com", DeliveryMode.MIME_DIGESTS);
            digests.aReader("mime2@example.com", DeliveryMode.MIME_DIGESTS);
            digests.aReader("summary@example.com", DeliveryMode.SUMMARY_DIGESTS);
            long first = digests.post(mail("one", "First", "Hello\r\n"));
            digests.post(mail("two", "=?utf-8?q?Gr=C3=BC=C3=9Fe?=", "Second text\r\n"));
            assertThat(flow.queued(QueueName.DIGEST)).as("not due yet").isEmpty();
            assertThat(flow.events(first)).contains("collected");

            assertThat(digests.sendNow()).isEqualTo(1);
            List<QueueEntry> out = digests.out();

            assertThat(out).hasSize(3);
            assertThat(flow.recipients(out))
                    .containsExactlyInAnyOrder(
                            "plain@example.com", "mime@example.com", "mime2@example.com", "summary@example.com");
            for (QueueEntry entry : out) {
                MimeMessage message = digests.message(entry);
                assertThat(message.getSubject()).isEqualTo("Test Digest, Vol 1, Issue 1");
                assertThat(message.getHeader("List-Id", null)).contains("test.lists.example.org");
                assertThat(message.getHeader("X-BeenThere", null)).isEqualTo(FlowOnDatabase.LIST);
                assertThat(entry.attributes()).containsEntry("kind", "digest");
                List<String> recipients = flow.recipients(List.of(entry));
                if (recipients.contains("mime@example.com")) {
                    assertThat(message.getContent()).isInstanceOf(MimeMultipart.class);
                } else {
                    assertThat((String) message.getContent()).contains("Today's Topics (2 messages):", "Grüße");
                    assertThat(((String) message.getContent()).contains("Second text"))
                            .isEqualTo(recipients.contains("plain@example.com"));
                }
            }
            assertThat(flow.lists.counters.of(flow.list.getId()).nextDigestNumber())
                    .isEqualTo(2);
            assertThat(flow.lists.counters.of(flow.list.getId()).digestLastSentAt())
                    .isEqualTo(FlowOnDatabase.NOW);
            assertThat(flow.lists.counters.of(flow.list.getId()).postId())
                    .as("a digest is no post")
                    .isEqualTo(3);
            assertThat(flow.events(first)).contains("digested");
            assertThat(flow.events(out.get(0).postingId())).containsExactly("opened", "written", "fanned-out");
            assertThat(digests.sendNow()).as("nothing waits any more").isZero();
        }
    }

    @BothDatabases
    void aDigestShouldBeDueAtOnceWhenItsPostsReachTheSize(TestDatabase database) {
        try (FlowOnDatabase flow = flow(database)) {
            DigestsOnFlow digests = new DigestsOnFlow(flow, spool);
            digests.aReader("plain@example.com", DeliveryMode.PLAINTEXT_DIGESTS);
            digests.settings(list -> list.digests().setDigestSizeThreshold(4));
            digests.post(mail("one", "First", "Hello\r\n"));
            assertThat(flow.queued(QueueName.OUT)).isEmpty();
            assertThat(digests.posts.waiting(flow.list.getId()).posts()).isEqualTo(1);

            digests.post(mail("two", "Second", "A long line of some length.\r\n".repeat(200)));

            assertThat(flow.recipients(digests.out())).containsExactly("plain@example.com");
            assertThat(digests.posts.waiting(flow.list.getId()).posts()).isZero();
        }
    }

    @BothDatabases
    void listsOfOneGroupShouldBeLockedAtItsEndAndInOneOrder(TestDatabase database) {
        try (FlowOnDatabase flow = flow(database)) {
            AtEnd atEnd = new AtEnd();
            DigestsOnFlow digests = new DigestsOnFlow(flow, spool, Clock.systemUTC(), atEnd);
            digests.aReader("plain@example.com", DeliveryMode.PLAINTEXT_DIGESTS);
            digests.settings(list -> list.digests().setDigestSizeThreshold(0.1));
            flow.accepted(mail("one", "First", "Hello\r\n"));
            flow.runAll(flow.pipeline);
            QueueEntry entry = flow.queued(QueueName.DIGEST).get(0);

            flow.inTransaction(() -> {
                digests.stage.process(entry);
                assertThat(digests.posts.waiting(flow.list.getId()).posts())
                        .as("no digest before the group's end")
                        .isEqualTo(1);
                assertThat(atEnd.actions).containsOnlyKeys(flow.list.getId());
                atEnd.actions.values().forEach(Runnable::run);
                return null;
            });
            assertThat(digests.posts.waiting(flow.list.getId()).posts()).isZero();
        }
    }

    /** What waits for the commit, by the row that it locks. */
    private static final class AtEnd extends BeforeCommit {
        private final SortedMap<Long, Runnable> actions = new TreeMap<>();

        @Override
        public void run(long row, Runnable action) {
            actions.put(row, action);
        }
    }

    @BothDatabases
    void nothingShouldBeCollectedWithoutReadersOrDigests(TestDatabase database) {
        try (FlowOnDatabase flow = flow(database)) {
            DigestsOnFlow digests = new DigestsOnFlow(flow, spool);
            digests.post(mail("one", "First", "Hello\r\n"));
            assertThat(digests.posts.waiting(flow.list.getId()).posts()).isZero();

            digests.aReader("plain@example.com", DeliveryMode.PLAINTEXT_DIGESTS);
            digests.settings(list -> list.digests().setDigestsEnabled(false));
            digests.post(mail("two", "Second", "Hello\r\n"));
            assertThat(digests.posts.waiting(flow.list.getId()).posts()).isZero();

            digests.settings(list -> list.digests().setDigestsEnabled(true));
            digests.post(mail("three", "Third", "Hello\r\n"));
            assertThat(digests.posts.waiting(flow.list.getId()).posts()).isEqualTo(1);
        }
    }

    @BothDatabases
    void whoWishesDigestsShouldGetEachPostOfAListThatMakesNone(TestDatabase database) {
        try (FlowOnDatabase flow = flow(database)) {
            DigestsOnFlow digests = new DigestsOnFlow(flow, spool);
            digests.aReader("reader@example.com", DeliveryMode.PLAINTEXT_DIGESTS);
            flow.accepted(mail("one", "First", "Hello\r\n"));
            flow.runAll(flow.pipeline);
            assertThat(flow.recipients(flow.queued(QueueName.OUT))).doesNotContain("reader@example.com");

            digests.settings(list -> list.digests().setDigestsEnabled(false));
            flow.accepted(mail("two", "Second", "Hello\r\n"));
            flow.runAll(flow.pipeline);
            assertThat(flow.recipients(flow.queued(QueueName.OUT))).containsOnlyOnce("reader@example.com");

            digests.settings(list -> {
                list.digests().setDigestsEnabled(true);
                list.posting().setPostingPipeline("virgin");
            });
            flow.sql.update("delete from queue_entry where queue = 'OUT'");
            flow.accepted(mail("three", "Third", "Hello\r\n"));
            flow.runAll(flow.pipeline);
            assertThat(flow.recipients(flow.queued(QueueName.OUT)))
                    .as("its pipeline collects nothing")
                    .containsOnlyOnce("reader@example.com");
        }
    }

    @BothDatabases
    void aPostWithoutAFooterShouldBeStoredOnceForAll(TestDatabase database) {
        try (FlowOnDatabase flow = flow(database)) {
            DigestsOnFlow digests = new DigestsOnFlow(flow, spool);
            digests.aReader("plain@example.com", DeliveryMode.PLAINTEXT_DIGESTS);
            flow.accepted(mail("one", "With a footer", "Hello\r\n"));
            flow.runAll(flow.pipeline);
            assertThat(flow.queued(QueueName.DIGEST).get(0).messageId())
                    .isNotEqualTo(flow.queued(QueueName.OUT).get(0).messageId());
            assertThat(flow.octets(flow.queued(QueueName.DIGEST).get(0).messageId()))
                    .endsWith("\r\n\r\nHello\r\n");
            flow.sql.update("delete from queue_entry");

            String signed = mail("two", "Signed", "--b\r\n\r\nHello\r\n--b\r\n\r\nseal\r\n--b--\r\n")
                    .replace(
                            "\r\n\r\n--b\r\n\r\nHello",
                            "\r\nContent-Type: multipart/signed; boundary=b\r\n\r\n--b\r\n\r\nHello");
            flow.accepted(signed);
            flow.runAll(flow.pipeline);
            assertThat(flow.queued(QueueName.DIGEST).get(0).messageId())
                    .isEqualTo(flow.queued(QueueName.OUT).get(0).messageId());
        }
    }

    @BothDatabases
    void twoWhoSendAtTheSameTimeShouldMakeOneDigest(TestDatabase database) throws Exception {
        try (FlowOnDatabase flow = flow(database);
                FlowOnDatabase other = new FlowOnDatabase(database, spool)) {
            DigestsOnFlow digests = new DigestsOnFlow(flow, spool);
            DigestsOnFlow others = new DigestsOnFlow(other, spool);
            digests.aReader("plain@example.com", DeliveryMode.PLAINTEXT_DIGESTS);
            for (int round = 1; round <= 5; round++) {
                digests.post(mail("one" + round, "First", "Hello\r\n"));
                CountDownLatch together = new CountDownLatch(2);
                ExecutorService two = Executors.newFixedThreadPool(2);
                try {
                    List<Future<Integer>> sent = two.invokeAll(List.of(
                            () -> {
                                together.countDown();
                                together.await();
                                return digests.sendNow();
                            },
                            () -> {
                                together.countDown();
                                together.await();
                                return others.sendNow();
                            }));
                    assertThat(sent.get(0).get() + sent.get(1).get()).isEqualTo(1);
                } finally {
                    two.shutdown();
                }
                assertThat(flow.queued(QueueName.DIGEST)).hasSize(1);
                assertThat(flow.lists.counters.of(flow.list.getId()).nextDigestNumber())
                        .isEqualTo(round + 1);
            }
        }
    }

    @BothDatabases
    void aCrashWhileADigestIsWrittenShouldLeaveNothingOfItAndTheNextTurnWritesItOnce(TestDatabase database) {
        try (FlowOnDatabase flow = flow(database)) {
            DigestsOnFlow digests = new DigestsOnFlow(flow, spool);
            digests.aReader("plain@example.com", DeliveryMode.PLAINTEXT_DIGESTS);
            digests.post(mail("one", "First", "Hello\r\n"));
            digests.sendNow();
            QueueEntry entry = flow.queued(QueueName.DIGEST).get(0);

            assertThatThrownBy(() -> flow.inTransaction(() -> {
                        digests.stage.process(entry);
                        throw new IllegalStateException("the process died");
                    }))
                    .hasMessage("the process died");
            assertThat(flow.queued(QueueName.PIPELINE)).isEmpty();

            assertThat(digests.out()).hasSize(1);
            assertThat(flow.recipients(flow.queued(QueueName.OUT))).containsExactly("plain@example.com");
        }
    }

    @BothDatabases
    void collectedPostsShouldBeKeptFromTheCleanUpUntilTheirDigestIsWritten(TestDatabase database) {
        try (FlowOnDatabase flow = flow(database)) {
            DigestsOnFlow digests = new DigestsOnFlow(flow, spool);
            digests.aReader("plain@example.com", DeliveryMode.PLAINTEXT_DIGESTS);
            digests.post(mail("one", "First", "Hello\r\n"));
            long message = digests.posts.next(flow.list.getId(), 1).get(0).messageId();
            for (int hours = 0; hours < 4; hours += 2) {
                Clock then = Clock.offset(flow.lists.clock, Duration.ofHours(hours));
                Retention retention = new Retention(flow.sql, then, Settings.read(SettingSource.ofProcess()));
                flow.inTransaction(() -> retention.removeMessages(100));
            }
            assertThat(flow.messages.sizeBytes(message)).as("waits").isPresent();

            digests.sendNow();
            assertThat(flow.inTransaction(() -> digests.posts.removeWritten(100)))
                    .as("not written yet")
                    .isZero();
            assertThat(digests.out()).hasSize(1);
            assertThat(flow.inTransaction(() -> digests.posts.removeWritten(100)))
                    .isEqualTo(1);
            assertThat(flow.sql.first("select count(*) from collected_post", row -> row.getInt(1)))
                    .contains(0);
        }
    }

    @BothDatabases
    void aDeletedListShouldTakeItsCollectedPostsAlongAndSaySo(TestDatabase database) {
        try (FlowOnDatabase flow = flow(database)) {
            DigestsOnFlow digests = new DigestsOnFlow(flow, spool);
            digests.aReader("plain@example.com", DeliveryMode.PLAINTEXT_DIGESTS);
            digests.post(mail("one", "First", "Hello\r\n"));
            digests.sendNow();
            long waiting = digests.post(mail("two", "Second", "Hello\r\n"));
            flow.lists.onDeletion = new LeftPosts(digests.posts, digests.open)::endWithList;
            flow.inTransaction(() -> {
                flow.lists.listOperations.delete(flow.list.getId());
                return null;
            });
            assertThat(flow.events(waiting)).endsWith("collected", "undigested");
            assertThat(flow.sql.first("select count(*) from collected_post", row -> row.getInt(1)))
                    .contains(0);
        }
    }
}
