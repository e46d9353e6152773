package org.posthorn.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.posthorn.pipeline.FlowOnDatabase.mail;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.posthorn.list.Member;
import org.posthorn.list.Role;
import org.posthorn.queue.QueueEntry;
import org.posthorn.queue.QueueName;
import org.posthorn.testing.BothDatabases;
import org.posthorn.testing.TestDatabase;

class AcknowledgementsTest {

    @TempDir
    Path spool;

    private static void annPosts(FlowOnDatabase flow, String... fields) {
        flow.arrives(mail("Ann <ann@example.com>", fields), "ann@example.com", "post");
        flow.runAll(flow.moderation);
        flow.runAll(flow.pipeline);
    }

    private static List<String> told(FlowOnDatabase flow) {
        return flow.queued(QueueName.VIRGIN).stream()
                .map(entry -> entry.attributes().get("recipient"))
                .toList();
    }

    private static void wishes(FlowOnDatabase flow, Member ann) {
        flow.lists.run(() ->
                flow.lists.members.byId(ann.getId()).orElseThrow().preferences().setAcknowledgePosts(true));
    }

    @BothDatabases
    void anAuthorWhoWishesItShouldBeToldOnceThatThePostHasGoneOut(TestDatabase database) {
        try (FlowOnDatabase flow = new FlowOnDatabase(database, spool)) {
            Member ann = flow.lists.aMember(flow.list, "ann@example.com", Role.MEMBER);
            flow.members(3);
            annPosts(flow);
            assertThat(told(flow)).as("by default").isEmpty();
            wishes(flow, ann);
            annPosts(flow);
            QueueEntry notice = flow.queued(QueueName.VIRGIN).get(0);
            assertThat(told(flow)).containsExactly("ann@example.com");
            assertThat(flow.octets(notice.messageId()))
                    .contains("Subject: Your message to test@lists.example.org has been posted", "First light")
                    .contains("Auto-Submitted: auto-replied");
        }
    }

    @BothDatabases
    void theAddresssAndThePersonsWishShouldCountToo(TestDatabase database) {
        try (FlowOnDatabase flow = new FlowOnDatabase(database, spool)) {
            Member ann = flow.lists.aMember(flow.list, "ann@example.com", Role.MEMBER);
            flow.lists.run(() -> flow.lists
                    .members
                    .byId(ann.getId())
                    .orElseThrow()
                    .subscriber()
                    .orElseThrow()
                    .preferences()
                    .setAcknowledgePosts(true));
            annPosts(flow);
            assertThat(told(flow)).containsExactly("ann@example.com");
        }
    }

    @BothDatabases
    void machinesShouldNotBeTold(TestDatabase database) {
        try (FlowOnDatabase flow = new FlowOnDatabase(database, spool)) {
            wishes(flow, flow.lists.aMember(flow.list, "ann@example.com", Role.MEMBER));
            annPosts(flow, "Auto-Submitted: auto-generated");
            assertThat(told(flow)).isEmpty();
        }
    }

    @BothDatabases
    void aSitesOwnTextsShouldComeInThePlaceOfPosthorns(TestDatabase database) {
        try (FlowOnDatabase flow = new FlowOnDatabase(database, spool)) {
            wishes(flow, flow.lists.aMember(flow.list, "ann@example.com", Role.MEMBER));
            aTemplate(flow, "list:user:notice:post", "Done: $subject on $listname");
            aTemplate(flow, "list:member:regular:header", "Above $display_name");
            aTemplate(flow, "list:member:regular:footer", "Below $list_id");
            annPosts(flow);
            assertThat(flow.octets(flow.queued(QueueName.VIRGIN).get(0).messageId()))
                    .contains("Done: First light on test@lists.example.org");
            assertThat(flow.octets(flow.queued(QueueName.OUT).get(0).messageId()))
                    .endsWith("\r\n\r\nAbove Test\r\nDear list\r\nBelow test.lists.example.org\r\n");
        }
    }

    private static void aTemplate(FlowOnDatabase flow, String name, String content) {
        flow.sql.update(
                "insert into template_uri (id, context, list_id, name, uri, content) values (?, ?, ?, ?, 'http://x.example/', ?)",
                flow.database().ids().next(),
                "list:" + flow.list.getId(),
                flow.list.getId(),
                name,
                content);
    }

    @BothDatabases
    void aListShouldGoByThePipelineThatItNames(TestDatabase database) {
        try (FlowOnDatabase flow = new FlowOnDatabase(database, spool)) {
            flow.lists.aMember(flow.list, "ann@example.com", Role.MEMBER);
            flow.lists.run(() ->
                    flow.lists.listOperations.configure(flow.list.getId(), null, Map.of("posting_pipeline", "virgin")));
            annPosts(flow, "Approved: password");
            assertThat(flow.octets(flow.queued(QueueName.OUT).get(0).messageId()))
                    .contains("Subject: First light\r\n", "List-Id: ", "Precedence: list")
                    .doesNotContain("password")
                    .endsWith("\r\n\r\nDear list\r\n");
        }
    }
}
