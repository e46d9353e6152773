package org.posthorn.moderation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.posthorn.pipeline.FlowOnDatabase.mail;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.posthorn.list.subscription.PendingRequests;
import org.posthorn.list.subscription.Wish;
import org.posthorn.pipeline.FlowOnDatabase;
import org.posthorn.platform.settings.SettingSource;
import org.posthorn.platform.settings.Settings;
import org.posthorn.platform.settings.TimeOfDay;
import org.posthorn.queue.QueueEntry;
import org.posthorn.queue.QueueName;
import org.posthorn.template.Outbox;
import org.posthorn.template.PublicPages;
import org.posthorn.template.Templates;
import org.posthorn.testing.BothDatabases;
import org.posthorn.testing.TestDatabase;

class RemindModeratorsTest {

    private static final Instant EIGHT = Instant.parse("2026-01-02T08:00:00Z"); // the posts come at 03:04
    private static final Duration DAY = Duration.ofDays(1);

    @TempDir
    Path spool;

    private static RemindModerators at(FlowOnDatabase flow, Instant now) {
        return at(flow, now, new TimeOfDay(LocalTime.of(8, 0), ZoneOffset.UTC));
    }

    private static RemindModerators at(FlowOnDatabase flow, Instant now, TimeOfDay time) {
        Clock clock = Clock.fixed(now, ZoneOffset.UTC);
        return new RemindModerators(flow.sql, time, clock, reminder(flow, clock));
    }

    /** Does what the container's interceptor does. */
    private static ModeratorReminder reminder(FlowOnDatabase flow, Clock clock) {
        return new ModeratorReminder(
                flow.sql,
                clock,
                flow.lists.lists,
                flow.heldMessages,
                new PendingRequests(flow.sql, flow.database().ids(), clock),
                new PublicPages(Settings.read(SettingSource.ofProcess())),
                new Templates(flow.templateTexts, flow.templates),
                new Outbox(flow.messages, flow.postings, flow.switchboard, flow.trace, clock)) {
            @Override
            public boolean send(long listId, LocalDate day) {
                return flow.database().inTransaction(() -> super.send(listId, day));
            }
        };
    }

    private static void configure(FlowOnDatabase flow, Map<String, Object> changes) {
        flow.lists.run(() -> flow.lists.listOperations.configure(flow.list.getId(), null, changes));
    }

    private static void held(FlowOnDatabase flow, String from, int count) {
        configure(flow, Map.of("admin_immed_notify", false, "respond_to_post_requests", false));
        for (int i = 0; i < count; i++) {
            flow.arrives(mail(from), from, "post");
        }
        flow.runAll(flow.moderation);
    }

    private static List<String> sent(FlowOnDatabase flow) {
        return flow.queued(QueueName.PIPELINE).stream()
                .filter(entry -> "owner".equals(entry.attributes().get("kind")))
                .map(QueueEntry::messageId)
                .map(flow::octets)
                .map(octets -> octets.replace("=\r\n", ""))
                .toList();
    }

    @BothDatabases
    void moderatorsShouldBeToldOnceADayWhatWaits(TestDatabase database) {
        try (FlowOnDatabase flow = new FlowOnDatabase(database, spool)) {
            held(flow, "stranger@example.org", 1);

            assertThat(at(flow, EIGHT.minusSeconds(1)).sendDue()).isZero();
            assertThat(at(flow, EIGHT.plusSeconds(60)).sendDue()).isEqualTo(1);
            assertThat(at(flow, EIGHT.plusSeconds(7200)).sendDue()).isZero();
            assertThat(sent(flow))
                    .singleElement()
                    .satisfies(mail -> assertThat(mail)
                            .contains(
                                    "To: " + flow.list.address("owner"),
                                    ": 1 waiting for a moderator",
                                    "Auto-Submitted: auto-generated",
                                    "From: stranger@example.org",
                                    "Subject: First light",
                                    "Reason: The message is not from a list member",
                                    "Waiting: 4 hours",
                                    "/manage/" + flow.list.getListId() + "/held"));

            assertThat(at(flow, EIGHT.plus(DAY)).sendDue()).isEqualTo(1);
            assertThat(sent(flow)).hasSize(2);
            assertThat(sent(flow).get(1)).contains("Waiting: a day");
        }
    }

    @BothDatabases
    void whatCameAfterTheHourShouldBeInTheNextDaysMail(TestDatabase database) {
        try (FlowOnDatabase flow = new FlowOnDatabase(database, spool)) {
            held(flow, "stranger@example.org", 1);
            flow.sql.update("update held_message set held_at = ?", EIGHT.plusSeconds(60));

            assertThat(at(flow, EIGHT.plusSeconds(3600)).sendDue()).isZero();
            assertThat(at(flow, EIGHT.plus(DAY)).sendDue()).isEqualTo(1);
        }
    }

    @BothDatabases
    void aNodeThatWasAwayAtTheHourShouldMakeUpForItEvenAfterMidnight(TestDatabase database) {
        try (FlowOnDatabase flow = new FlowOnDatabase(database, spool)) {
            held(flow, "stranger@example.org", 1);

            assertThat(at(flow, EIGHT.plus(Duration.ofHours(20))).sendDue()).isEqualTo(1);
            assertThat(at(flow, EIGHT.plus(DAY).minusSeconds(1)).sendDue()).isZero();
            assertThat(at(flow, EIGHT.plus(DAY)).sendDue()).isEqualTo(1);
        }
    }

    @BothDatabases
    void theHourShouldBeThatOfTheSitesZone(TestDatabase database) {
        try (FlowOnDatabase flow = new FlowOnDatabase(database, spool)) {
            held(flow, "stranger@example.org", 1);
            TimeOfDay inTokyo = new TimeOfDay(LocalTime.of(17, 0), ZoneId.of("Asia/Tokyo")); // 8:00 UTC

            assertThat(at(flow, EIGHT.minusSeconds(1), inTokyo).sendDue()).isZero();
            assertThat(at(flow, EIGHT, inTokyo).sendDue()).isEqualTo(1);
            assertThat(at(flow, EIGHT.plus(Duration.ofHours(8)), inTokyo).sendDue())
                    .isZero(); // the next day there
        }
    }

    @BothDatabases
    void moderatorsShouldBeToldAtOnceOnRequestButNotTwiceThatDay(TestDatabase database) {
        try (FlowOnDatabase flow = new FlowOnDatabase(database, spool)) {
            held(flow, "stranger@example.org", 1);

            assertThat(at(flow, FlowOnDatabase.NOW).sendNow()).isEqualTo(1);
            assertThat(at(flow, EIGHT.plusSeconds(60)).sendNow()).isZero();
            assertThat(at(flow, EIGHT.plusSeconds(60)).sendDue()).isZero();
        }
    }

    @BothDatabases
    void nothingShouldBeSentWhereNothingWaits(TestDatabase database) {
        try (FlowOnDatabase flow = new FlowOnDatabase(database, spool)) {
            held(flow, "stranger@example.org", 1);
            long request =
                    flow.heldMessages.page(flow.list.getId(), 0, 1).get(0).requestId();
            flow.inTransaction(() -> flow.heldMessages.discard(flow.list.getId(), request, "the owner"));

            assertThat(at(flow, EIGHT.plus(DAY)).sendDue()).isZero();
            assertThat(sent(flow)).isEmpty();
        }
    }

    @BothDatabases
    void theLongestWaitingShouldBeNamedAndTheRestCounted(TestDatabase database) {
        try (FlowOnDatabase flow = new FlowOnDatabase(database, spool)) {
            held(flow, "first@example.org", ModeratorReminder.NAMED);
            held(flow, "later@example.org", 3);

            assertThat(at(flow, EIGHT).sendDue()).isEqualTo(1);
            assertThat(sent(flow))
                    .singleElement()
                    .satisfies(mail -> assertThat(mail)
                            .contains("Held posts: 23", "first@example.org", "and 3 more")
                            .doesNotContain("later@example.org"));
        }
    }

    @BothDatabases
    void requestsThatWaitForAModeratorShouldBeNamedInTheListsLanguage(TestDatabase database) {
        try (FlowOnDatabase flow = new FlowOnDatabase(database, spool)) {
            configure(flow, Map.of("subscription_policy", "moderate", "preferred_language", "de"));
            Wish wish = new Wish("ann@example.com", null, "Ann", null, null, true, true, false, false, null);
            flow.inTransaction(() -> flow.lists.joining.join(flow.list.getId(), wish));

            assertThat(at(flow, EIGHT).sendDue()).isEqualTo(1);
            assertThat(sent(flow))
                    .singleElement()
                    .satisfies(mail -> assertThat(mail)
                            .contains("ann@example.com m=C3=B6chte beitreten (wartet seit: 4 Stunden)", "/requests")
                            .doesNotContain("Beitr=C3=A4ge"));
        }
    }

    @BothDatabases
    void ofNodesThatRemindTogetherOneShouldSend(TestDatabase database) throws Exception {
        try (FlowOnDatabase flow = new FlowOnDatabase(database, spool)) {
            held(flow, "stranger@example.org", 1);
            for (int day = 0; day < 4; day++) {
                RemindModerators node = at(flow, EIGHT.plus(DAY.multipliedBy(day)));
                CyclicBarrier together = new CyclicBarrier(3);
                List<Callable<Integer>> nodes = new ArrayList<>();
                for (int i = 0; i < 3; i++) {
                    nodes.add(() -> {
                        together.await(60, TimeUnit.SECONDS);
                        return node.sendDue();
                    });
                }
                ExecutorService threads = Executors.newFixedThreadPool(3);
                try {
                    int sent = 0;
                    for (Future<Integer> each : threads.invokeAll(nodes, 60, TimeUnit.SECONDS)) {
                        sent += each.get();
                    }
                    assertThat(sent).isEqualTo(1);
                } finally {
                    threads.shutdownNow();
                }
                assertThat(sent(flow)).hasSize(day + 1);
            }
        }
    }
}
