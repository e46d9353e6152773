package org.posthorn.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.posthorn.pipeline.FlowOnDatabase.mail;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.posthorn.list.Counters;
import org.posthorn.list.Role;
import org.posthorn.queue.QueueName;
import org.posthorn.testing.BothDatabases;
import org.posthorn.testing.TestDatabase;

/** Mailman's after-delivery: a list counts its posts and knows when the last one was. */
class AfterDeliveryTest {

    @TempDir
    private Path spool;

    private static Counters counted(FlowOnDatabase flow) {
        return flow.lists.counters.of(flow.list.getId());
    }

    @BothDatabases
    void aPostShouldBeCountedWithItsTimeOnceItIsWithTheSmarthosts(TestDatabase database) {
        try (FlowOnDatabase flow = new FlowOnDatabase(database, spool)) {
            flow.lists.aMember(flow.list, "poster@example.com", Role.MEMBER);
            assertThat(counted(flow).lastPostAt()).isNull();

            flow.accepted(mail("poster@example.com"));
            assertThat(flow.queued(QueueName.PIPELINE)).hasSize(1);
            assertThat(counted(flow).postId()).as("accepted only").isEqualTo(1);
            assertThat(counted(flow).lastPostAt()).as("accepted only").isNull();

            flow.runAll(flow.pipeline);
            assertThat(counted(flow).postId()).isEqualTo(2);
            assertThat(counted(flow).lastPostAt()).isEqualTo(FlowOnDatabase.NOW);
        }
    }

    @BothDatabases
    void whatIsHeldOrForTheOwnersShouldNotBeCounted(TestDatabase database) {
        try (FlowOnDatabase flow = new FlowOnDatabase(database, spool)) {
            flow.lists.aMember(flow.list, "owner@example.com", Role.OWNER);
            flow.arrives(mail("stranger@example.org"), "stranger@example.org", "post");
            flow.arrives(mail("stranger@example.org"), "stranger@example.org", "owner");
            flow.runAll(flow.moderation);
            flow.runAll(flow.pipeline);
            assertThat(counted(flow).postId()).isEqualTo(1);
            assertThat(counted(flow).lastPostAt()).isNull();
        }
    }
}
