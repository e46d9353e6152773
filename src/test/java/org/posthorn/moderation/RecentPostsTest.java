package org.posthorn.moderation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.posthorn.pipeline.FlowOnDatabase.NOW;
import static org.posthorn.pipeline.FlowOnDatabase.mail;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.posthorn.pipeline.FlowOnDatabase;
import org.posthorn.queue.Posting;
import org.posthorn.testing.BothDatabases;
import org.posthorn.testing.TestDatabase;

class RecentPostsTest {

    private static final String ANN = "ann@example.com";

    @TempDir
    Path spool;

    private static void limit(FlowOnDatabase flow, int posts) {
        flow.lists.run(() -> flow.lists.listOperations.configure(
                flow.list.getId(), null, Map.of("member_verbosity_threshold", posts, "member_verbosity_interval", 60)));
    }

    private static long count(FlowOnDatabase flow, Posting of, String... senders) {
        return flow.inTransaction(() -> new RecentPosts(flow.sql)
                .of(flow.lists.lists.byId(flow.list.getId()).orElseThrow(), List.of(senders), of));
    }

    @BothDatabases
    void onlyTheSendersOwnPostsOfTheIntervalUpToThisOneShouldCount(TestDatabase database) {
        try (FlowOnDatabase flow = new FlowOnDatabase(database, spool)) {
            limit(flow, 3);
            long first = flow.arrives(mail("Ann <ann@example.com>"), "Ann@example.com", "post");
            flow.arrives(mail("Bob <bob@example.net>"), "bob@example.net", "post");
            long second = flow.arrives(mail("Ann <ann@example.com>"), ANN, "post");

            assertThat(count(flow, flow.posting(first), ANN)).isEqualTo(1);
            assertThat(count(flow, flow.posting(second), ANN)).isEqualTo(2);
            assertThat(count(flow, flow.posting(second), "bob@example.net", ANN))
                    .isEqualTo(3);

            flow.inTransaction(() ->
                    flow.sql.update("update posting set received_at = ? where id = ?", NOW.minusSeconds(60), first));
            assertThat(count(flow, flow.posting(second), ANN))
                    .as("the first one is a minute old")
                    .isEqualTo(1);
        }
    }

    @BothDatabases
    void mailToTheOwnersShouldNotCountNorAFloodToItsEnd(TestDatabase database) {
        try (FlowOnDatabase flow = new FlowOnDatabase(database, spool)) {
            limit(flow, 3);
            long first = flow.arrives(mail("Ann <ann@example.com>"), ANN, "post");
            long second = flow.arrives(mail("Ann <ann@example.com>"), ANN, "post");
            flow.inTransaction(() -> flow.sql.update(
                    "update posting set recipient = ? where id = ?", "Test-Owner@lists.example.org", first));
            assertThat(count(flow, flow.posting(second), ANN)).isEqualTo(1);

            long last = second;
            for (int i = 0; i < 110; i++) {
                last = flow.arrives(mail("Ann <ann@example.com>"), ANN, "post");
            }
            assertThat(count(flow, flow.posting(last), ANN)).isEqualTo(103);
        }
    }

    @BothDatabases
    void listWithoutALimitShouldCountNothing(TestDatabase database) {
        try (FlowOnDatabase flow = new FlowOnDatabase(database, spool)) {
            long post = flow.arrives(mail("Ann <ann@example.com>"), ANN, "post");

            assertThat(count(flow, flow.posting(post), ANN)).isZero();
        }
    }

    @BothDatabases
    void membersBurstShouldBeHeldFromTheLimitOn(TestDatabase database) {
        try (FlowOnDatabase flow = new FlowOnDatabase(database, spool)) {
            limit(flow, 3);
            flow.members(1);
            for (int i = 0; i < 4; i++) {
                flow.arrives(mail("m0@example.com"), "m0@example.com", "post");
                flow.runAll(flow.moderation);
            }

            assertThat(flow.heldMessages.page(flow.list.getId(), 0, 10))
                    .as("the third and the fourth")
                    .hasSize(2)
                    .allSatisfy(held -> assertThat(held.reasons().toString()).contains("within 60 seconds"));
        }
    }
}
