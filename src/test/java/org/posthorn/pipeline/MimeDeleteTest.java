package org.posthorn.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.posthorn.pipeline.FlowOnDatabase.mail;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.io.TempDir;
import org.posthorn.list.ContentFilter;
import org.posthorn.list.FilterAction;
import org.posthorn.list.Role;
import org.posthorn.queue.Posting;
import org.posthorn.queue.QueueEntry;
import org.posthorn.queue.QueueName;
import org.posthorn.queue.runner.Stage.Outcome;
import org.posthorn.testing.BothDatabases;
import org.posthorn.testing.TestDatabase;

class MimeDeleteTest {

    private static final String MIXED = mail(
                    "poster@example.com", "MIME-Version: 1.0", "Content-Type: multipart/mixed; boundary=b")
            .replace("\r\nDear list\r\n", """

                    --b
                    Content-Type: text/plain

                    Dear list
                    --b
                    Content-Type: image/png; name=logo.png

                    PNG
                    --b--
                    """.replace("\n", "\r\n"));

    private static final String IMAGE =
            mail("poster@example.com", "MIME-Version: 1.0", "Content-Type: image/png; name=logo.png");

    @TempDir
    Path spool;

    private FlowOnDatabase flow(TestDatabase database, Consumer<ContentFilter> settings) {
        FlowOnDatabase flow = new FlowOnDatabase(database, spool);
        flow.lists.aMember(flow.list, "poster@example.com", Role.MEMBER);
        flow.lists.aMember(flow.list, "owner@example.net", Role.OWNER);
        flow.lists.run(() -> settings.accept(
                flow.lists.lists.byId(flow.list.getId()).orElseThrow().contentFilter()));
        return flow;
    }

    private static void noImages(ContentFilter filter) {
        filter.setFilterContent(true);
        filter.setFilterTypes(List.of("image"));
    }

    @BothDatabases
    void aPartThatIsNotAllowedShouldBeTakenOutForAllAndTheTraceSaySo(TestDatabase database) {
        try (FlowOnDatabase flow = flow(database, MimeDeleteTest::noImages)) {
            long posting = flow.accepted(MIXED);
            flow.runAll(flow.pipeline);

            List<QueueEntry> out = flow.queued(QueueName.OUT);
            assertThat(out).hasSize(1);
            assertThat(flow.octets(out.get(0).messageId()))
                    .contains(
                            "\r\nSubject: [Test] First light\r\n",
                            "\r\nContent-Type: text/plain\r\n",
                            "\r\nX-Content-Filtered-By: Posthorn\r\n",
                            "\r\n\r\nDear list\r\n",
                            "test-leave@lists.example.org")
                    .doesNotContain("PNG", "--b");
            assertThat(flow.events(posting)).containsExactly("accepted", "altered", "fanned-out");
            assertThat(flow.detail(posting, "altered")).isEqualTo("removed image/png \"logo.png\" (filter_types)");
            assertThat(flow.detail(posting, "fanned-out")).contains("footer appended");
        }
    }

    @BothDatabases
    void aListWithoutAFilterShouldPassItAll(TestDatabase database) {
        try (FlowOnDatabase flow = flow(database, filter -> filter.setFilterTypes(List.of("image")))) {
            long posting = flow.accepted(MIXED);
            flow.runAll(flow.pipeline);

            assertThat(flow.octets(flow.queued(QueueName.OUT).get(0).messageId()))
                    .contains("PNG")
                    .doesNotContain("X-Content-Filtered-By");
            assertThat(flow.events(posting)).doesNotContain("altered");
        }
    }

    private FlowOnDatabase flow(TestDatabase database, FilterAction action) {
        return flow(database, filter -> {
            noImages(filter);
            filter.setFilterAction(action);
        });
    }

    @BothDatabases
    void discardShouldEndItInSilence(TestDatabase database) {
        try (FlowOnDatabase flow = flow(database, FilterAction.DISCARD)) {
            long posting = flow.accepted(IMAGE);
            flow.runAll(flow.pipeline);

            assertThat(flow.posting(posting).outcome()).isEqualTo(Posting.Outcome.DISCARDED);
            assertThat(flow.queued(QueueName.OUT)).isEmpty();
            assertThat(flow.queued(QueueName.VIRGIN)).isEmpty();
            assertThat(flow.detail(posting, "discarded"))
                    .isEqualTo("The list does not allow messages of the type image/png.");
        }
    }

    @BothDatabases
    void rejectShouldTellTheAuthorWhatIsNotAllowed(TestDatabase database) {
        try (FlowOnDatabase flow = flow(database, FilterAction.REJECT)) {
            long posting = flow.accepted(MIXED.replace("text/plain", "image/gif"));
            flow.runAll(flow.pipeline);

            assertThat(flow.posting(posting).outcome()).isEqualTo(Posting.Outcome.REJECTED);
            assertThat(flow.queued(QueueName.OUT)).isEmpty();
            List<QueueEntry> notices = flow.queued(QueueName.VIRGIN);
            assertThat(notices).hasSize(1);
            assertThat(flow.octets(notices.get(0).messageId())
                            .replace("=\r\n", "")
                            .replace("\r\n", " "))
                    .contains("Taken out: image/gif, logo.png (image/png).");
        }
    }

    @BothDatabases
    void forwardShouldSendTheWholePostToTheOwnersAlone(TestDatabase database) {
        try (FlowOnDatabase flow = flow(database, FilterAction.FORWARD)) {
            flow.accepted(IMAGE);
            flow.runAll(flow.pipeline);

            List<QueueEntry> out = flow.queued(QueueName.OUT);
            assertThat(flow.recipients(out)).containsExactly("owner@example.net");
            assertThat(flow.octets(out.get(0).messageId()))
                    .contains("Content-Type: message/rfc822", "Content-Type: image/png", "Dear list");
        }
    }

    @BothDatabases
    void preserveShouldKeepItAsBadUntilItIsPutBackAndTheSettingsLetItPass(TestDatabase database) {
        try (FlowOnDatabase flow = flow(database, FilterAction.PRESERVE)) {
            long posting = flow.accepted(IMAGE);
            QueueEntry entry = flow.queued(QueueName.PIPELINE).get(0);
            flow.inTransaction(() -> {
                Outcome.Bad bad = (Outcome.Bad) flow.pipeline.process(entry);
                flow.entries.shunt(entry, QueueName.BAD, bad.reason());
                return bad;
            });
            QueueEntry kept = flow.queued(QueueName.BAD).get(0);
            assertThat(kept.lastError()).isEqualTo("The list does not allow messages of the type image/png.");
            assertThat(flow.posting(posting).outcome()).isNull();

            flow.lists.run(() -> flow.lists
                    .lists
                    .byId(flow.list.getId())
                    .orElseThrow()
                    .contentFilter()
                    .setFilterTypes(List.of()));
            flow.inTransaction(() -> flow.entries.unshunt(kept, FlowOnDatabase.NOW));
            flow.runAll(flow.pipeline);

            assertThat(flow.recipients(flow.queued(QueueName.OUT))).containsExactly("poster@example.com");
        }
    }
}
