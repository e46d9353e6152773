package org.posthorn.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.posthorn.pipeline.FlowOnDatabase.mail;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.posthorn.list.DeliveryMode;
import org.posthorn.list.DeliveryStatus;
import org.posthorn.list.Member;
import org.posthorn.list.Role;
import org.posthorn.queue.Posting;
import org.posthorn.queue.QueueEntry;
import org.posthorn.queue.QueueName;
import org.posthorn.queue.runner.Stage.Outcome;
import org.posthorn.testing.BothDatabases;
import org.posthorn.testing.TestDatabase;

class PipelineStageTest {

    @TempDir
    Path spool;

    @BothDatabases
    void aPostShouldReachEachMemberOnceInOneCookedMessage(TestDatabase database) {
        try (FlowOnDatabase flow = new FlowOnDatabase(database, spool)) {
            flow.lists.aMember(flow.list, "poster@example.com", Role.MEMBER);
            flow.lists.aMember(flow.list, "Ann@example.net", Role.MEMBER);
            flow.lists.aMember(flow.list, "owner@example.net", Role.OWNER);

            long posting = flow.accepted(mail("poster@example.com", "X-Approve: secret"));
            flow.runAll(flow.pipeline);

            List<QueueEntry> out = flow.queued(QueueName.OUT);
            assertThat(out).hasSize(1);
            assertThat(flow.recipients(out)).containsExactly("poster@example.com", "Ann@example.net");
            assertThat(out.get(0).attributes())
                    .isEqualTo(
                            Map.of("kind", "post", "personalize", "none", "bounces", "test-bounces@lists.example.org"));
            assertThat(flow.octets(out.get(0).messageId()))
                    .startsWith(
                            "From: poster@example.com\r\nTo: test@lists.example.org\r\nSubject: [Test] First light\r\nMessage-ID: <first@example.com>\r\n")
                    .contains(
                            "\r\nList-Id: Test <test.lists.example.org>\r\n",
                            "\r\n\r\nDear list\r\n",
                            "test-leave@lists.example.org")
                    .doesNotContain("secret");
            assertThat(flow.posting(posting).fannedOut()).isTrue();
            assertThat(flow.posting(posting).outcome()).isNull();
            assertThat(flow.events(posting)).containsExactly("accepted", "fanned-out");
            assertThat(flow.detail(posting, "fanned-out")).startsWith("2 recipients in 1 chunks");
            assertThat(flow.lists.counters.of(flow.list.getId()).postId()).isEqualTo(2);
            assertThat(flow.queued(QueueName.PIPELINE)).isEmpty();
        }
    }

    @BothDatabases
    void aFanOutShouldGoOnFromItsCursorWithoutLosingOrRepeatingAMember(TestDatabase database) {
        try (FlowOnDatabase flow = new FlowOnDatabase(database, spool)) {
            int count = Chunks.MOST_RECIPIENTS * (FanOut.MOST_CHUNKS * 2) + 1;
            flow.lists.aMember(flow.list, "poster@example.com", Role.MEMBER);
            quickMembers(flow, count - 1);
            long posting = flow.accepted(mail("poster@example.com"));

            flow.runOnce(flow.pipeline);
            QueueEntry entry = flow.queued(QueueName.PIPELINE).get(0);
            assertThat(entry.progress()).isPositive();
            assertThat(flow.queued(QueueName.OUT)).hasSize(FanOut.FIRST_CHUNKS);
            assertThat(flow.posting(posting).fannedOut()).isFalse();

            // A crash in the midst of the second turn: nothing of it stays.
            assertThatThrownBy(() -> flow.inTransaction(() -> {
                        flow.pipeline.process(entry);
                        throw new IllegalStateException("the process died");
                    }))
                    .hasMessage("the process died");
            assertThat(flow.queued(QueueName.OUT)).hasSize(FanOut.FIRST_CHUNKS);

            flow.runAll(flow.pipeline);
            List<QueueEntry> out = flow.queued(QueueName.OUT);
            List<String> recipients = flow.recipients(out);
            assertThat(recipients)
                    .hasSize(count)
                    .doesNotHaveDuplicates()
                    .contains("poster@example.com", "m0@example.com", "m" + (count - 2) + "@example.com");
            assertThat(out.stream().map(QueueEntry::messageId).distinct())
                    .as("cooked once")
                    .hasSize(1);
            assertThat(out.stream().map(QueueEntry::turn).toList()).isSorted().doesNotHaveDuplicates();
            assertThat(flow.detail(posting, "fanned-out")).startsWith(count + " recipients in 21 chunks");
            assertThat(flow.lists.counters.of(flow.list.getId()).postId()).isEqualTo(2);
        }
    }

    @BothDatabases
    void aCookedMessageThatWasRemovedShouldBeCookedAgainAndTheCursorStay(TestDatabase database) {
        try (FlowOnDatabase flow = new FlowOnDatabase(database, spool)) {
            flow.lists.aMember(flow.list, "poster@example.com", Role.MEMBER);
            quickMembers(flow, Chunks.MOST_RECIPIENTS * FanOut.MOST_CHUNKS);
            flow.accepted(mail("poster@example.com"));
            flow.runOnce(flow.pipeline);
            List<String> first = flow.recipients(flow.queued(QueueName.OUT));
            long cooked = flow.queued(QueueName.OUT).get(0).messageId();
            flow.sql.update("delete from queue_entry where queue = 'OUT'");
            flow.sql.update("delete from message where id = ?", cooked);

            flow.runAll(flow.pipeline);
            List<String> all = new ArrayList<>(first);
            all.addAll(flow.recipients(flow.queued(QueueName.OUT)));
            assertThat(all)
                    .hasSize(Chunks.MOST_RECIPIENTS * FanOut.MOST_CHUNKS + 1)
                    .doesNotHaveDuplicates();
            assertThat(flow.octets(flow.queued(QueueName.OUT).get(0).messageId()))
                    .contains("Subject: [Test] First light");
        }
    }

    @BothDatabases
    void membersShouldBeLeftOutWhoDoNotWantThisCopy(TestDatabase database) {
        try (FlowOnDatabase flow = new FlowOnDatabase(database, spool)) {
            Member poster = flow.lists.aMember(flow.list, "poster@example.com", Role.MEMBER);
            Member addressed = flow.lists.aMember(flow.list, "ann@example.com", Role.MEMBER);
            Member away = flow.lists.aMember(flow.list, "away@example.com", Role.MEMBER);
            Member digest = flow.lists.aMember(flow.list, "digest@example.com", Role.MEMBER);
            flow.lists.aMember(flow.list, "bob@example.com", Role.MEMBER);
            flow.lists.run(() -> {
                flow.lists
                        .members
                        .byId(poster.getId())
                        .orElseThrow()
                        .preferences()
                        .setReceiveOwnPostings(false);
                flow.lists
                        .members
                        .byId(addressed.getId())
                        .orElseThrow()
                        .preferences()
                        .setReceiveListCopy(false);
                flow.lists.members.byId(away.getId()).orElseThrow().disable(DeliveryStatus.BY_USER);
                flow.lists
                        .members
                        .byId(digest.getId())
                        .orElseThrow()
                        .preferences()
                        .setDeliveryMode(DeliveryMode.MIME_DIGESTS);
            });
            flow.accepted(mail("Poster <POSTER@example.com>", "Cc: Ann <Ann@example.com>"));
            flow.runAll(flow.pipeline);
            assertThat(flow.recipients(flow.queued(QueueName.OUT))).containsExactly("bob@example.com");
        }
    }

    @BothDatabases
    void aPostThatNobodyGetsShouldBeDone(TestDatabase database) {
        try (FlowOnDatabase flow = new FlowOnDatabase(database, spool)) {
            Member poster = flow.lists.aMember(flow.list, "poster@example.com", Role.MEMBER);
            flow.lists.run(
                    () -> flow.lists.members.byId(poster.getId()).orElseThrow().disable(DeliveryStatus.BY_USER));
            long posting = flow.accepted(mail("poster@example.com"));
            flow.runAll(flow.pipeline);
            assertThat(flow.queued(QueueName.OUT)).isEmpty();
            assertThat(flow.posting(posting).outcome()).isEqualTo(Posting.Outcome.DONE);
            assertThat(flow.posting(posting).fannedOut()).isTrue();
            assertThat(flow.detail(posting, "fanned-out")).startsWith("0 recipients");
        }
    }

    @BothDatabases
    void mailToTheOwnersShouldGoAsItCameToOwnersAndModeratorsOnce(TestDatabase database) {
        try (FlowOnDatabase flow = new FlowOnDatabase(database, spool)) {
            flow.lists.aMember(flow.list, "member@example.com", Role.MEMBER);
            flow.lists.aMember(flow.list, "boss@example.com", Role.OWNER);
            flow.lists.aMember(flow.list, "boss@example.com", Role.MODERATOR);
            flow.lists.aMember(flow.list, "mod@example.com", Role.MODERATOR);
            String mail = mail("stranger@example.org");
            long posting = flow.arrives(mail, "stranger@example.org", "owner");
            flow.runAll(flow.moderation);
            flow.runAll(flow.pipeline);
            List<QueueEntry> out = flow.queued(QueueName.OUT);
            assertThat(flow.recipients(out)).containsExactlyInAnyOrder("boss@example.com", "mod@example.com");
            assertThat(flow.octets(out.get(0).messageId())).isEqualTo(mail);
            assertThat(out.get(0).attributes())
                    .containsEntry("kind", "owner")
                    .containsEntry("bounces", "site-bounces@lists.example.org");
            assertThat(flow.events(posting)).containsExactly("accepted", "fanned-out");
            assertThat(flow.lists.counters.of(flow.list.getId()).postId())
                    .as("no post")
                    .isEqualTo(1);
        }
    }

    @BothDatabases
    void aPostShouldBeDiscardedWithTheReasonWhenItsListHasGone(TestDatabase database) {
        try (FlowOnDatabase flow = new FlowOnDatabase(database, spool)) {
            flow.lists.aMember(flow.list, "poster@example.com", Role.MEMBER);
            long posting = flow.accepted(mail("poster@example.com"));
            flow.sql.update("delete from mailing_list where id = ?", flow.list.getId());
            flow.runAll(flow.pipeline);
            assertThat(flow.posting(posting).outcome()).isEqualTo(Posting.Outcome.DISCARDED);
            assertThat(flow.detail(posting, "discarded")).isEqualTo("the list is gone");
            assertThat(flow.queued(QueueName.OUT)).isEmpty();
        }
    }

    @BothDatabases
    void mailThatPosthornWritesShouldGoOutToItsRecipient(TestDatabase database) {
        try (FlowOnDatabase flow = new FlowOnDatabase(database, spool)) {
            flow.arrives(mail("stranger@example.org"), "stranger@example.org", "post");
            flow.runAll(flow.moderation);
            QueueEntry written = flow.queued(QueueName.VIRGIN).get(0);
            Outcome outcome = flow.turn(flow.virgin, written);
            assertThat(outcome).isEqualTo(new Outcome.Done());
            List<QueueEntry> out = flow.queued(QueueName.OUT);
            assertThat(flow.recipients(out)).containsExactly("stranger@example.org");
            assertThat(out.get(0).attributes())
                    .isEqualTo(Map.of("kind", "virgin", "personalize", "none", "bounces", ""));
            assertThat(out.get(0).messageId()).isEqualTo(written.messageId());
            assertThat(flow.posting(written.postingId()).fannedOut()).isTrue();
            assertThat(flow.events(written.postingId())).containsExactly("written", "fanned-out");
        }
    }

    /** Straight into the tables: thousands of subscriptions one by one would take the test's time. */
    private static void quickMembers(FlowOnDatabase flow, int count) {
        flow.inTransaction(() -> {
            long base = 1_000_000;
            flow.sql.batch(
                    "insert into address (id, email, original_email, registered_at, version) values (?, ?, ?, ?, 1)",
                    IntStream.range(0, count)
                            .mapToObj(i -> new Object[] {
                                base + i, "m" + i + "@example.com", "m" + i + "@example.com", FlowOnDatabase.NOW
                            })
                            .toList());
            flow.sql.batch(
                    "insert into member (id, list_id, address_id, subscription_mode, role, joined_at, version) values (?, ?, ?, 'AS_ADDRESS', 'MEMBER', ?, 1)",
                    IntStream.range(0, count)
                            .mapToObj(i -> new Object[] {base + i, flow.list.getId(), base + i, FlowOnDatabase.NOW})
                            .toList());
            return null;
        });
    }
}
