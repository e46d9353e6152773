package org.posthorn.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.posthorn.pipeline.FlowOnDatabase.mail;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.posthorn.pipeline.FlowOnDatabase;
import org.posthorn.queue.MessageSource;
import org.posthorn.queue.NewEntry;
import org.posthorn.queue.NewPosting;
import org.posthorn.queue.Posting;
import org.posthorn.queue.QueueName;
import org.posthorn.testing.BothDatabases;
import org.posthorn.testing.TestDatabase;

class AutoresponderTest {

    private static final String ANN = "ann@example.org";

    @TempDir
    Path spool;

    private FlowOnDatabase flow(TestDatabase database, Map<String, ?> settings) {
        FlowOnDatabase flow = new FlowOnDatabase(database, spool);
        flow.lists.run(() -> flow.lists.listOperations.configure(flow.list.getId(), null, settings));
        return flow;
    }

    private static long writes(FlowOnDatabase flow, String reversePath, String kind, String... fields) {
        long posting = flow.arrives(mail(ANN, fields), reversePath, kind);
        flow.runAll(flow.moderation);
        return posting;
    }

    private static long asks(FlowOnDatabase flow, String command) {
        long posting = flow.inTransaction(() -> {
            MessageSource source = MessageSource.of(mail(ANN).getBytes(StandardCharsets.UTF_8));
            long message = flow.messages.store(source);
            long opened = flow.postings.open(new NewPosting(
                    flow.list.getId(),
                    "test-" + command + "@lists.example.org",
                    QueueName.COMMAND,
                    "<c@example.org>",
                    ANN,
                    "",
                    source.sizeBytes(),
                    FlowOnDatabase.NOW));
            flow.switchboard.enqueue(NewEntry.of(
                    QueueName.COMMAND,
                    flow.list.getId(),
                    opened,
                    message,
                    Map.of("sender", ANN, "command", command),
                    FlowOnDatabase.NOW,
                    FlowOnDatabase.NOW));
            return opened;
        });
        flow.runAll(flow.commands);
        return posting;
    }

    private static List<String> answers(FlowOnDatabase flow) {
        return flow.queued(QueueName.VIRGIN).stream()
                .map(entry -> flow.octets(entry.messageId()).replace("=\r\n", ""))
                .filter(mail -> mail.contains("Subject: Automatic answer of the mailing list"))
                .toList();
    }

    @BothDatabases
    void mailToTheOwnersShouldBeAnsweredAndGoOn(TestDatabase database) {
        try (FlowOnDatabase flow = flow(
                database,
                Map.of(
                        "autorespond_owner", "respond_and_continue",
                        "autoresponse_owner_text", "The owners of $listname are away."))) {
            long posting = writes(flow, ANN, "owner");
            assertThat(answers(flow))
                    .singleElement()
                    .asString()
                    .contains(
                            "To: " + ANN,
                            "From: test-owner@lists.example.org",
                            "Auto-Submitted: auto-replied",
                            "The owners of test@lists.example.org are away.");
            assertThat(flow.events(posting)).containsExactly("accepted");
            writes(flow, ANN, "post");
            assertThat(answers(flow)).as("posts are another matter").hasSize(1);
        }
    }

    @BothDatabases
    void postShouldBeAnsweredAndDiscardedWhereTheListSaysSo(TestDatabase database) {
        try (FlowOnDatabase flow = flow(
                database,
                Map.of(
                        "autorespond_postings", "respond_and_discard",
                        "autoresponse_postings_text", "This list is closed."))) {
            long first = writes(flow, ANN, "post");
            long second = writes(flow, ANN, "post");
            assertThat(answers(flow)).singleElement().asString().contains("This list is closed.");
            for (long posting : new long[] {first, second}) {
                assertThat(flow.events(posting)).containsExactly("discarded");
                assertThat(flow.posting(posting).outcome()).isEqualTo(Posting.Outcome.DISCARDED);
            }
            assertThat(flow.heldMessages.count(flow.list.getId())).isZero();
        }
    }

    @BothDatabases
    void mailToTheRobotShouldBeAnsweredButNotToConfirm(TestDatabase database) {
        try (FlowOnDatabase flow = flow(
                database,
                Map.of(
                        "autorespond_requests", "respond_and_discard",
                        "autoresponse_request_text", "Write to $owner_email."))) {
            long confirm = asks(flow, "confirm");
            assertThat(answers(flow)).isEmpty();
            assertThat(flow.events(confirm)).containsExactly("ignored");
            long request = asks(flow, "request");
            assertThat(answers(flow)).singleElement().asString().contains("Write to test-owner@lists.example.org.");
            assertThat(flow.events(request)).containsExactly("discarded");
        }
    }

    @BothDatabases
    void secondAnswerShouldWaitForTheGracePeriodAndItsNoteBeForgotten(TestDatabase database) {
        try (FlowOnDatabase flow = flow(
                database,
                Map.of(
                        "autorespond_owner", "respond_and_continue",
                        "autoresponse_owner_text", "Away.",
                        "autoresponse_grace_period", "2d"))) {
            writes(flow, ANN, "owner");
            flow.lists.clock.forward(Duration.ofHours(47));
            writes(flow, ANN, "owner");
            assertThat(answers(flow)).hasSize(1);
            assertThat(flow.<Integer>inTransaction(() -> flow.autoresponder.forget(10)))
                    .isZero();
            flow.lists.clock.forward(Duration.ofHours(1));
            writes(flow, ANN, "owner");
            assertThat(answers(flow)).hasSize(2);
            flow.lists.clock.forward(Duration.ofHours(49));
            assertThat(flow.<Integer>inTransaction(() -> flow.autoresponder.forget(10)))
                    .isEqualTo(1);
        }
    }

    @BothDatabases
    void withoutAGracePeriodThereShouldBeTenAnswersADay(TestDatabase database) {
        try (FlowOnDatabase flow = flow(
                database,
                Map.of(
                        "autorespond_owner", "respond_and_continue",
                        "autoresponse_owner_text", "Away.",
                        "autoresponse_grace_period", "0d"))) {
            for (int i = 0; i < 12; i++) {
                writes(flow, ANN, "owner");
            }
            assertThat(answers(flow)).hasSize(10);
        }
    }

    @BothDatabases
    void machinesTheListItselfAndTheBannedShouldGetNoAnswer(TestDatabase database) {
        try (FlowOnDatabase flow = flow(
                database, Map.of("autorespond_owner", "respond_and_continue", "autoresponse_owner_text", "Away."))) {
            flow.lists.run(() -> flow.lists.banOperations.ban(flow.list.getId(), "banned@example.org"));
            writes(flow, "", "owner");
            writes(flow, ANN, "owner", "Precedence: list");
            writes(flow, ANN, "owner", "Auto-Submitted: auto-generated");
            writes(flow, ANN, "owner", "X-Ack: No");
            writes(flow, "mailer-daemon@example.org", "owner");
            writes(flow, FlowOnDatabase.LIST, "owner");
            writes(flow, "test-owner@lists.example.org", "owner");
            writes(flow, "banned@example.org", "owner");
            assertThat(answers(flow)).isEmpty();
        }
    }

    @BothDatabases
    void emptyTextShouldAnswerNothing(TestDatabase database) {
        try (FlowOnDatabase flow = flow(database, Map.of("autorespond_owner", "respond_and_continue"))) {
            writes(flow, ANN, "owner");
            assertThat(answers(flow)).isEmpty();
        }
    }
}
