package org.posthorn.moderation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.posthorn.pipeline.FlowOnDatabase.mail;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.posthorn.list.Role;
import org.posthorn.mail.ApprovedLine;
import org.posthorn.pipeline.FlowOnDatabase;
import org.posthorn.queue.QueueEntry;
import org.posthorn.queue.QueueName;
import org.posthorn.testing.BothDatabases;
import org.posthorn.testing.TestDatabase;

class ApprovalTest {

    private static final String SECRET = "s3same-open";

    @TempDir
    Path spool;

    private FlowOnDatabase aListWithAPassword(TestDatabase database) {
        FlowOnDatabase flow = new FlowOnDatabase(database, spool);
        flow.lists.aMember(flow.list, "ann@example.com", Role.MEMBER);
        // Of few iterations; one test has the product's many.
        flow.sql.update(
                "update mailing_list set moderator_password = ? where id = ?",
                flow.lists.passwords.of(SECRET),
                flow.list.getId());
        return flow;
    }

    private static void configure(FlowOnDatabase flow, Map<String, ?> changes) {
        flow.lists.run(() -> flow.lists.listOperations.configure(flow.list.getId(), null, changes));
    }

    /** The cooked post that goes to the members. */
    private static String posted(FlowOnDatabase flow) {
        flow.runAll(flow.pipeline);
        QueueEntry out = flow.queued(QueueName.OUT).get(0);
        return flow.octets(out.messageId());
    }

    private static String everythingToldOf(FlowOnDatabase flow, long posting) {
        return String.join(
                " ",
                flow.sql.list(
                        "select event, detail from trace_event where posting_id = ?",
                        row -> row.getString(1) + " " + row.getString(2),
                        posting));
    }

    @BothDatabases
    void thePasswordInTheHeaderShouldLetAStrangersPostPassAndShouldNotGoOut(TestDatabase database) {
        try (FlowOnDatabase flow = aListWithAPassword(database)) {
            configure(flow, Map.of("moderator_password", SECRET));
            long posting =
                    flow.arrives(mail("stranger@example.org", "X-Approved: " + SECRET), "stranger@example.org", "post");
            flow.runAll(flow.moderation);
            assertThat(flow.detail(posting, "accepted")).startsWith("default-posting-chain: hit: approved");
            assertThat(everythingToldOf(flow, posting)).doesNotContain(SECRET);
            assertThat(posted(flow))
                    .contains("Dear list")
                    .contains("X-Mailman-Rule-Hits: approved\r\n")
                    .doesNotContain(SECRET)
                    .doesNotContainIgnoringCase("x-approved");
        }
    }

    @BothDatabases
    void thePasswordInTheTextShouldLetAStrangersPostPassAndShouldNotGoOut(TestDatabase database) {
        try (FlowOnDatabase flow = aListWithAPassword(database)) {
            String mail = mail("stranger@example.org").replace("Dear list", "Approved: " + SECRET + "\r\nDear list");
            flow.arrives(mail, "stranger@example.org", "post");
            flow.runAll(flow.moderation);
            assertThat(posted(flow)).contains("Dear list").doesNotContain(SECRET, "Approved");
        }
    }

    @BothDatabases
    void aWrongPasswordShouldNotLetItPassNorGoOutWhenAModeratorDoes(TestDatabase database) {
        try (FlowOnDatabase flow = aListWithAPassword(database)) {
            String mail = mail("stranger@example.org", "Approved: s3same-opem")
                    .replace("Dear list", "Approve: s3same-opem\r\nDear list");
            long posting = flow.arrives(mail, "stranger@example.org", "post");
            flow.runAll(flow.moderation);
            assertThat(flow.events(posting)).containsExactly("held");
            String told = String.join(
                    "\n",
                    flow.queued(QueueName.PIPELINE).stream()
                            .map(entry -> flow.octets(entry.messageId()))
                            .toList());
            assertThat(told).as("what the moderators get").contains("Dear list").doesNotContain("s3same");
            flow.sql.update("delete from queue_entry");
            HeldMessage held = flow.heldMessages.page(flow.list.getId(), 0, 1).get(0);
            flow.inTransaction(() -> flow.heldMessages.accept(flow.list.getId(), held.requestId(), "the owner"));
            assertThat(posted(flow))
                    .contains(
                            "Dear list",
                            "X-Mailman-Rule-Hits: nonmember-moderation\r\n",
                            "X-Mailman-Rule-Misses: no-senders; approved;")
                    .doesNotContain("s3same");
        }
    }

    @BothDatabases
    void aListWithoutAPasswordShouldNotBeOpenToAnEmptyOne(TestDatabase database) {
        try (FlowOnDatabase flow = aListWithAPassword(database)) {
            configure(flow, Map.of("moderator_password", ""));
            for (String value : new String[] {"", " ", SECRET}) {
                long posting = flow.arrives(
                        mail("stranger@example.org", "Approved: " + value), "stranger@example.org", "post");
                flow.runAll(flow.moderation);
                assertThat(flow.events(posting)).containsExactly("held");
            }
        }
    }

    @BothDatabases
    void inALargeMessageTheLineInTheTextShouldNotCount(TestDatabase database) {
        try (FlowOnDatabase flow = aListWithAPassword(database)) {
            String large = "x\r\n".repeat(ApprovedLine.MAX_BODY / 3);
            String mail = mail("stranger@example.org").replace("Dear list", "Approved: " + SECRET + "\r\n" + large);
            long posting = flow.arrives(mail, "stranger@example.org", "post");
            flow.runAll(flow.moderation);
            assertThat(flow.events(posting)).containsExactly("held");
        }
    }
}
