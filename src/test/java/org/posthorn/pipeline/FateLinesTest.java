package org.posthorn.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.posthorn.pipeline.FlowOnDatabase.LIST;
import static org.posthorn.pipeline.FlowOnDatabase.NOW;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.posthorn.list.Action;
import org.posthorn.list.Role;
import org.posthorn.queue.MessageSource;
import org.posthorn.queue.NewEntry;
import org.posthorn.queue.NewPosting;
import org.posthorn.queue.QueueName;
import org.posthorn.testing.BothDatabases;
import org.posthorn.testing.CapturedLog;
import org.posthorn.testing.TestDatabase;

/** A post's way in the log: one line for each fate, that no text of the post can forge and that gives no address away. */
class FateLinesTest {

    private static final String PLAIN = "[^\\s\"=\\\\]+";
    private static final String FIELD = " [a-z-]+=(" + PLAIN + "|\"([^\"\\\\]|\\\\[\"\\\\])*\")";
    private static final String LINE =
            "(Received|Held|Rejected|Discarded|Posted|Delivered|Deferred|Bounced|Shunted)(" + FIELD + ")+";

    private static final String FORGING = "<a@b> list=other\r\nPosted list=\"forged\" posting=1 \u001b[31m \\";

    @TempDir
    private Path spool;

    /** What the ingress does, with a Message-ID and a sender of the test's. */
    private static void arrives(FlowOnDatabase flow, String messageId, String sender) {
        String mail = FlowOnDatabase.mail(sender).replace("Dear list", "SECRET-BODY");
        flow.inTransaction(() -> {
            long message = flow.messages.store(MessageSource.of(mail.getBytes(StandardCharsets.UTF_8)));
            long posting = flow.postings.open(
                    new NewPosting(flow.list.getId(), LIST, QueueName.IN, messageId, sender, "s", mail.length(), NOW));
            Map<String, String> attributes = Map.of("sender", sender, "kind", "post", "recipient", LIST);
            flow.switchboard.enqueue(
                    NewEntry.of(QueueName.IN, flow.list.getId(), posting, message, attributes, NOW, NOW));
            return posting;
        });
    }

    @BothDatabases
    void aRejectedPostShouldBeOneLineWhetherRulesOrAModeratorSayIt(TestDatabase database) {
        try (FlowOnDatabase flow = new FlowOnDatabase(database, spool);
                CapturedLog log = new CapturedLog()) {
            arrives(flow, FORGING, "stranger.name@example.net");
            flow.runAll(flow.moderation);
            long request = flow.sql
                    .first("select request_id from held_message", row -> row.getLong(1))
                    .orElseThrow();
            flow.inTransaction(
                    () -> flow.heldMessages.reject(flow.list.getId(), request, "No\r\nPosted", "mod@example.org"));
            flow.lists.run(() -> flow.lists
                    .lists
                    .byListId(flow.list.getListId())
                    .orElseThrow()
                    .posting()
                    .setDefaultNonmemberAction(Action.REJECT));
            arrives(flow, "<plain@example.com>", "stranger.name@example.net");
            flow.runAll(flow.moderation);

            List<String> rejected = log.lines().stream()
                    .filter(line -> line.startsWith("Rejected"))
                    .toList();
            assertThat(rejected)
                    .hasSize(2)
                    .allSatisfy(line -> assertThat(line)
                            .matches(LINE)
                            .startsWith("Rejected list=test.lists.example.org posting=")
                            .contains(" reason=")
                            .doesNotContain("stranger.name@", "mod@"));
            assertThat(rejected.get(1)).contains(" message-id=<plain@example.com>");
        }
    }

    @BothDatabases
    void eachFateShouldBeOneLineOfItsForm(TestDatabase database) {
        try (FlowOnDatabase flow = new FlowOnDatabase(database, spool);
                CapturedLog log = new CapturedLog()) {
            flow.lists.aMember(flow.list, "poster@example.com", Role.MEMBER);
            arrives(flow, "<plain@example.com>", "poster@example.com");
            flow.runAll(flow.moderation);
            flow.runAll(flow.pipeline);
            arrives(flow, FORGING, "stranger.name@example.net");
            flow.runAll(flow.moderation);
            long request = flow.sql
                    .first("select request_id from held_message", row -> row.getLong(1))
                    .orElseThrow();
            flow.inTransaction(() -> flow.heldMessages.discard(flow.list.getId(), request, "moderator@example.org"));

            List<String> fates = log.lines().stream()
                    .filter(line ->
                            line.matches("(?s)(Received|Held|Rejected|Discarded|Posted|Delivered|Deferred|Shunted).*"))
                    .toList();
            assertThat(fates).hasSize(3).allSatisfy(line -> assertThat(line).matches(LINE));
            assertThat(fates.get(0))
                    .startsWith("Posted list=test.lists.example.org posting=")
                    .endsWith(" message-id=<plain@example.com>");
            assertThat(fates.get(1))
                    .startsWith("Held list=test.lists.example.org")
                    .contains(" reason=\"");
            assertThat(fates.get(2)).startsWith("Discarded list=test.lists.example.org");
            assertThat(log.lines())
                    .allSatisfy(line -> assertThat(line)
                            .doesNotContain(
                                    "SECRET-BODY",
                                    "stranger.name@",
                                    "poster@example.com",
                                    "moderator@",
                                    "\n",
                                    "\u001b"));
        }
    }
}
