package org.posthorn.moderation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.posthorn.pipeline.FlowOnDatabase.mail;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.posthorn.list.MailingList;
import org.posthorn.pipeline.FlowOnDatabase;
import org.posthorn.testing.BothDatabases;
import org.posthorn.testing.TestDatabase;

class HeldDecisionsTest {

    @TempDir
    Path spool;

    @BothDatabases
    void whatWasDecidedShouldBeToldToTheSecondModerator(TestDatabase database) {
        try (FlowOnDatabase flow = new FlowOnDatabase(database, spool)) {
            MailingList other = flow.lists.aList("other@lists.example.org");
            long posting = flow.arrives(mail("stranger@example.org"), "stranger@example.org", "post");
            flow.runAll(flow.moderation);
            long request = flow.sql
                    .first("select max(request_id) from held_message", row -> row.getLong(1))
                    .orElseThrow();
            HeldDecisions decisions = new HeldDecisions(flow.sql);
            assertThat(decisions.of(flow.list.getId(), posting))
                    .as("it is held, which is no decision")
                    .isEmpty();

            flow.inTransaction(() -> flow.heldMessages.discard(flow.list.getId(), request, "ann@example.com"));

            assertThat(decisions.of(flow.list.getId(), posting)).hasValueSatisfying(decision -> {
                assertThat(decision.event()).isEqualTo("discarded");
                assertThat(decision.detail()).contains("ann@example.com");
                assertThat(decision.at()).isEqualTo(FlowOnDatabase.NOW);
            });
            assertThat(decisions.of(other.getId(), posting)).isEmpty();
            assertThat(decisions.of(flow.list.getId(), 4711)).isEmpty();
        }
    }

    @BothDatabases
    void lastDecisionShouldCountWhereThereAreSeveral(TestDatabase database) {
        try (FlowOnDatabase flow = new FlowOnDatabase(database, spool)) {
            long posting = flow.arrives(mail("stranger@example.org"), "stranger@example.org", "post");
            String[] events = {"accepted", "rejected", "posted"};
            for (int i = 0; i < events.length; i++) {
                flow.sql.update(
                        "insert into trace_event (id, posting_id, at, node, queue, event, detail) values (?, ?, ?, 'n1', 'IN', ?, 'by ann')",
                        5_000_000L + i,
                        posting,
                        FlowOnDatabase.NOW.plusSeconds(60 + i),
                        events[i]);
            }

            assertThat(new HeldDecisions(flow.sql).of(flow.list.getId(), posting))
                    .hasValueSatisfying(decision -> assertThat(decision.event()).isEqualTo("rejected"));
        }
    }
}
