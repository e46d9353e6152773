package org.posthorn.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.posthorn.list.subscription.SubscriptionEvent.MemberJoined;
import org.posthorn.pipeline.FlowOnDatabase;
import org.posthorn.queue.QueueEntry;
import org.posthorn.queue.QueueName;
import org.posthorn.testing.BothDatabases;
import org.posthorn.testing.TestDatabase;

class SubscriptionTextsTest {

    @TempDir
    Path spool;

    @BothDatabases
    void sitesWelcomeShouldComeInThePlaceOfOurs(TestDatabase database) {
        try (FlowOnDatabase flow = new FlowOnDatabase(database, spool)) {
            assertThat(welcome(flow)).contains("test@lists.example.org");
            TemplateContext context = TemplateContext.of(flow.list);
            flow.templates.add(context, TemplateName.WELCOME, "https://texts.example.org/welcome", null, null);
            flow.templates.fetched(
                    flow.templates.find(context, TemplateName.WELCOME).orElseThrow(),
                    "Hi $user_email on $list_name, ${nonsense}!\n",
                    FlowOnDatabase.NOW);
            assertThat(welcome(flow)).contains("\r\n\r\nHi ann@example.com on test, ${nonsense}!\r\n");
        }
    }

    private static String welcome(FlowOnDatabase flow) {
        SubscriptionNotices notices = new SubscriptionNotices(
                flow.lists.lists,
                flow.lists.roster,
                new Templates(flow.templateTexts, flow.templates),
                new PublicPages("https://lists.example.org"),
                new Outbox(
                        flow.messages,
                        flow.postings,
                        flow.switchboard,
                        flow.trace,
                        Clock.fixed(FlowOnDatabase.NOW, ZoneOffset.UTC)));
        flow.inTransaction(() -> {
            notices.welcome(new MemberJoined(flow.list.getId(), "ann@example.com", null, true));
            return true;
        });
        List<QueueEntry> sent = flow.queued(QueueName.VIRGIN);
        return flow.octets(sent.get(sent.size() - 1).messageId());
    }
}
