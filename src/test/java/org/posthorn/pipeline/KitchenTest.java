package org.posthorn.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.posthorn.pipeline.FlowOnDatabase.mail;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.io.TempDir;
import org.posthorn.list.Role;
import org.posthorn.mail.Octets;
import org.posthorn.pipeline.Ending.How;
import org.posthorn.pipeline.Ending.Why;
import org.posthorn.pipeline.Kitchen.Cooked;
import org.posthorn.queue.Posting;
import org.posthorn.queue.QueueEntry;
import org.posthorn.queue.QueueName;
import org.posthorn.queue.RuleMarks;
import org.posthorn.queue.runner.Stage.Outcome;
import org.posthorn.testing.BothDatabases;
import org.posthorn.testing.TestDatabase;

class KitchenTest {

    private static final Why WHY = new Why("type-forbidden", Map.of("type", "image/png"));

    @TempDir
    Path spool;

    private record Step(String name, Consumer<Draft> work) implements Handler {

        @Override
        public void handle(Draft draft) {
            work.accept(draft);
        }
    }

    /** Writes each octet of the body twice, into the spool. */
    private static void twice(Draft draft) {
        try (InputStream in = draft.body().open()) {
            CookedMessage scratch = draft.bench().scratch();
            for (int octet = in.read(); octet >= 0; octet = in.read()) {
                scratch.write(octet);
                scratch.write(octet);
            }
            draft.putBody(scratch::open);
            draft.note("doubled");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Cooked cook(FlowOnDatabase flow, String mail, List<Handler> handlers) {
        long posting = flow.accepted(mail);
        QueueEntry entry = flow.queued(QueueName.PIPELINE).get(0);
        return flow.inTransaction(
                () -> flow.kitchen.cook(flow.list, flow.posting(posting), entry.messageId(), RuleMarks.NONE, handlers));
    }

    @BothDatabases
    void aHandlerMayPutAnotherBodyInItsPlaceForThoseAfterItAndForWhatIsStored(TestDatabase database)
            throws IOException {
        try (FlowOnDatabase flow = new FlowOnDatabase(database, spool)) {
            flow.lists.aMember(flow.list, "poster@example.com", Role.MEMBER);
            String body = "abc".repeat(10_000);

            Cooked cooked = cook(
                    flow,
                    mail("poster@example.com") + body,
                    List.of(new Step("first", KitchenTest::twice), new Step("second", KitchenTest::twice)));

            assertThat(cooked.notes()).containsExactly("doubled", "doubled");
            String stored = flow.octets(cooked.dish().orElseThrow().messageId());
            assertThat(stored).hasSizeGreaterThan(4 * body.length());
            assertThat(stored.substring(0, 500)).contains("\r\n\r\nDDDDeeeeaaaarrrr");
            assertThat(stored.substring(stored.length() - 12)).isEqualTo("aaaabbbbcccc");
            assertThat(Files.list(spool)).as("given back").isEmpty();
        }
    }

    @BothDatabases
    void nothingShouldBeStoredAndNoHandlerCalledAfterOneHasEndedIt(TestDatabase database) {
        try (FlowOnDatabase flow = new FlowOnDatabase(database, spool)) {
            flow.lists.aMember(flow.list, "poster@example.com", Role.MEMBER);
            List<String> called = new ArrayList<>();
            long before = messages(flow);

            Cooked cooked = cook(
                    flow,
                    mail("poster@example.com"),
                    List.of(
                            new Step("first", draft -> draft.end(new Ending(How.DISCARDED, WHY))),
                            new Step("second", draft -> called.add("second"))));

            assertThat(cooked.dish()).isEmpty();
            assertThat(cooked.ending()).contains(new Ending(How.DISCARDED, WHY));
            assertThat(called).isEmpty();
            assertThat(messages(flow)).as("the post as it came").isEqualTo(before + 1);
        }
    }

    private static long messages(FlowOnDatabase flow) {
        return flow.sql
                .first("select count(*) from message", row -> row.getLong(1))
                .orElseThrow();
    }

    @BothDatabases
    void aListThatFiltersNothingShouldReadAMessageOnce(TestDatabase database) throws IOException {
        try (FlowOnDatabase flow = new FlowOnDatabase(database, spool)) {
            long posting = flow.accepted(mail("poster@example.com"));
            int[] opened = {0};
            Octets message = () -> {
                opened[0]++;
                return new ByteArrayInputStream(mail("poster@example.com").getBytes(StandardCharsets.US_ASCII));
            };
            try (Cooking cooking =
                    flow.kitchen.beginToSend(flow.list, flow.posting(posting), message, RuleMarks.NONE)) {
                assertThat(cooking.through(Pipelines.DEFAULT_POSTING)).isTrue();
                assertThat(new String(cooking.body().readAllBytes(), StandardCharsets.US_ASCII))
                        .isEqualTo("Dear list\r\n");
            }
            assertThat(opened[0]).isOne();
        }
    }

    @BothDatabases
    void whoLooksOnShouldSeeWhatEachHandlerMakesOfIt(TestDatabase database) throws IOException {
        try (FlowOnDatabase flow = new FlowOnDatabase(database, spool)) {
            long posting = flow.accepted(mail("poster@example.com"));
            Octets message = () -> new ByteArrayInputStream(
                    "From: a@example.com\nSubject: S\n\nApproved: secret\nHello\n".getBytes(StandardCharsets.US_ASCII));
            try (Cooking cooking = flow.kitchen.begin(flow.list, flow.posting(posting), message, RuleMarks.NONE)) {
                assertThat(written(cooking)).isEqualTo("From: a@example.com\r\nSubject: S\r\n\r\nHello\r\n");
                assertThat(cooking.through(List.of(new Step("first", KitchenTest::twice))))
                        .isTrue();
                assertThat(written(cooking)).startsWith("From: a@example.com\r\nSubject: S\r\n\r\nHHeelllloo");
                assertThat(cooking.through(Pipelines.DEFAULT_POSTING)).isTrue();
                assertThat(written(cooking)).contains("Subject: [Test] S", "\r\nHHeelllloo");
            }
        }
    }

    private static List<Long> numbers(FlowOnDatabase flow, boolean toSend, int posts) {
        List<Long> numbers = new ArrayList<>();
        long posting = flow.accepted(mail("poster@example.com"));
        Octets message =
                () -> new ByteArrayInputStream(mail("poster@example.com").getBytes(StandardCharsets.US_ASCII));
        for (int i = 0; i < posts; i++) {
            flow.inTransaction(() -> {
                Posting post = flow.posting(posting);
                try (Cooking cooking = toSend
                        ? flow.kitchen.beginToSend(flow.list, post, message, RuleMarks.NONE)
                        : flow.kitchen.begin(flow.list, post, message, RuleMarks.NONE)) {
                    Draft draft = cooking.draft();
                    numbers.add(draft.bench().number());
                    assertThat(draft.bench().number()).isEqualTo(numbers.get(numbers.size() - 1));
                }
                return null;
            });
        }
        return numbers;
    }

    @BothDatabases
    void eachPostShouldHaveANumberOfItsOwnAndWhoLooksOnShouldTakeNone(TestDatabase database) {
        try (FlowOnDatabase flow = new FlowOnDatabase(database, spool)) {
            assertThat(numbers(flow, false, 2)).containsExactly(1L, 1L);
            assertThat(numbers(flow, true, 2)).containsExactly(1L, 2L);
            assertThat(numbers(flow, false, 1)).containsExactly(3L);

            flow.inTransaction(() ->
                    flow.sql.update("update list_counter set post_id = ? where list_id = ?", 9, flow.list.getId()));
            assertThat(numbers(flow, false, 1))
                    .as("the list has had more posts")
                    .containsExactly(9L);
            assertThat(numbers(flow, true, 2)).containsExactly(9L, 10L);
        }
    }

    @BothDatabases
    void numberShouldBeGivenBackWhereThePostIsWorkedOnAgain(TestDatabase database) {
        try (FlowOnDatabase flow = new FlowOnDatabase(database, spool)) {
            assertThatThrownBy(() -> flow.inTransaction(() -> {
                        assertThat(flow.lists.counters.nextSubjectNumber(flow.list.getId()))
                                .isEqualTo(1);
                        throw new IllegalStateException("on purpose");
                    }))
                    .hasMessageContaining("on purpose");
            assertThat(numbers(flow, true, 1)).containsExactly(1L);
        }
    }

    private static String written(Cooking cooking) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        cooking.writeTo(out);
        return out.toString(StandardCharsets.UTF_8);
    }

    private record Ended(Outcome outcome, Posting posting) {}

    private static Ended end(FlowOnDatabase flow, String mail, How how) {
        long posting = flow.accepted(mail);
        QueueEntry entry = flow.queued(QueueName.PIPELINE).get(0);
        Outcome outcome = flow.inTransaction(() -> {
            Outcome came =
                    flow.endings.carryOut(flow.list, flow.posting(posting), entry.messageId(), new Ending(how, WHY));
            flow.entries.done(entry);
            return came;
        });
        return new Ended(outcome, flow.posting(posting));
    }

    @BothDatabases
    void aDiscardedPostShouldEndInSilence(TestDatabase database) {
        try (FlowOnDatabase flow = new FlowOnDatabase(database, spool)) {
            flow.lists.aMember(flow.list, "poster@example.com", Role.MEMBER);

            Ended ended = end(flow, mail("poster@example.com"), How.DISCARDED);

            assertThat(ended.outcome()).isEqualTo(new Outcome.Done());
            assertThat(ended.posting().outcome()).isEqualTo(Posting.Outcome.DISCARDED);
            assertThat(flow.detail(ended.posting().id(), "discarded")).contains("image/png");
            assertThat(flow.queued(QueueName.VIRGIN)).isEmpty();
        }
    }

    @BothDatabases
    void aRejectedPostsAuthorShouldBeToldWhyInTheirLanguageWithoutAPassword(TestDatabase database) {
        try (FlowOnDatabase flow = new FlowOnDatabase(database, spool)) {
            flow.lists.aMember(flow.list, "poster@example.com", Role.MEMBER);
            flow.lists.run(() -> flow.list.presentation().setPreferredLanguage("de"));

            Ended ended = end(flow, mail("poster@example.com", "X-Approved: secret"), How.REJECTED);

            assertThat(ended.posting().outcome()).isEqualTo(Posting.Outcome.REJECTED);
            List<QueueEntry> notices = flow.queued(QueueName.VIRGIN);
            assertThat(notices).hasSize(1);
            assertThat(notices.get(0).attributes()).containsEntry("recipient", "poster@example.com");
            assertThat(flow.octets(notices.get(0).messageId()))
                    .contains("Nachrichten vom Typ image/png", "Subject: First light")
                    .doesNotContain("secret");
        }
    }

    @BothDatabases
    void anAuthorWhoMustNotBeAnsweredShouldNotBe(TestDatabase database) {
        try (FlowOnDatabase flow = new FlowOnDatabase(database, spool)) {
            flow.lists.aMember(flow.list, "poster@example.com", Role.MEMBER);

            end(flow, mail("poster@example.com", "Auto-Submitted: auto-replied"), How.REJECTED);

            assertThat(flow.queued(QueueName.VIRGIN)).isEmpty();
        }
    }

    @BothDatabases
    void aForwardedPostShouldReachTheOwnersAndNobodyElse(TestDatabase database) {
        try (FlowOnDatabase flow = new FlowOnDatabase(database, spool)) {
            flow.lists.aMember(flow.list, "poster@example.com", Role.MEMBER);
            flow.lists.aMember(flow.list, "owner@example.net", Role.OWNER);

            Ended ended = end(flow, mail("poster@example.com", "X-Approved: secret"), How.FORWARDED);
            assertThat(ended.posting().outcome()).isEqualTo(Posting.Outcome.DISCARDED);
            flow.runAll(flow.pipeline);

            List<QueueEntry> out = flow.queued(QueueName.OUT);
            assertThat(flow.recipients(out)).containsExactly("owner@example.net");
            assertThat(flow.octets(out.get(0).messageId()))
                    .contains("The list does not allow messages of the type image/png.", "Dear list")
                    .doesNotContain("secret");
        }
    }

    @BothDatabases
    void aPreservedPostShouldBeKeptAsBad(TestDatabase database) {
        try (FlowOnDatabase flow = new FlowOnDatabase(database, spool)) {
            flow.lists.aMember(flow.list, "poster@example.com", Role.MEMBER);

            Ended ended = end(flow, mail("poster@example.com"), How.PRESERVED);

            assertThat(ended.outcome())
                    .isEqualTo(new Outcome.Bad("The list does not allow messages of the type image/png."));
            assertThat(ended.posting().outcome()).isNull();
        }
    }
}
