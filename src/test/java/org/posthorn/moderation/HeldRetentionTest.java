package org.posthorn.moderation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.posthorn.pipeline.FlowOnDatabase.mail;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.posthorn.list.InvalidValueException;
import org.posthorn.pipeline.FlowOnDatabase;
import org.posthorn.platform.audit.AuditEntry;
import org.posthorn.queue.Posting;
import org.posthorn.queue.QueueName;
import org.posthorn.testing.BothDatabases;
import org.posthorn.testing.TestDatabase;

class HeldRetentionTest {

    @TempDir
    Path spool;

    private static HeldMessage aHeldPost(FlowOnDatabase flow) {
        flow.arrives(mail("Stranger <stranger@example.org>"), "stranger@example.org", "post");
        flow.runAll(flow.moderation);
        List<HeldMessage> page = flow.heldMessages.page(flow.list.getId(), 0, 10);
        return page.get(page.size() - 1);
    }

    private static int discarded(FlowOnDatabase flow, TestDatabase database, int siteDays, int daysLater, int most) {
        Clock later = Clock.fixed(FlowOnDatabase.NOW.plus(Duration.ofDays(daysLater)), ZoneOffset.UTC);
        HeldRetention retention = new HeldRetention(flow.sql, later, flow.fates, flow.lists.audit, siteDays);
        return database.inTransaction(() -> retention.discard(most));
    }

    @BothDatabases
    void aPostThatNobodyDecidesAboutShouldEndAsDiscardedWithATraceAndAnAuditEntry(TestDatabase database) {
        try (FlowOnDatabase flow = new FlowOnDatabase(database, spool)) {
            HeldMessage held = aHeldPost(flow);
            int notices = flow.queued(QueueName.VIRGIN).size();

            assertThat(discarded(flow, database, 30, 30, 10)).isZero();
            assertThat(discarded(flow, database, 30, 31, 10)).isEqualTo(1);

            assertThat(flow.heldMessages.count(flow.list.getId())).isZero();
            assertThat(flow.events(held.postingId())).containsExactly("held", "discarded");
            assertThat(flow.posting(held.postingId()).outcome()).isEqualTo(Posting.Outcome.DISCARDED);
            assertThat(flow.queued(QueueName.VIRGIN))
                    .as("its author is told nothing")
                    .hasSize(notices);
            AuditEntry entry = database.audited().stream()
                    .filter(one -> one.action().equals("expire"))
                    .findFirst()
                    .orElseThrow();
            assertThat(entry.details()).contains("posts=1");
            assertThat(entry.subject().listId()).isEqualTo(flow.list.getId());
        }
    }

    @BothDatabases
    void theListsOwnTimeShouldRuleWhereItIsLess(TestDatabase database) {
        try (FlowOnDatabase flow = new FlowOnDatabase(database, spool)) {
            aHeldPost(flow);
            flow.lists.run(
                    () -> flow.lists.listOperations.configure(flow.list.getId(), null, Map.of("max_days_to_hold", 5)));

            assertThat(discarded(flow, database, 0, 5, 10)).isZero();
            assertThat(discarded(flow, database, 0, 6, 10)).isEqualTo(1);
        }
    }

    @BothDatabases
    void withoutAnyTimeSetAPostShouldWaitForEver(TestDatabase database) {
        try (FlowOnDatabase flow = new FlowOnDatabase(database, spool)) {
            aHeldPost(flow);

            assertThat(discarded(flow, database, 0, 30_000, 10)).isZero();
            assertThat(flow.heldMessages.count(flow.list.getId())).isEqualTo(1);
        }
    }

    @BothDatabases
    void aTimeBeyondAllDatesShouldBeRefusedAndOneThatIsStoredShouldBeBounded(TestDatabase database) {
        try (FlowOnDatabase flow = new FlowOnDatabase(database, spool)) {
            aHeldPost(flow);
            assertThatThrownBy(() -> flow.lists.run(() -> flow.lists.listOperations.configure(
                            flow.list.getId(), null, Map.of("max_days_to_hold", 36_501))))
                    .isInstanceOf(InvalidValueException.class);
            flow.sql.update("update mailing_list set max_days_to_hold = ?", Integer.MAX_VALUE);

            assertThat(discarded(flow, database, 0, 30_000, 10)).isZero();
            assertThat(discarded(flow, database, 0, 36_501, 10)).isEqualTo(1);
        }
    }

    @BothDatabases
    void noMoreShouldGoAtOnceThanAskedFor(TestDatabase database) {
        try (FlowOnDatabase flow = new FlowOnDatabase(database, spool)) {
            aHeldPost(flow);
            aHeldPost(flow);
            aHeldPost(flow);

            assertThat(discarded(flow, database, 7, 8, 2)).isEqualTo(2);
            assertThat(discarded(flow, database, 7, 8, 2)).isEqualTo(1);
        }
    }
}
