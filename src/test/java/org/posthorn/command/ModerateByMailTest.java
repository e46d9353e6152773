package org.posthorn.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.posthorn.pipeline.FlowOnDatabase.mail;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.posthorn.ingress.ListRouter;
import org.posthorn.ingress.Route;
import org.posthorn.list.MailingList;
import org.posthorn.list.Member;
import org.posthorn.list.Role;
import org.posthorn.mail.EmailAddress;
import org.posthorn.moderation.HeldReplies;
import org.posthorn.pipeline.FlowOnDatabase;
import org.posthorn.platform.actor.Via;
import org.posthorn.platform.audit.AuditEntry;
import org.posthorn.queue.MessageSource;
import org.posthorn.queue.NewEntry;
import org.posthorn.queue.NewPosting;
import org.posthorn.queue.Posting;
import org.posthorn.queue.QueueEntry;
import org.posthorn.queue.QueueName;
import org.posthorn.testing.BothDatabases;
import org.posthorn.testing.TestDatabase;

class ModerateByMailTest {

    private static final String OWNER = "owner@example.com";
    private static final String MODERATOR = "moderator@example.com";
    private static final String STRANGER = "stranger@example.org";
    private static final Pattern REPLY_TO =
            Pattern.compile("Reply-To: test-confirm\\+([a-z2-7]{26})@lists\\.example\\.org\r\n");

    @TempDir
    Path spool;

    /** A list with an owner and a moderator, a post that waits, and the token of its notice. */
    private final class Waiting implements AutoCloseable {

        final FlowOnDatabase flow;
        final Member moderator;
        final long posting;
        final String token;

        Waiting(TestDatabase database) {
            flow = new FlowOnDatabase(database, spool);
            flow.lists.aMember(flow.list, OWNER, Role.OWNER);
            moderator = flow.lists.aMember(flow.list, MODERATOR, Role.MODERATOR);
            posting = flow.arrives(mail(STRANGER), STRANGER, "post");
            flow.runAll(flow.moderation);
            QueueEntry notice = flow.queued(QueueName.PIPELINE).get(0);
            Matcher found = REPLY_TO.matcher(flow.octets(notice.messageId()));
            assertThat(found.find()).isTrue();
            token = found.group(1);
        }

        /** @return the reply's own posting */
        long replies(String from, String token, String fields, String body) {
            return replies(from, from, token, fields, body);
        }

        long replies(String from, String reversePath, String token, String fields, String body) {
            long reply = arrives(from, reversePath, token, fields, body).postingId();
            flow.runAll(flow.commands);
            return reply;
        }

        /** @return the reply's entry, which nobody has worked on */
        QueueEntry arrives(String from, String reversePath, String token, String fields, String body) {
            String text = "From: " + from + "\r\nTo: test-confirm+" + token + "@lists.example.org\r\n" + fields + "\r\n"
                    + body;
            long entry = flow.inTransaction(() -> {
                MessageSource source = MessageSource.of(text.getBytes(StandardCharsets.UTF_8));
                long message = flow.messages.store(source);
                String recipient = "test-confirm@lists.example.org";
                long posting = flow.postings.open(new NewPosting(
                        flow.list.getId(),
                        recipient,
                        QueueName.COMMAND,
                        "<r@example.com>",
                        reversePath,
                        "",
                        source.sizeBytes(),
                        FlowOnDatabase.NOW));
                Map<String, String> attributes = new HashMap<>(
                        Map.of("sender", reversePath, "kind", "command", "command", "confirm", "recipient", recipient));
                attributes.put("subaddress", token);
                return flow.switchboard.enqueue(NewEntry.of(
                        QueueName.COMMAND,
                        flow.list.getId(),
                        posting,
                        message,
                        attributes,
                        FlowOnDatabase.NOW,
                        FlowOnDatabase.NOW));
            });
            return flow.entries.find(entry).orElseThrow();
        }

        boolean waits() {
            return flow.heldMessages.count(flow.list.getId()) == 1;
        }

        /** What was written to this address by now. */
        List<String> answersTo(String email) {
            return flow.queued(QueueName.VIRGIN).stream()
                    .filter(entry -> email.equals(entry.attributes().get("recipient")))
                    .map(entry -> flow.octets(entry.messageId()).replace("=\r\n", ""))
                    .toList();
        }

        String event() {
            return flow.events(posting).get(flow.events(posting).size() - 1);
        }

        @Override
        public void close() {
            flow.close();
        }
    }

    @BothDatabases
    void acceptShouldPostAndTellTheModeratorAndTheSecondWhoWasFirst(TestDatabase database) {
        try (Waiting post = new Waiting(database)) {
            long reply = post.replies(MODERATOR, post.token, "Subject: Re: held\r\n", "Accept\r\n> quoted\r\n");

            assertThat(post.waits()).isFalse();
            assertThat(post.flow.detail(post.posting, "accepted")).isEqualTo("accepted by " + MODERATOR);
            assertThat(post.flow.queued(QueueName.PIPELINE))
                    .filteredOn(entry -> "post".equals(entry.attributes().get("kind")))
                    .hasSize(1);
            assertThat(post.answersTo(MODERATOR))
                    .singleElement()
                    .asString()
                    .contains("You have accepted the message", "Subject: First light", "Auto-Submitted: auto-replied");
            assertThat(post.flow.posting(reply).outcome()).isEqualTo(Posting.Outcome.DONE);
            AuditEntry entry = database.audited().stream()
                    .filter(each -> each.action().equals("accept"))
                    .findFirst()
                    .orElseThrow();
            assertThat(entry.actor()).isEqualTo(MODERATOR);
            assertThat(entry.via()).isEqualTo(Via.MAIL);

            post.replies(OWNER, post.token, "", "discard\r\n");
            assertThat(post.answersTo(OWNER))
                    .singleElement()
                    .asString()
                    .contains(
                            "decided about already",
                            "What: accepted",
                            "By: " + MODERATOR,
                            "When: 2026-01-02 03:04 UTC");
            assertThat(post.event()).isEqualTo("accepted");
        }
    }

    @BothDatabases
    void rejectShouldTellTheAuthorTheReason(TestDatabase database) {
        try (Waiting post = new Waiting(database)) {
            post.replies(OWNER, post.token, "", "reject Not about astronomy.\r\n");
            assertThat(post.event()).isEqualTo("rejected");
            assertThat(post.answersTo(STRANGER)).anyMatch(notice -> notice.contains("Not about astronomy."));
            assertThat(post.answersTo(OWNER)).singleElement().asString().contains("You have rejected");
            post.replies(MODERATOR, post.token, "", "accept\r\n");
            assertThat(post.answersTo(MODERATOR)).singleElement().asString().contains("By: " + OWNER + "\r\n");
        }
    }

    @BothDatabases
    void emptyReplyShouldDiscardAndDeferLeaveItWaiting(TestDatabase database) {
        try (Waiting post = new Waiting(database)) {
            post.replies(OWNER, post.token, "", "defer\r\n");
            assertThat(post.waits()).isTrue();
            assertThat(post.answersTo(OWNER)).singleElement().asString().contains("still waits");
            post.replies(OWNER, post.token, "Subject: Re: a message awaits moderation\r\n", "\r\n");
            assertThat(post.event()).isEqualTo("discarded");
        }
    }

    @BothDatabases
    void unclearReplyShouldChangeNothingAndTellWhatIsAllowed(TestDatabase database) {
        try (Waiting post = new Waiting(database)) {
            post.replies(MODERATOR, post.token, "", "what is this?\r\n");
            assertThat(post.waits()).isTrue();
            assertThat(post.answersTo(MODERATOR))
                    .singleElement()
                    .asString()
                    .contains("not clear", "defer", "Reply-To: test-confirm+" + post.token);
        }
    }

    @BothDatabases
    void theModeratorsPasswordShouldAcceptAndAWrongOneDoNothing(TestDatabase database) {
        try (Waiting post = new Waiting(database)) {
            post.flow.lists.run(() -> post.flow.lists.listOperations.configure(
                    post.flow.list.getId(), null, Map.of("moderator_password", "geheimnis")));
            post.replies(MODERATOR, post.token, "Approved: falschfalsch\r\n", "discard\r\n");
            assertThat(post.waits()).isTrue();
            assertThat(post.answersTo(MODERATOR)).singleElement().asString().contains("password in your answer is not");
            post.replies(MODERATOR, post.token, "", "Approved: geheimnis\r\n");
            assertThat(post.event()).isEqualTo("accepted");
        }
    }

    @BothDatabases
    void whoIsNoModeratorAtThatTimeShouldBeRefused(TestDatabase database) {
        try (Waiting post = new Waiting(database)) {
            post.replies(STRANGER, post.token, "", "accept\r\n");
            post.replies(MODERATOR + ", " + STRANGER, STRANGER, post.token, "", "accept\r\n");
            assertThat(post.waits()).isTrue();
            assertThat(post.answersTo(STRANGER))
                    .filteredOn(answer -> answer.contains("only owners and moderators"))
                    .hasSize(2);
            post.replies(STRANGER, "a".repeat(26), "", "accept\r\n");
            assertThat(post.answersTo(STRANGER))
                    .as("who has no token learns nothing")
                    .filteredOn(answer -> answer.contains("Nothing was changed"))
                    .hasSize(2);
            post.replies(OWNER, "a".repeat(26), "", "accept\r\n");
            assertThat(post.answersTo(OWNER)).singleElement().asString().contains("not valid any more");
            assertThat(post.waits()).isTrue();
        }
    }

    @BothDatabases
    void tokenThatAFormerModeratorKnowsShouldBeGoodForNothing(TestDatabase database) {
        try (Waiting post = new Waiting(database)) {
            post.flow.lists.run(() -> post.flow.lists.subscriptions.unsubscribe(post.moderator.getId()));
            post.replies(OWNER, post.token, "", "accept\r\n");
            assertThat(post.waits()).isTrue();
            assertThat(post.answersTo(OWNER)).singleElement().asString().contains("not valid any more");
        }
    }

    @BothDatabases
    void machinesShouldNeverDecideNorBeAnswered(TestDatabase database) {
        try (Waiting post = new Waiting(database)) {
            long vacation = post.replies(MODERATOR, post.token, "Auto-Submitted: auto-replied\r\n", "accept\r\n");
            post.replies(MODERATOR, post.token, "Precedence: bulk\r\n", "\r\n");
            post.replies(MODERATOR, "", post.token, "", "discard\r\n");
            post.replies(MODERATOR, "mailer-daemon@example.com", post.token, "", "\r\n");
            assertThat(post.waits()).isTrue();
            assertThat(post.answersTo(MODERATOR)).isEmpty();
            assertThat(post.flow.events(vacation)).containsExactly("ignored");
            assertThat(post.flow.posting(vacation).outcome()).isEqualTo(Posting.Outcome.DONE);
        }
    }

    @BothDatabases
    void whoHasTheTokenShouldBeAnsweredManyTimesADay(TestDatabase database) {
        try (Waiting post = new Waiting(database)) {
            for (int i = 0; i < 12; i++) {
                post.replies(MODERATOR, post.token, "", "what?\r\n");
            }
            assertThat(post.answersTo(MODERATOR)).hasSize(12);
            for (int i = 0; i < 12; i++) {
                post.replies(OWNER, "a".repeat(26), "", "accept\r\n");
            }
            assertThat(post.answersTo(OWNER)).as("anybody may write that").hasSize(10);
        }
    }

    @BothDatabases
    void moderatorWhoseAddressIsCalledLikeAMachinesShouldDecide(TestDatabase database) {
        try (Waiting post = new Waiting(database)) {
            String postmaster = "postmaster@example.com";
            post.flow.lists.aMember(post.flow.list, postmaster, Role.MODERATOR);
            post.replies(postmaster, post.token, "Auto-Submitted: auto-replied\r\n", "accept\r\n");
            post.replies(postmaster, "mailer-daemon@example.com", post.token, "", "accept\r\n");
            assertThat(post.event()).as("a machine wrote both").isEqualTo("held");
            post.replies(postmaster, post.token, "", "accept\r\n");
            assertThat(post.event()).isEqualTo("accepted");
            assertThat(post.answersTo(postmaster)).singleElement().asString().contains("You have accepted");
        }
    }

    @BothDatabases
    void otherTokensShouldBeIgnoredAsBefore(TestDatabase database) {
        try (Waiting post = new Waiting(database)) {
            long reply = post.replies(OWNER, "0123456789012345678901234567890123456789", "", "accept\r\n");
            assertThat(post.flow.events(reply)).containsExactly("ignored");
            assertThat(post.answersTo(OWNER)).isEmpty();
        }
    }

    @BothDatabases
    void onlyTheTokensHashShouldBeStored(TestDatabase database) {
        try (Waiting post = new Waiting(database)) {
            assertThat(post.flow.sql.first(
                            "select token_sha256 from held_reply where posting_id = ?",
                            row -> row.getBytes(1),
                            post.posting))
                    .hasValueSatisfying(hash ->
                            assertThat(hash).hasSize(32).isNotEqualTo(post.token.getBytes(StandardCharsets.US_ASCII)));
        }
    }

    @BothDatabases
    void wordsForTheSenderShouldBeCarriedOutAndConfirmed(TestDatabase database) {
        try (Waiting post = new Waiting(database)) {
            post.replies(MODERATOR, post.token, "", "discard ban\r\n");
            assertThat(post.event()).isEqualTo("discarded");
            assertThat(post.flow.sql.list("select email from ban", row -> row.getString(1)))
                    .containsExactly(STRANGER);
            assertThat(post.answersTo(MODERATOR)).singleElement().asString().contains(STRANGER + " is banned");
        }
    }

    /** Two nodes take a moderator's mail each, while a third one presses the button. */
    @BothDatabases
    void ofMailsAndAPageAtTheSameTimeOneShouldDecide(TestDatabase database) throws Exception {
        try (Waiting post = new Waiting(database);
                FlowOnDatabase first = new FlowOnDatabase(database, spool);
                FlowOnDatabase second = new FlowOnDatabase(database, spool);
                FlowOnDatabase third = new FlowOnDatabase(database, spool)) {
            long request = post.flow
                    .heldMessages
                    .ofPosting(post.flow.list.getId(), post.posting)
                    .orElseThrow()
                    .requestId();
            List<QueueEntry> mails = List.of(
                    post.arrives(OWNER, OWNER, post.token, "", "accept\r\n"),
                    post.arrives(MODERATOR, MODERATOR, post.token, "", "reject no\r\n"));
            CyclicBarrier together = new CyclicBarrier(3);
            List<Callable<Object>> moderators = new ArrayList<>();
            for (FlowOnDatabase node : List.of(first, second)) {
                QueueEntry mail = mails.get(moderators.size());
                moderators.add(() -> {
                    together.await(60, TimeUnit.SECONDS);
                    return node.inTransaction(() -> node.commands.process(mail));
                });
            }
            moderators.add(() -> {
                together.await(60, TimeUnit.SECONDS);
                return third.inTransaction(
                        () -> third.heldMessages.discard(third.list.getId(), request, "page@example.com"));
            });
            ExecutorService threads = Executors.newFixedThreadPool(3);
            try {
                for (Future<Object> each : threads.invokeAll(moderators)) {
                    each.get(60, TimeUnit.SECONDS);
                }
            } finally {
                threads.shutdownNow();
            }
            assertThat(post.flow.events(post.posting)).hasSize(2);
            Map<String, String> who = Map.of("accepted", OWNER, "rejected", MODERATOR, "discarded", "page@example.com");
            String quickest = who.get(post.event());
            for (String moderator : List.of(OWNER, MODERATOR)) {
                assertThat(post.answersTo(moderator))
                        .singleElement()
                        .asString()
                        .contains(moderator.equals(quickest) ? "You have " : "By: " + quickest + "\r\n");
            }
        }
    }

    @BothDatabases
    void noticeOfAListWithALongNameShouldHaveAnAddressToAnswerToAllTheSame(TestDatabase database) {
        try (FlowOnDatabase flow = new FlowOnDatabase(database, spool)) {
            String token = "abcdefghijklmnopqrstuvwxyz";
            for (int length : List.of(29, 30, 50)) {
                MailingList list = flow.lists.aList("n".repeat(length) + "@lists.example.org");
                EmailAddress address = HeldReplies.address(list, token).orElseThrow();
                assertThat(address.local().length()).isLessThanOrEqualTo(64);
                assertThat(new ListRouter(flow.sql).route(address)).hasValueSatisfying(route -> {
                    assertThat(route.listId()).isEqualTo(list.getId());
                    assertThat(route.purpose()).isEqualTo(Route.Purpose.CONFIRM);
                    assertThat(route.subaddress()).isEqualTo(token);
                });
            }
        }
    }
}
