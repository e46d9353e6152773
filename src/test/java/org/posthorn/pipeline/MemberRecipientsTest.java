package org.posthorn.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.posthorn.pipeline.FlowOnDatabase.mail;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.io.TempDir;
import org.posthorn.list.DeliveryMode;
import org.posthorn.list.DeliveryStatus;
import org.posthorn.list.MailingList;
import org.posthorn.list.Member;
import org.posthorn.list.Role;
import org.posthorn.queue.NewEntry;
import org.posthorn.queue.QueueEntry;
import org.posthorn.queue.QueueName;
import org.posthorn.testing.BothDatabases;
import org.posthorn.testing.TestDatabase;

/** Mailman's member-recipients: who gets a post. */
class MemberRecipientsTest {

    @TempDir
    private Path spool;

    private static void aMember(FlowOnDatabase flow, String email, Consumer<Member> wish) {
        Member member = flow.lists.aMember(flow.list, email, Role.MEMBER);
        flow.lists.run(() -> wish.accept(flow.lists.members.byId(member.getId()).orElseThrow()));
    }

    private static List<String> recipients(FlowOnDatabase flow) {
        flow.accepted(mail("poster@example.com"));
        flow.runAll(flow.pipeline);
        return flow.recipients(flow.queued(QueueName.OUT));
    }

    @BothDatabases
    void membersWithRegularDeliveryShouldGetAPostAndNobodyElse(TestDatabase database) {
        try (FlowOnDatabase flow = new FlowOnDatabase(database, spool)) {
            aMember(flow, "poster@example.com", member -> {});
            aMember(flow, "regular@example.com", member -> {});
            aMember(
                    flow,
                    "digest@example.com",
                    member -> member.preferences().setDeliveryMode(DeliveryMode.PLAINTEXT_DIGESTS));
            aMember(flow, "away@example.com", member -> member.disable(DeliveryStatus.BY_USER));
            aMember(flow, "stopped@example.com", member -> member.disable(DeliveryStatus.BY_MODERATOR));
            aMember(
                    flow,
                    "addressaway@example.com",
                    member -> member.address().preferences().setDeliveryStatus(DeliveryStatus.BY_USER));
            flow.lists.aMember(flow.list, "owner@example.com", Role.OWNER);
            flow.lists.aMember(flow.list, "nonmember@example.com", Role.NONMEMBER);

            assertThat(recipients(flow)).containsExactlyInAnyOrder("poster@example.com", "regular@example.com");
        }
    }

    @BothDatabases
    void theAuthorShouldGetNoCopyWhoWantsNone(TestDatabase database) {
        try (FlowOnDatabase flow = new FlowOnDatabase(database, spool)) {
            aMember(flow, "poster@example.com", member -> member.preferences().setReceiveOwnPostings(false));
            aMember(flow, "other@example.com", member -> member.preferences().setReceiveOwnPostings(false));

            assertThat(recipients(flow)).containsExactly("other@example.com");
        }
    }

    private static List<String> keysAfter(FlowOnDatabase flow, String... fields) {
        flow.accepted(mail("poster@example.com", fields));
        flow.runAll(flow.pipeline);
        return flow.recipients(flow.queued(QueueName.OUT));
    }

    private static void goByTopics(FlowOnDatabase flow, boolean enabled) {
        flow.lists.run(() -> {
            MailingList list = flow.lists.lists.byId(flow.list.getId()).orElseThrow();
            list.posting().setTopicsEnabled(enabled);
            list.posting().setTopics(List.of("Trains: locomotive|carriage", "Ships: vessel"));
        });
        aMember(flow, "poster@example.com", member -> member.preferences().setReceiveOwnPostings(false));
        aMember(flow, "everything@example.com", member -> {});
        aMember(flow, "trains@example.com", member -> member.choose(List.of("trains")));
        aMember(flow, "both@example.com", member -> member.choose(List.of("Ships", "Trains")));
        aMember(flow, "ships@example.com", member -> {
            member.choose(List.of("ships"));
            member.setReceiveUntagged(true);
        });
    }

    @BothDatabases
    void whoHasChosenTopicsShouldGetThePostsOnTheseAlone(TestDatabase database) {
        try (FlowOnDatabase flow = new FlowOnDatabase(database, spool)) {
            goByTopics(flow, true);

            assertThat(keysAfter(flow, "Keywords: old LOCOMOTIVES"))
                    .containsExactlyInAnyOrder("everything@example.com", "trains@example.com", "both@example.com");
        }
    }

    @BothDatabases
    void aPostThatNoTopicHitsShouldGoToThoseWhoWishItWhateverItSaysOfItself(TestDatabase database) {
        try (FlowOnDatabase flow = new FlowOnDatabase(database, spool)) {
            goByTopics(flow, true);

            assertThat(keysAfter(flow, "X-Topics: Trains"))
                    .containsExactlyInAnyOrder("everything@example.com", "ships@example.com");
        }
    }

    @BothDatabases
    void choicesShouldNotCountWhileTheListDoesNotGoByTopics(TestDatabase database) {
        try (FlowOnDatabase flow = new FlowOnDatabase(database, spool)) {
            goByTopics(flow, false);

            assertThat(keysAfter(flow)).hasSize(4);
        }
    }

    @BothDatabases
    void anUrgentPostShouldGoAtOnceToThoseWithDigestsToo(TestDatabase database) {
        try (FlowOnDatabase flow = new FlowOnDatabase(database, spool)) {
            goByTopics(flow, true);
            aMember(
                    flow,
                    "digest@example.com",
                    member -> member.preferences().setDeliveryMode(DeliveryMode.PLAINTEXT_DIGESTS));
            aMember(flow, "away@example.com", member -> member.disable(DeliveryStatus.BY_USER));
            flow.accepted(mail("poster@example.com"));
            QueueEntry accepted = flow.queued(QueueName.PIPELINE).get(0);
            Map<String, String> attributes = new HashMap<>(accepted.attributes());
            attributes.put(PipelineStage.URGENT, "yes");
            flow.inTransaction(() -> {
                flow.switchboard.enqueue(List.of(NewEntry.of(
                        QueueName.PIPELINE,
                        accepted.listId(),
                        accepted.postingId(),
                        accepted.messageId(),
                        attributes,
                        accepted.received(),
                        accepted.received())));
                return flow.sql.update("delete from queue_entry where id = ?", accepted.id());
            });
            flow.runAll(flow.pipeline);

            assertThat(flow.recipients(flow.queued(QueueName.OUT)))
                    .containsExactlyInAnyOrder(
                            "everything@example.com",
                            "trains@example.com",
                            "both@example.com",
                            "ships@example.com",
                            "digest@example.com");
        }
    }
}
