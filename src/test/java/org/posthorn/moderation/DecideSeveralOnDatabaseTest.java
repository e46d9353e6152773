package org.posthorn.moderation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.posthorn.pipeline.FlowOnDatabase.mail;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.posthorn.list.Action;
import org.posthorn.list.InvalidValueException;
import org.posthorn.list.Role;
import org.posthorn.list.RosterEntry;
import org.posthorn.list.TreatSender.Treatment;
import org.posthorn.moderation.DecideHeld.Choice;
import org.posthorn.moderation.DecideHeld.Decision;
import org.posthorn.moderation.DecideHeld.Result;
import org.posthorn.moderation.DecideSeveral.Outcome;
import org.posthorn.pipeline.FlowOnDatabase;
import org.posthorn.platform.actor.Acting;
import org.posthorn.platform.actor.Actor;
import org.posthorn.platform.actor.Via;
import org.posthorn.queue.QueueName;
import org.posthorn.testing.BothDatabases;
import org.posthorn.testing.TestDatabase;

/** What several decisions do, and what others do meanwhile. */
class DecideSeveralOnDatabaseTest {

    private static final String STRANGER = "stranger@example.org";

    @TempDir
    Path spool;

    /** Each decision in a transaction of its own, as the container's interceptor does it. */
    private static DecideSeveral several(FlowOnDatabase flow) {
        DecideHeld each = new DecideHeld() {
            @Override
            public Result decide(long listId, long requestId, Decision decision, String by) {
                return flow.inTransaction(() -> flow.deciding.decide(listId, requestId, decision, by));
            }
        };
        return new DecideSeveral(each, flow.forwarding, new HeldDecisions(flow.sql));
    }

    private static List<Long> held(FlowOnDatabase flow, int count) {
        for (int i = 0; i < count; i++) {
            flow.arrives(mail(STRANGER), STRANGER, "post");
        }
        flow.runAll(flow.moderation);
        return flow.heldMessages.page(flow.list.getId(), 0, 100).stream()
                .map(HeldMessage::requestId)
                .toList();
    }

    private static List<Result> decide(
            FlowOnDatabase flow, DecideSeveral several, List<Long> posts, Decision decision) {
        try (Acting.Bound bound = Acting.as(Actor.person(Via.CONSOLE, "mod@example.com", 7, false))) {
            return several.decide(flow.list.getId(), posts, decision, "mod@example.com").stream()
                    .map(Outcome::result)
                    .toList();
        }
    }

    @BothDatabases
    void whatCannotBeForwardedShouldLeaveAllPostsUndecided(TestDatabase database) {
        try (FlowOnDatabase flow = new FlowOnDatabase(database, spool)) {
            List<Long> posts = held(flow, 2);
            Decision decision = new Decision(Choice.DISCARD, "", Optional.empty(), false, List.of("nobody"));

            assertThatThrownBy(() -> decide(flow, several(flow), posts, decision))
                    .isInstanceOf(InvalidValueException.class);
            assertThat(flow.heldMessages.count(flow.list.getId())).isEqualTo(2);
        }
    }

    @BothDatabases
    void moderatorsShouldForwardSoManyAtOnceAndADayAndNoMore(TestDatabase database) {
        try (FlowOnDatabase flow = new FlowOnDatabase(database, spool)) {
            List<Long> posts = held(flow, 21);
            DecideSeveral several = several(flow);
            Decision toOne = new Decision(Choice.DEFER, "", Optional.empty(), false, List.of("zoe@example.com"));
            assertThatThrownBy(() -> decide(flow, several, posts, toOne)).hasMessageContaining("at most 20");
            List<String> nine = IntStream.range(0, 9)
                    .mapToObj(i -> "zoe" + i + "@example.com")
                    .toList();
            Decision toNine = new Decision(Choice.DEFER, "", Optional.empty(), false, nine);
            assertThat(decide(flow, several, posts.subList(0, 20), toNine))
                    .hasSize(20)
                    .containsOnly(Result.DONE);
            int sent = flow.queued(QueueName.VIRGIN).size();

            Decision discarding = new Decision(Choice.DISCARD, "", Optional.empty(), false, nine);
            assertThatThrownBy(() -> decide(flow, several, posts.subList(0, 3), discarding))
                    .as("27 where 20 are left")
                    .hasMessageContaining("at most 200 a day");
            assertThat(flow.heldMessages.count(flow.list.getId()))
                    .as("nothing was decided")
                    .isEqualTo(21);
            assertThat(decide(flow, several, posts.subList(0, 2), discarding)).containsOnly(Result.DONE);
            assertThatThrownBy(() -> flow.inTransaction(
                            () -> flow.forwarding.to(flow.list.getId(), posts.get(20), nine, "mod@example.com")))
                    .isInstanceOf(InvalidValueException.class);
            assertThat(flow.queued(QueueName.VIRGIN)).hasSize(sent + 18);
        }
    }

    /** Whoever enters the sender second finds that somebody else has done so. */
    @BothDatabases
    void twoWhoTreatOneSenderTogetherShouldBothDecide(TestDatabase database) throws Exception {
        try (FlowOnDatabase one = new FlowOnDatabase(database, spool);
                FlowOnDatabase other = new FlowOnDatabase(database, spool)) {
            for (int round = 0; round < 5; round++) {
                String sender = "newcomer" + round + "@example.org";
                for (int i = 0; i < 2; i++) {
                    one.arrives(mail(sender), sender, "post");
                }
                one.runAll(one.moderation);
                List<Long> posts = one.heldMessages.page(one.list.getId(), 0, 100).stream()
                        .map(HeldMessage::requestId)
                        .toList();
                assertThat(posts).hasSize(2);
                Decision decision = new Decision(Choice.DISCARD, "", Optional.of(Treatment.HOLD), false);
                CyclicBarrier together = new CyclicBarrier(2);
                List<Callable<List<Result>>> moderators = new ArrayList<>();
                for (FlowOnDatabase flow : List.of(one, other)) {
                    long post = posts.get(moderators.size());
                    moderators.add(() -> {
                        together.await(60, TimeUnit.SECONDS);
                        return decide(flow, several(flow), List.of(post), decision);
                    });
                }
                ExecutorService threads = Executors.newFixedThreadPool(2);
                try {
                    for (Future<List<Result>> each : threads.invokeAll(moderators)) {
                        assertThat(each.get(60, TimeUnit.SECONDS)).containsExactly(Result.DONE);
                    }
                } finally {
                    threads.shutdownNow();
                }
                assertThat(one.<Optional<Action>>inTransaction(() -> one.lists
                                .roster
                                .find(one.list.getId(), Role.NONMEMBER, sender)
                                .map(RosterEntry::moderationAction)))
                        .contains(Action.HOLD);
            }
        }
    }
}
