package org.posthorn.moderation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.posthorn.pipeline.FlowOnDatabase.mail;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.posthorn.list.Action;
import org.posthorn.list.Role;
import org.posthorn.pipeline.FlowOnDatabase;
import org.posthorn.platform.actor.Acting;
import org.posthorn.platform.actor.Actor;
import org.posthorn.platform.actor.Via;
import org.posthorn.platform.audit.AuditEntry;
import org.posthorn.queue.Posting;
import org.posthorn.queue.QueueEntry;
import org.posthorn.queue.QueueName;
import org.posthorn.testing.BothDatabases;
import org.posthorn.testing.TestDatabase;

class HeldMessagesTest {

    @TempDir
    Path spool;

    private static HeldMessage aHeldPost(FlowOnDatabase flow) {
        flow.arrives(mail("Stranger <stranger@example.org>"), "stranger@example.org", "post");
        flow.runAll(flow.moderation);
        List<HeldMessage> page = flow.heldMessages.page(flow.list.getId(), 0, 10);
        return page.get(page.size() - 1);
    }

    /** Without the notices to moderators, which go through the same queue. */
    private static List<QueueEntry> accepted(FlowOnDatabase flow) {
        return flow.queued(QueueName.PIPELINE).stream()
                .filter(entry -> "post".equals(entry.attributes().get("kind")))
                .toList();
    }

    @BothDatabases
    void aStrangersPostShouldWaitWithItsReasons(TestDatabase database) {
        try (FlowOnDatabase flow = new FlowOnDatabase(database, spool)) {
            HeldMessage held = aHeldPost(flow);
            assertThat(held.sender()).isEqualTo("stranger@example.org");
            assertThat(held.subject()).isEqualTo("First light");
            assertThat(held.messageIdField()).isEqualTo("<first@example.com>");
            assertThat(held.reason()).isEqualTo("The message is not from a list member.");
            assertThat(held.reason(Locale.ENGLISH)).isEqualTo(held.reason());
            assertThat(held.reason(Locale.GERMAN))
                    .isNotEqualTo(held.reason())
                    .isEqualTo(Reason.in("de", held.reasons()));
            assertThat(held.rules()).containsExactly("nonmember-moderation");
            assertThat(held.heldAt()).isEqualTo(FlowOnDatabase.NOW);
            assertThat(flow.heldMessages.count(flow.list.getId())).isEqualTo(1);
            assertThat(flow.heldMessages.find(flow.list.getId(), held.requestId()))
                    .contains(held);
            assertThat(flow.heldMessages.find(flow.list.getId() + 1, held.requestId()))
                    .as("by another list")
                    .isEmpty();
            assertThat(accepted(flow)).isEmpty();
            assertThat(flow.events(held.postingId())).containsExactly("held");
            assertThat(flow.posting(held.postingId()).outcome()).isNull();
        }
    }

    @BothDatabases
    void decisionsShouldBeRecordedWithWhoMadeThem(TestDatabase database) {
        try (FlowOnDatabase flow = new FlowOnDatabase(database, spool)) {
            long list = flow.list.getId();
            HeldMessage first = aHeldPost(flow);
            HeldMessage second = aHeldPost(flow);
            HeldMessage third = aHeldPost(flow);
            try (Acting.Bound bound = Acting.as(Actor.person(Via.CONSOLE, "mod@example.org", 7, false))) {
                database.inTransaction(() -> flow.heldMessages.accept(list, first.requestId(), "mod"));
                database.inTransaction(() -> flow.heldMessages.reject(list, second.requestId(), "no ads", "mod"));
                database.inTransaction(() -> flow.heldMessages.discard(list, third.requestId(), "mod"));
                database.inTransaction(() -> flow.heldMessages.discard(list, third.requestId(), "mod"));
            }

            List<AuditEntry> decisions = database.audited().stream()
                    .filter(entry -> entry.subject().kind().equals("held"))
                    .toList();
            assertThat(decisions)
                    .extracting(AuditEntry::action)
                    .containsExactlyInAnyOrder("accept", "reject", "discard");
            assertThat(decisions).allSatisfy(entry -> {
                assertThat(entry.actor()).isEqualTo("mod@example.org");
                assertThat(entry.subject().name()).isEqualTo("<first@example.com>");
                assertThat(entry.subject().listId()).isEqualTo(list);
                assertThat(entry.details().orElseThrow()).contains("sender=stranger@example.org");
            });
        }
    }

    @BothDatabases
    void heldPostsShouldComeInPages(TestDatabase database) {
        try (FlowOnDatabase flow = new FlowOnDatabase(database, spool)) {
            long first = aHeldPost(flow).requestId();
            long second = aHeldPost(flow).requestId();
            long third = aHeldPost(flow).requestId();
            assertThat(flow.heldMessages.page(flow.list.getId(), 0, 2))
                    .extracting(HeldMessage::requestId)
                    .containsExactly(first, second);
            assertThat(flow.heldMessages.page(flow.list.getId(), 2, 2))
                    .extracting(HeldMessage::requestId)
                    .containsExactly(third);
            assertThat(flow.heldMessages.page(flow.list.getId(), 4, 2)).isEmpty();
        }
    }

    @BothDatabases
    void theAuthorOfAHeldPostShouldBeTold(TestDatabase database) {
        try (FlowOnDatabase flow = new FlowOnDatabase(database, spool)) {
            aHeldPost(flow);
            QueueEntry notice = flow.queued(QueueName.VIRGIN).get(0);
            assertThat(notice.attributes())
                    .containsEntry("recipient", "stranger@example.org")
                    .containsEntry("sender", "");
            assertThat(flow.octets(notice.messageId()))
                    .startsWith("From: test-owner@lists.example.org\r\nTo: stranger@example.org\r\n")
                    .contains("Auto-Submitted: auto-replied", "The message is not from a list member.");
        }
    }

    @BothDatabases
    void theAuthorShouldNotBeToldOfAHoldWhenTheListDoesNotWantItOrMailIsOfAMachine(TestDatabase database) {
        try (FlowOnDatabase flow = new FlowOnDatabase(database, spool)) {
            flow.arrives(mail("stranger@example.org"), "", "post");
            flow.arrives(mail("stranger@example.org", "Precedence: bulk"), "stranger@example.org", "post");
            flow.arrives(mail("stranger@example.org"), FlowOnDatabase.LIST, "post");
            flow.runAll(flow.moderation);
            flow.lists.run(() -> flow.lists
                    .lists
                    .byId(flow.list.getId())
                    .orElseThrow()
                    .posting()
                    .setRespondToPostRequests(false));
            flow.arrives(mail("stranger@example.org"), "stranger@example.org", "post");
            flow.runAll(flow.moderation);
            assertThat(flow.heldMessages.count(flow.list.getId())).isEqualTo(4);
            assertThat(flow.queued(QueueName.VIRGIN)).isEmpty();
        }
    }

    @BothDatabases
    void anAcceptedPostShouldGoOnAsItWouldHave(TestDatabase database) {
        try (FlowOnDatabase flow = new FlowOnDatabase(database, spool)) {
            flow.lists.aMember(flow.list, "ann@example.com", Role.MEMBER);
            HeldMessage held = aHeldPost(flow);
            assertThat(flow.inTransaction(
                            () -> flow.heldMessages.accept(flow.list.getId(), held.requestId(), "the owner")))
                    .isTrue();
            QueueEntry entry = accepted(flow).get(0);
            assertThat(entry.messageId()).isEqualTo(held.messageId());
            assertThat(entry.postingId()).isEqualTo(held.postingId());
            assertThat(entry.attributes())
                    .containsEntry("kind", "post")
                    .containsEntry("sender", "stranger@example.org");
            assertThat(flow.events(held.postingId())).containsExactly("held", "accepted");
            assertThat(flow.detail(held.postingId(), "accepted")).isEqualTo("accepted by the owner");
            flow.runAll(flow.pipeline);
            assertThat(flow.recipients(flow.queued(QueueName.OUT))).containsExactly("ann@example.com");
            assertThat(flow.heldMessages.count(flow.list.getId())).isZero();
        }
    }

    @BothDatabases
    void acceptShouldEnqueueOnceWhenTwoModeratorsPressTogether(TestDatabase database) throws Exception {
        try (FlowOnDatabase flow = new FlowOnDatabase(database, spool)) {
            HeldMessage held = aHeldPost(flow);
            int moderators = 4;
            CyclicBarrier together = new CyclicBarrier(moderators);
            ExecutorService threads = Executors.newFixedThreadPool(moderators);
            try {
                List<Future<Boolean>> pressed = IntStream.range(0, moderators)
                        .mapToObj(i -> threads.submit(() -> flow.heldMessages
                                        .find(flow.list.getId(), held.requestId())
                                        .isPresent()
                                && meet(together)
                                && database.inTransaction(() -> flow.heldMessages.accept(
                                        flow.list.getId(), held.requestId(), "moderator " + i))))
                        .toList();
                int did = 0;
                for (Future<Boolean> each : pressed) {
                    did += each.get(60, TimeUnit.SECONDS) ? 1 : 0;
                }
                assertThat(did).isEqualTo(1);
            } finally {
                threads.shutdownNow();
            }
            assertThat(accepted(flow)).hasSize(1);
            assertThat(flow.events(held.postingId())).containsExactly("held", "accepted");
        }
    }

    private static boolean meet(CyclicBarrier barrier) throws Exception {
        barrier.await(60, TimeUnit.SECONDS);
        return true;
    }

    @BothDatabases
    void aRejectedPostShouldEndWithANoticeToItsAuthor(TestDatabase database) {
        try (FlowOnDatabase flow = new FlowOnDatabase(database, spool)) {
            HeldMessage held = aHeldPost(flow);
            flow.sql.update("delete from queue_entry");
            assertThat(flow.inTransaction(() -> flow.heldMessages.reject(
                            flow.list.getId(), held.requestId(), "Not here, please", "the owner")))
                    .isTrue();
            assertThat(flow.posting(held.postingId()).outcome()).isEqualTo(Posting.Outcome.REJECTED);
            assertThat(flow.events(held.postingId())).containsExactly("held", "rejected");
            assertThat(flow.octets(flow.queued(QueueName.VIRGIN).get(0).messageId()))
                    .contains("Not here, please", "text/rfc822-headers", "Message-ID: <first@example.com>");
            assertThat(flow.inTransaction(
                            () -> flow.heldMessages.accept(flow.list.getId(), held.requestId(), "another")))
                    .as("too late")
                    .isFalse();
            assertThat(accepted(flow)).isEmpty();
        }
    }

    @BothDatabases
    void aDiscardedPostShouldEndInSilence(TestDatabase database) {
        try (FlowOnDatabase flow = new FlowOnDatabase(database, spool)) {
            HeldMessage held = aHeldPost(flow);
            flow.sql.update("delete from queue_entry");
            assertThat(flow.inTransaction(
                            () -> flow.heldMessages.discard(flow.list.getId(), held.requestId(), "the owner")))
                    .isTrue();
            assertThat(flow.posting(held.postingId()).outcome()).isEqualTo(Posting.Outcome.DISCARDED);
            assertThat(flow.queued(QueueName.VIRGIN)).isEmpty();
        }
    }

    @BothDatabases
    void aDeferredPostShouldStayAndAnUnknownOneBeUnknown(TestDatabase database) {
        try (FlowOnDatabase flow = new FlowOnDatabase(database, spool)) {
            HeldMessage held = aHeldPost(flow);
            assertThat(flow.heldMessages.defer(flow.list.getId(), held.requestId()))
                    .isTrue();
            assertThat(flow.heldMessages.count(flow.list.getId())).isEqualTo(1);
            assertThat(flow.heldMessages.defer(flow.list.getId(), Long.MAX_VALUE))
                    .isFalse();
            assertThat(flow.heldMessages.accept(flow.list.getId(), -1, "x")).isFalse();
        }
    }

    @BothDatabases
    void rulesShouldRejectAndDiscardByTheListsWish(TestDatabase database) {
        try (FlowOnDatabase flow = new FlowOnDatabase(database, spool)) {
            flow.lists.run(() -> flow.lists
                    .lists
                    .byId(flow.list.getId())
                    .orElseThrow()
                    .posting()
                    .setDefaultNonmemberAction(Action.REJECT));
            long rejected = flow.arrives(mail("stranger@example.org"), "stranger@example.org", "post");
            flow.runAll(flow.moderation);
            flow.lists.run(() -> flow.lists
                    .lists
                    .byId(flow.list.getId())
                    .orElseThrow()
                    .posting()
                    .setDefaultNonmemberAction(Action.DISCARD));
            long discarded = flow.arrives(mail("stranger@example.org"), "stranger@example.org", "post");
            flow.runAll(flow.moderation);
            assertThat(flow.posting(rejected).outcome()).isEqualTo(Posting.Outcome.REJECTED);
            assertThat(flow.posting(discarded).outcome()).isEqualTo(Posting.Outcome.DISCARDED);
            assertThat(flow.detail(discarded, "discarded"))
                    .startsWith("default-posting-chain: hit: nonmember-moderation");
            assertThat(flow.queued(QueueName.VIRGIN)).hasSize(1);
            assertThat(flow.heldMessages.count(flow.list.getId())).isZero();
        }
    }

    @BothDatabases
    void bansOfTheListAndTheSiteShouldCount(TestDatabase database) {
        try (FlowOnDatabase flow = new FlowOnDatabase(database, spool)) {
            flow.lists.aMember(flow.list, "ann@example.com", Role.MEMBER);
            flow.lists.aMember(flow.list, "bob@example.net", Role.MEMBER);
            flow.lists.run(() -> flow.lists.banOperations.ban(flow.list.getId(), "Ann@example.com"));
            flow.lists.run(() -> flow.lists.banOperations.ban(null, "^.*@example[.]net$"));
            long first = flow.arrives(mail("ann@example.com"), "ann@example.com", "post");
            long second = flow.arrives(mail("BOB@example.net"), "bob@example.net", "post");
            flow.runAll(flow.moderation);
            assertThat(flow.posting(first).outcome()).isEqualTo(Posting.Outcome.DISCARDED);
            assertThat(flow.posting(second).outcome()).isEqualTo(Posting.Outcome.DISCARDED);
        }
    }

    @BothDatabases
    void aPostShouldBeDiscardedWithTheReasonWhenItsListHasGone(TestDatabase database) {
        try (FlowOnDatabase flow = new FlowOnDatabase(database, spool)) {
            long posting = flow.arrives(mail("ann@example.com"), "ann@example.com", "post");
            flow.sql.update("delete from mailing_list where id = ?", flow.list.getId());
            flow.runAll(flow.moderation);
            assertThat(flow.posting(posting).outcome()).isEqualTo(Posting.Outcome.DISCARDED);
            assertThat(flow.detail(posting, "discarded")).isEqualTo("the list is gone");
        }
    }

    @BothDatabases
    void heldPostsShouldEndAsDiscardedWhenTheirListIsDeleted(TestDatabase database) {
        try (FlowOnDatabase flow = new FlowOnDatabase(database, spool)) {
            HeldMessage first = aHeldPost(flow);
            HeldMessage second = aHeldPost(flow);
            flow.lists.run(() -> flow.lists.listOperations.delete(flow.list.getId()));
            for (HeldMessage held : List.of(first, second)) {
                assertThat(flow.posting(held.postingId()).outcome()).isEqualTo(Posting.Outcome.DISCARDED);
                assertThat(flow.events(held.postingId())).containsExactly("held", "discarded");
                assertThat(flow.detail(held.postingId(), "discarded")).isEqualTo("the list was deleted");
            }
        }
    }

    @BothDatabases
    void heldPostsShouldEndAsDiscardedWhenTheirDomainIsDeleted(TestDatabase database) {
        try (FlowOnDatabase flow = new FlowOnDatabase(database, spool)) {
            HeldMessage held = aHeldPost(flow);
            flow.lists.run(() -> flow.lists.domainOperations.delete("lists.example.org", true));
            assertThat(flow.posting(held.postingId()).outcome()).isEqualTo(Posting.Outcome.DISCARDED);
        }
    }

    @BothDatabases
    void textThatPostgreSqlRefusesShouldNotStopAHold(TestDatabase database) {
        try (FlowOnDatabase flow = new FlowOnDatabase(database, spool)) {
            flow.arrives(
                    "From: a\u0000b <x@\r\nReply-To: x@example.org\r\nSubject: \u0000=?utf-8?B?AAAA?=\r\n\u0000\r\n\r\nx",
                    "a\u0000b@example.org",
                    "post");
            flow.runAll(flow.moderation);
            assertThat(flow.heldMessages.page(flow.list.getId(), 0, 1).get(0).subject())
                    .doesNotContain("\u0000");
        }
    }
}
