package org.posthorn.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.posthorn.delivery.copy.Octets.raw;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.junit.jupiter.api.io.TempDir;
import org.posthorn.delivery.copy.CompiledMessages;
import org.posthorn.delivery.smtp.MessageCopy;
import org.posthorn.list.Member;
import org.posthorn.list.Personalization;
import org.posthorn.list.Role;
import org.posthorn.pipeline.FlowOnDatabase;
import org.posthorn.queue.QueueEntry;
import org.posthorn.queue.QueueName;
import org.posthorn.testing.BothDatabases;
import org.posthorn.testing.TestDatabase;

/** From a post, by the kitchen and the database, to what is handed to a smarthost for each member. */
class PersonalDeliveryTest {

    @TempDir
    Path spool;

    /** The list, its template, and members with and without a name of their own. */
    private static void prepare(FlowOnDatabase flow, Personalization personalize) {
        flow.lists.aMember(flow.list, "poster@example.com", Role.MEMBER);
        Member ann = flow.lists.aMember(flow.list, "Ann@example.com", Role.MEMBER);
        Member joerg = flow.lists.aMember(flow.list, "joerg@example.com", Role.MEMBER);
        flow.lists.run(() -> {
            flow.lists.lists.byId(flow.list.getId()).orElseThrow().appearance().setPersonalize(personalize);
            flow.lists.members.byId(ann.getId()).orElseThrow().rename("Ann, \"the\" Example");
            Member member = flow.lists.members.byId(joerg.getId()).orElseThrow();
            member.address().rename("J\u00f6rg");
            member.preferences().setPreferredLanguage("de");
        });
        flow.sql.update(
                "insert into template_uri (id, context, name, uri, content) values (?, ?, ?, ?, ?)",
                1,
                "site",
                "list:member:regular:footer",
                "https://example.org/footer",
                "____\nFor $user_name_or_address ($user_language) at $user_delivered_to\n");
    }

    private static List<String> copies(FlowOnDatabase flow) {
        flow.accepted(FlowOnDatabase.mail("poster@example.com"));
        flow.runAll(flow.pipeline);
        QueueEntry entry = flow.queued(QueueName.OUT).get(0);
        Chunk chunk = new DeliveryRecords(flow.sql).chunk(entry.chunkId());
        IntFunction<MessageCopy> copies = new ChunkCopies(new CompiledMessages(flow.messages), flow.lists.roster)
                .of(entry.messageId(), Envelope.of(entry), chunk);
        // Whatever is read for a copy from here on would be missing.
        flow.sql.update("delete from queue_entry");
        flow.sql.update("delete from member");
        flow.sql.update("delete from message");
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < chunk.size(); i++) {
            texts.add(new String(raw(copies.apply(i)), StandardCharsets.UTF_8));
        }
        return texts;
    }

    @BothDatabases
    void withFullEachMembersCopyNamesThemInToAndFooter(TestDatabase database) {
        try (FlowOnDatabase flow = new FlowOnDatabase(database, spool)) {
            prepare(flow, Personalization.FULL);
            List<String> copies = copies(flow);
            assertThat(copies.get(0))
                    .contains(
                            "\r\nTo: poster@example.com\r\n",
                            "\r\nDear list\r\n____\r\nFor poster@example.com (English) at poster@example.com\r\n");
            assertThat(copies.get(1))
                    .contains(
                            "\r\nTo: \"Ann, \\\"the\\\" Example\" <Ann@example.com>\r\n",
                            "For Ann, \"the\" Example (English) at Ann@example.com\r\n");
            assertThat(copies.get(2))
                    .contains(
                            "\r\nTo: =?utf-8?q?J=C3=B6rg?= <joerg@example.com>\r\n",
                            "For J=C3=B6rg (German) at joerg@example.com\r\n");
            assertThat(copies)
                    .allSatisfy(copy -> assertThat(copy)
                            .contains("\r\nContent-Transfer-Encoding: quoted-printable\r\n")
                            .doesNotContain("To: test@lists.example.org"));
        }
    }

    @BothDatabases
    void withIndividualTheToStays(TestDatabase database) {
        try (FlowOnDatabase flow = new FlowOnDatabase(database, spool)) {
            prepare(flow, Personalization.INDIVIDUAL);
            List<String> copies = copies(flow);
            assertThat(copies).allSatisfy(copy -> assertThat(copy).contains("\r\nTo: test@lists.example.org\r\n"));
            assertThat(copies.get(2)).contains("For J=C3=B6rg (German) at joerg@example.com\r\n");
        }
    }

    @BothDatabases
    void withoutPersonalCopiesAllGetTheSameAndItTellsOfNobody(TestDatabase database) {
        try (FlowOnDatabase flow = new FlowOnDatabase(database, spool)) {
            prepare(flow, Personalization.NONE);
            List<String> copies = copies(flow);
            assertThat(copies.stream().distinct()).hasSize(1);
            assertThat(copies.get(0)).contains("For  () at\r\n", "\r\nTo: test@lists.example.org\r\n");
        }
    }

    /** As an older release goes by it, which knows nothing of plans, while both run. */
    @BothDatabases
    void whatIsStoredReadsWellWithoutThePlan(TestDatabase database) {
        try (FlowOnDatabase flow = new FlowOnDatabase(database, spool)) {
            prepare(flow, Personalization.FULL);
            flow.accepted(FlowOnDatabase.mail("poster@example.com"));
            flow.runAll(flow.pipeline);
            QueueEntry entry = flow.queued(QueueName.OUT).get(0);
            assertThat(flow.octets(entry.messageId()))
                    .contains("\r\nTo: test@lists.example.org\r\n", "\r\nDear list\r\n____\r\nFor  () at\r\n");
            assertThat(flow.recipients(List.of(entry)))
                    .containsExactly("poster@example.com", "Ann@example.com", "joerg@example.com");
            flow.sql.update("update message set copy_plan = null");
            Chunk chunk = new DeliveryRecords(flow.sql).chunk(entry.chunkId());
            MessageCopy copy = new ChunkCopies(new CompiledMessages(flow.messages), flow.lists.roster)
                    .of(entry.messageId(), Envelope.of(entry), chunk)
                    .apply(1);
            assertThat(new String(raw(copy), StandardCharsets.UTF_8)).isEqualTo(flow.octets(entry.messageId()));
        }
    }
}
