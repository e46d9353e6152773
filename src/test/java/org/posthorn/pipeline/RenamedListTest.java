package org.posthorn.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.posthorn.pipeline.FlowOnDatabase.mail;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.posthorn.list.Role;
import org.posthorn.queue.QueueEntry;
import org.posthorn.queue.QueueName;
import org.posthorn.testing.BothDatabases;
import org.posthorn.testing.TestDatabase;

/** What a post to a list that was renamed goes through. */
class RenamedListTest {

    @TempDir
    Path spool;

    private static void rename(FlowOnDatabase flow, boolean keepListId) {
        flow.lists.aMember(flow.list, "poster@example.com", Role.MEMBER);
        flow.lists.run(() -> flow.lists.renaming.rename(flow.list.getId(), "fresh@lists.example.org", keepListId));
    }

    private static String out(FlowOnDatabase flow) {
        flow.runAll(flow.pipeline);
        List<QueueEntry> out = flow.queued(QueueName.OUT);
        assertThat(out).hasSize(1);
        assertThat(out.get(0).attributes()).containsEntry("bounces", "fresh-bounces@lists.example.org");
        return flow.octets(out.get(0).messageId());
    }

    @BothDatabases
    void aPostToTheFormerAddressShouldGoOutUnderTheNewOneWithTheListIdThatFiltersKnow(TestDatabase database) {
        try (FlowOnDatabase flow = new FlowOnDatabase(database, spool)) {
            rename(flow, true);

            long posting = flow.accepted(mail("poster@example.com"));

            assertThat(flow.events(posting))
                    .as("test@ in To is an explicit destination")
                    .containsExactly("accepted");
            assertThat(out(flow))
                    .contains("<test.lists.example.org>\r\n", "List-Post: <mailto:fresh@lists.example.org>\r\n");
        }
    }

    @BothDatabases
    void theNewListIdShouldBeInTheHeaderWhereItWasAskedFor(TestDatabase database) {
        try (FlowOnDatabase flow = new FlowOnDatabase(database, spool)) {
            rename(flow, false);
            flow.accepted(mail("poster@example.com"));

            assertThat(out(flow)).contains("<fresh.lists.example.org>\r\n").doesNotContain("<test.lists.example.org>");
        }
    }

    @BothDatabases
    void aPostThatWentThroughTheListUnderEitherNameShouldBeALoop(TestDatabase database) {
        try (FlowOnDatabase flow = new FlowOnDatabase(database, spool)) {
            rename(flow, false);
            for (String field : new String[] {
                "List-Id: Test <test.lists.example.org>",
                "List-Id: Test <fresh.lists.example.org>",
                "X-BeenThere: test@lists.example.org",
                "List-Post: <mailto:fresh@lists.example.org>"
            }) {
                long posting = flow.accepted(mail("poster@example.com", field));
                assertThat(flow.events(posting)).as(field).containsExactly("discarded");
            }
        }
    }
}
