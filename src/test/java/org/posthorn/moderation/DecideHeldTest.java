package org.posthorn.moderation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.posthorn.pipeline.FlowOnDatabase.mail;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.posthorn.list.Action;
import org.posthorn.list.InvalidValueException;
import org.posthorn.list.Role;
import org.posthorn.list.RosterEntry;
import org.posthorn.list.TreatSender.Treatment;
import org.posthorn.moderation.DecideHeld.Choice;
import org.posthorn.moderation.DecideHeld.Decision;
import org.posthorn.moderation.DecideHeld.Result;
import org.posthorn.pipeline.FlowOnDatabase;
import org.posthorn.platform.actor.Acting;
import org.posthorn.platform.actor.Actor;
import org.posthorn.platform.actor.Via;
import org.posthorn.queue.QueueEntry;
import org.posthorn.queue.QueueName;
import org.posthorn.testing.BothDatabases;
import org.posthorn.testing.TestDatabase;

class DecideHeldTest {

    private static final String STRANGER = "stranger@example.org";
    private static final Actor MODERATOR = Actor.person(Via.CONSOLE, "mod@example.com", 7, false);

    @TempDir
    Path spool;

    private static HeldMessage aHeldPost(FlowOnDatabase flow, String from) {
        flow.arrives(mail(from), from, "post");
        flow.runAll(flow.moderation);
        List<HeldMessage> page = flow.heldMessages.page(flow.list.getId(), 0, 100);
        return page.get(page.size() - 1);
    }

    private static Result decide(
            FlowOnDatabase flow, HeldMessage post, Choice choice, Treatment always, boolean preserve) {
        return decide(flow, post, new Decision(choice, "", Optional.ofNullable(always), preserve));
    }

    private static Result decide(FlowOnDatabase flow, HeldMessage post, Decision decision) {
        try (Acting.Bound bound = Acting.as(MODERATOR)) {
            return flow.inTransaction(
                    () -> flow.deciding.decide(flow.list.getId(), post.requestId(), decision, "mod@example.com"));
        }
    }

    private static Optional<Action> action(FlowOnDatabase flow, Role role, String email) {
        return flow.inTransaction(
                () -> flow.lists.roster.find(flow.list.getId(), role, email).map(RosterEntry::moderationAction));
    }

    private static List<String> audited(FlowOnDatabase flow, String action) {
        return flow.database().audited().stream()
                .filter(entry -> entry.action().equals(action))
                .map(entry -> entry.actor() + " " + entry.details().orElse(""))
                .toList();
    }

    @BothDatabases
    void strangerShouldBecomeAKnownNonmemberWhoIsTreatedSo(TestDatabase database) {
        try (FlowOnDatabase flow = new FlowOnDatabase(database, spool)) {
            HeldMessage first = aHeldPost(flow, STRANGER);
            assertThat(decide(flow, first, Choice.ACCEPT, Treatment.ACCEPT, false))
                    .isEqualTo(Result.DONE);
            assertThat(action(flow, Role.NONMEMBER, STRANGER)).contains(Action.ACCEPT);
            assertThat(audited(flow, "treat-sender"))
                    .singleElement()
                    .asString()
                    .startsWith("mod@example.com request=" + first.requestId())
                    .contains("sender=" + STRANGER, "accept");

            long next = flow.arrives(mail(STRANGER), STRANGER, "post");
            flow.runAll(flow.moderation);
            assertThat(flow.events(next)).containsExactly("accepted");
        }
    }

    @BothDatabases
    void memberShouldGetAnActionOfTheirOwn(TestDatabase database) {
        try (FlowOnDatabase flow = new FlowOnDatabase(database, spool)) {
            flow.lists.aMember(flow.list, "ann@example.com", Role.MEMBER);
            flow.lists.run(() -> flow.lists.listOperations.configure(
                    flow.list.getId(), null, java.util.Map.of("default_member_action", "hold")));
            HeldMessage post = aHeldPost(flow, "ann@example.com");
            assertThat(decide(flow, post, Choice.DEFER, Treatment.DISCARD, false))
                    .isEqualTo(Result.DONE);
            assertThat(action(flow, Role.MEMBER, "ann@example.com")).contains(Action.DISCARD);
            assertThat(action(flow, Role.NONMEMBER, "ann@example.com")).isEmpty();
            assertThat(flow.heldMessages.count(flow.list.getId()))
                    .as("it still waits")
                    .isEqualTo(1);
        }
    }

    @BothDatabases
    void banShouldKeepTheSenderOut(TestDatabase database) {
        try (FlowOnDatabase flow = new FlowOnDatabase(database, spool)) {
            HeldMessage first = aHeldPost(flow, STRANGER);
            HeldMessage second = aHeldPost(flow, STRANGER);
            assertThat(decide(flow, first, Choice.DISCARD, Treatment.BAN, false))
                    .isEqualTo(Result.DONE);
            assertThat(decide(flow, second, Choice.DISCARD, Treatment.BAN, false))
                    .isEqualTo(Result.DONE);
            assertThat(flow.<Boolean>inTransaction(
                            () -> flow.lists.banOperations.isBanned(flow.list.getId(), STRANGER)))
                    .isTrue();
            assertThat(flow.sql.list("select email from ban", row -> row.getString(1)))
                    .containsExactly(STRANGER);
        }
    }

    @BothDatabases
    void banShouldMeetTheSenderAloneWhoseAddressLooksLikeAPattern(TestDatabase database) {
        try (FlowOnDatabase flow = new FlowOnDatabase(database, spool)) {
            for (String sender : List.of("^|a@evil.example", "^+a@evil.example")) {
                assertThat(decide(flow, aHeldPost(flow, sender), Choice.DISCARD, Treatment.BAN, false))
                        .isEqualTo(Result.DONE);
                assertThat(flow.<Boolean>inTransaction(
                                () -> flow.lists.banOperations.isBanned(flow.list.getId(), sender)))
                        .isTrue();
            }
            assertThat(flow.<Boolean>inTransaction(
                            () -> flow.lists.banOperations.isBanned(flow.list.getId(), STRANGER)))
                    .isFalse();
        }
    }

    @BothDatabases
    void whoComesSecondShouldNotChangeTheTreatmentEither(TestDatabase database) {
        try (FlowOnDatabase flow = new FlowOnDatabase(database, spool)) {
            HeldMessage post = aHeldPost(flow, STRANGER);
            assertThat(decide(flow, post, Choice.ACCEPT, null, false)).isEqualTo(Result.DONE);
            assertThat(decide(flow, post, Choice.DISCARD, Treatment.BAN, true)).isEqualTo(Result.GONE);
            assertThat(flow.sql.list("select email from ban", row -> row.getString(1)))
                    .isEmpty();
            assertThat(flow.queued(QueueName.BAD)).isEmpty();
            assertThat(new HeldDecisions(flow.sql).ofRequest(flow.list.getId(), post.requestId()))
                    .hasValueSatisfying(decision -> {
                        assertThat(decision.event()).isEqualTo("accepted");
                        assertThat(decision.by()).isEqualTo("mod@example.com");
                    });
            assertThat(new HeldDecisions(flow.sql).ofRequest(flow.list.getId() + 1, post.requestId()))
                    .isEmpty();
        }
    }

    /** Else somebody could accept the post while another, who lets it wait, bans its sender. */
    @BothDatabases
    void whatIsDoneWhileAPostGoesOnWaitingShouldHoldUpOtherDecisions(TestDatabase database) {
        try (FlowOnDatabase flow = new FlowOnDatabase(database, spool)) {
            HeldMessage post = aHeldPost(flow, STRANGER);
            flow.lists.run(() -> {
                assertThat(flow.deciding.decide(
                                flow.list.getId(),
                                post.requestId(),
                                new Decision(Choice.DEFER, "", Optional.of(Treatment.BAN), false),
                                "mod@example.com"))
                        .isEqualTo(Result.DONE);
                assertThatThrownBy(() -> CompletableFuture.supplyAsync(() -> taken(database, post))
                                .join())
                        .hasCauseInstanceOf(RuntimeException.class);
            });
            assertThat(taken(database, post)).isEqualTo(post.requestId());
        }
    }

    private static long taken(TestDatabase database, HeldMessage post) {
        return database.inTransaction(() -> database.sql()
                .first(
                        "select request_id from held_message where request_id = ? for update nowait",
                        row -> row.getLong(1),
                        post.requestId())
                .orElseThrow());
    }

    @BothDatabases
    void whatIsDiscardedShouldBeKeptOnRequest(TestDatabase database) {
        try (FlowOnDatabase flow = new FlowOnDatabase(database, spool)) {
            HeldMessage post = aHeldPost(flow, STRANGER);
            assertThat(decide(flow, post, Choice.DISCARD, null, true)).isEqualTo(Result.DONE);
            QueueEntry kept = flow.queued(QueueName.BAD).get(0);
            assertThat(kept.messageId()).isEqualTo(post.messageId());
            assertThat(flow.events(post.postingId())).containsExactly("held", "discarded", "preserved");

            assertThat(flow.<Boolean>inTransaction(() -> flow.entries.unshunt(kept, FlowOnDatabase.NOW)))
                    .isTrue();
            flow.runAll(flow.moderation);
            assertThat(flow.heldMessages.count(flow.list.getId()))
                    .as("put back, it is judged again")
                    .isEqualTo(1);
        }
    }

    @BothDatabases
    void ofModeratorsWhoDecideTogetherOneShouldDecideAndTheOthersLearnWho(TestDatabase database) throws Exception {
        try (FlowOnDatabase flow = new FlowOnDatabase(database, spool)) {
            for (int round = 0; round < 5; round++) {
                HeldMessage post = aHeldPost(flow, STRANGER);
                CyclicBarrier together = new CyclicBarrier(3);
                List<Callable<Result>> moderators = new ArrayList<>();
                for (Choice choice : List.of(Choice.ACCEPT, Choice.REJECT, Choice.DISCARD)) {
                    moderators.add(() -> {
                        String by = choice.name().toLowerCase(java.util.Locale.ROOT) + "@example.com";
                        try (Acting.Bound bound = Acting.as(Actor.person(Via.REST, by, 7, false))) {
                            together.await(60, TimeUnit.SECONDS);
                            return database.inTransaction(() -> flow.deciding.decide(
                                    flow.list.getId(), post.requestId(), Decision.of(choice, "no"), by));
                        }
                    });
                }
                List<Result> results = new ArrayList<>();
                ExecutorService threads = Executors.newFixedThreadPool(3);
                try {
                    for (Future<Result> each : threads.invokeAll(moderators)) {
                        results.add(each.get(60, TimeUnit.SECONDS));
                    }
                } finally {
                    threads.shutdownNow();
                }
                assertThat(results).containsExactlyInAnyOrder(Result.DONE, Result.GONE, Result.GONE);
                Choice first =
                        List.of(Choice.ACCEPT, Choice.REJECT, Choice.DISCARD).get(results.indexOf(Result.DONE));
                assertThat(flow.events(post.postingId())).hasSize(2);
                assertThat(new HeldDecisions(flow.sql).ofRequest(flow.list.getId(), post.requestId()))
                        .map(HeldDecisions.Decision::by)
                        .contains(first.name().toLowerCase(java.util.Locale.ROOT) + "@example.com");
            }
        }
    }

    @BothDatabases
    void othersShouldSeeWhatIsDecidedAndOnlyThen(TestDatabase database) {
        try (FlowOnDatabase flow = new FlowOnDatabase(database, spool)) {
            HeldMessage post = aHeldPost(flow, STRANGER);
            Decision decision = new Decision(Choice.DISCARD, "", Optional.empty(), false, List.of("zoe@example.com"));
            int before = flow.queued(QueueName.VIRGIN).size();
            for (Result expected : List.of(Result.DONE, Result.GONE)) {
                assertThat(decide(flow, post, decision)).isEqualTo(expected);
                List<QueueEntry> sent = flow.queued(QueueName.VIRGIN);
                assertThat(sent).hasSize(before + 1);
                assertThat(sent.get(before).attributes()).containsEntry("recipient", "zoe@example.com");
            }
            assertThat(flow.events(post.postingId())).containsExactly("held", "discarded", "forwarded");
        }
    }

    @BothDatabases
    void addressThatIsNoneShouldLeaveThePostUndecided(TestDatabase database) {
        try (FlowOnDatabase flow = new FlowOnDatabase(database, spool)) {
            HeldMessage post = aHeldPost(flow, STRANGER);
            Decision decision = new Decision(Choice.DISCARD, "", Optional.empty(), false, List.of("nobody"));
            assertThatThrownBy(() -> decide(flow, post, decision)).isInstanceOf(InvalidValueException.class);
            assertThat(flow.heldMessages.count(flow.list.getId())).isEqualTo(1);
        }
    }
}
