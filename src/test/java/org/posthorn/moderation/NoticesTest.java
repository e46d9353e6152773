package org.posthorn.moderation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.posthorn.pipeline.FlowOnDatabase.LIST;
import static org.posthorn.pipeline.FlowOnDatabase.mail;

import jakarta.mail.Multipart;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.io.TempDir;
import org.posthorn.list.Role;
import org.posthorn.pipeline.FlowOnDatabase;
import org.posthorn.queue.QueueEntry;
import org.posthorn.queue.QueueName;
import org.posthorn.testing.BothDatabases;
import org.posthorn.testing.TestDatabase;

/** What authors and moderators are told. */
class NoticesTest {

    private static final String STRANGER = "stranger@example.org";

    @TempDir
    Path spool;

    private static void strangersPost(FlowOnDatabase flow, String... fields) {
        flow.arrives(mail(STRANGER, fields), STRANGER, "post");
        flow.runAll(flow.moderation);
    }

    private static void configure(FlowOnDatabase flow, Map<String, ?> changes) {
        flow.lists.run(() -> flow.lists.listOperations.configure(flow.list.getId(), null, changes));
    }

    private static MimeMessage parsed(FlowOnDatabase flow, QueueEntry entry) throws Exception {
        byte[] octets = flow.octets(entry.messageId()).getBytes(StandardCharsets.UTF_8);
        return new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(octets));
    }

    private static List<QueueEntry> toAuthors(FlowOnDatabase flow) {
        return flow.queued(QueueName.VIRGIN);
    }

    private static List<QueueEntry> toModerators(FlowOnDatabase flow) {
        return flow.queued(QueueName.PIPELINE);
    }

    @BothDatabases
    void moderatorsShouldGetTheHeldPostTheReasonAndTheLink(TestDatabase database) throws Exception {
        try (FlowOnDatabase flow = new FlowOnDatabase(database, spool)) {
            flow.lists.aMember(flow.list, "owner@example.com", Role.OWNER);
            flow.lists.aMember(flow.list, "moderator@example.com", Role.MODERATOR);
            flow.lists.aMember(flow.list, "ann@example.com", Role.MEMBER);
            strangersPost(flow);
            MimeMessage notice = parsed(flow, toModerators(flow).get(0));
            assertThat(notice.getSubject()).isEqualTo(LIST + ": a message from " + STRANGER + " awaits moderation");
            assertThat(notice.getHeader("Auto-Submitted", null)).isEqualTo("auto-generated");
            Multipart parts = (Multipart) notice.getContent();
            assertThat((String) parts.getBodyPart(0).getContent())
                    .contains(
                            "The message is not from a list member.",
                            "http://localhost:8080/manage/test.lists.example.org/held",
                            "Subject: First light");
            assertThat(parts.getBodyPart(1).isMimeType("message/rfc822")).isTrue();
            MimeMessage held = (MimeMessage) parts.getBodyPart(1).getContent();
            assertThat(held.getSubject()).isEqualTo("First light");
            assertThat(held.getContent()).isEqualTo("Dear list\r\n");

            flow.runAll(flow.pipeline);
            assertThat(flow.recipients(flow.queued(QueueName.OUT)))
                    .containsExactlyInAnyOrder("owner@example.com", "moderator@example.com");
        }
    }

    @BothDatabases
    void theSitesOwnTextShouldComeInThePlaceOfOurs(TestDatabase database) throws Exception {
        try (FlowOnDatabase flow = new FlowOnDatabase(database, spool)) {
            flow.sql.update(
                    "insert into template_uri (id, context, list_id, name, uri, content, fetched_at, tried_at) values (-1, ?, ?, ?, ?, ?, ?, ?)",
                    "list:" + flow.list.getId(),
                    flow.list.getId(),
                    "list:user:notice:hold",
                    "https://texts.example.org/hold",
                    "$listname keeps it: $reasons ${sender_email} $nonsense\n",
                    FlowOnDatabase.NOW,
                    FlowOnDatabase.NOW);
            strangersPost(flow);
            MimeMessage notice = parsed(flow, toAuthors(flow).get(0));
            assertThat(((String) notice.getContent()).strip())
                    .isEqualTo(LIST + " keeps it: The message is not from a list member. " + STRANGER + " $nonsense");
        }
    }

    @BothDatabases
    void theDomainsOwnUrlShouldBeLinkedToWhereItHasOne(TestDatabase database) throws Exception {
        try (FlowOnDatabase flow = new FlowOnDatabase(database, spool)) {
            flow.lists.run(() -> flow.lists.domainOperations.change(
                    "lists.example.org", null, "https://lists.example.org/posthorn/"));
            strangersPost(flow);
            Multipart parts =
                    (Multipart) parsed(flow, toModerators(flow).get(0)).getContent();
            assertThat((String) parts.getBodyPart(0).getContent())
                    .contains("\r\nhttps://lists.example.org/posthorn/manage/test.lists.example.org/held\r\n");
        }
    }

    @BothDatabases
    void moderatorsShouldNotBeToldWhereTheListDoesNotWantIt(TestDatabase database) {
        try (FlowOnDatabase flow = new FlowOnDatabase(database, spool)) {
            configure(flow, Map.of("admin_immed_notify", false));
            strangersPost(flow);
            assertThat(toModerators(flow)).isEmpty();
            assertThat(toAuthors(flow)).as("the author is").hasSize(1);
        }
    }

    @BothDatabases
    void aLargePostShouldGoToModeratorsWithItsHeaderAlone(TestDatabase database) throws Exception {
        try (FlowOnDatabase flow = new FlowOnDatabase(database, spool)) {
            flow.arrives(mail(STRANGER) + "large\r\n".repeat(40_000), STRANGER, "post");
            flow.runAll(flow.moderation);
            QueueEntry entry = toModerators(flow).get(0);
            Multipart parts = (Multipart) parsed(flow, entry).getContent();
            assertThat(parts.getBodyPart(1).isMimeType("text/rfc822-headers")).isTrue();
            assertThat(flow.octets(entry.messageId()))
                    .contains("Subject: First light")
                    .hasSizeLessThan(10_000);
        }
    }

    @BothDatabases
    void anAuthorShouldBeToldOfTenHeldPostsADayAndOnceThatThereIsNoMore(TestDatabase database) throws Exception {
        try (FlowOnDatabase flow = new FlowOnDatabase(database, spool)) {
            for (int i = 0; i < 12; i++) {
                strangersPost(flow);
            }
            assertThat(flow.heldMessages.count(flow.list.getId())).isEqualTo(12);
            assertThat(toAuthors(flow)).hasSize(11);
            assertThat(toModerators(flow)).as("for one author").hasSize(10);
            assertThat(parsed(flow, toAuthors(flow).get(9)).getSubject()).startsWith("Your message");
            assertThat(parsed(flow, toAuthors(flow).get(10)).getSubject()).startsWith("No more notices today");

            flow.arrives(mail("other@example.org"), "other@example.org", "post");
            flow.runAll(flow.moderation);
            assertThat(toAuthors(flow)).as("others still are").hasSize(12);

            flow.sql.update("update author_notice set sent_at = ?", FlowOnDatabase.NOW.minusSeconds(24 * 3600 + 1));
            strangersPost(flow);
            assertThat(toAuthors(flow)).as("the next day").hasSize(13);
            assertThat(flow.inTransaction(() -> flow.budget.forget(5))).isEqualTo(5);
            assertThat(flow.inTransaction(() -> flow.budget.forget(1000))).isEqualTo(17);
            assertThat(flow.inTransaction(() -> flow.budget.forget(1000))).isZero();
        }
    }

    @BothDatabases
    void moderatorsShouldBeToldOfSixtyHeldPostsAnHourWhoeverSendsThem(TestDatabase database) {
        try (FlowOnDatabase flow = new FlowOnDatabase(database, spool)) {
            for (int i = 0; i < 62; i++) {
                flow.arrives(mail("spam" + i + "@example.org"), "spam" + i + "@example.org", "post");
            }
            flow.runAll(flow.moderation);
            assertThat(flow.heldMessages.count(flow.list.getId())).isEqualTo(62);
            assertThat(toModerators(flow)).hasSize(60);
            assertThat(toAuthors(flow)).as("each author is told").hasSize(62);

            flow.sql.update("update author_notice set sent_at = ?", FlowOnDatabase.NOW.minusSeconds(3601));
            strangersPost(flow);
            assertThat(toModerators(flow)).as("the next hour").hasSize(61);
        }
    }

    @BothDatabases
    void rejectionsByRulesShouldBeBoundedToo(TestDatabase database) {
        try (FlowOnDatabase flow = new FlowOnDatabase(database, spool)) {
            configure(flow, Map.of("default_nonmember_action", "reject"));
            for (int i = 0; i < 12; i++) {
                strangersPost(flow);
            }
            assertThat(toAuthors(flow)).hasSize(11);
        }
    }

    @BothDatabases
    void aModeratorsRejectionShouldAlwaysBeTold(TestDatabase database) {
        try (FlowOnDatabase flow = new FlowOnDatabase(database, spool)) {
            for (int i = 0; i < 11; i++) {
                strangersPost(flow);
            }
            for (HeldMessage held : flow.heldMessages.page(flow.list.getId(), 0, 20)) {
                flow.inTransaction(
                        () -> flow.heldMessages.reject(flow.list.getId(), held.requestId(), "", "the owner"));
            }
            assertThat(toAuthors(flow)).hasSize(11 + 11);
        }
    }

    @BothDatabases
    void theReasonShouldBeInTheListsLanguageAlsoWhenAModeratorRejectsLater(TestDatabase database) throws Exception {
        try (FlowOnDatabase flow = new FlowOnDatabase(database, spool)) {
            configure(flow, Map.of("preferred_language", "de"));
            strangersPost(flow);
            HeldMessage held = flow.heldMessages.page(flow.list.getId(), 0, 1).get(0);
            assertThat(held.reason()).as("for REST").isEqualTo("The message is not from a list member.");
            flow.inTransaction(() -> flow.heldMessages.reject(flow.list.getId(), held.requestId(), "", "the owner"));
            String german = "Die Nachricht kommt nicht von einem Mitglied der Liste.";
            assertThat((String) parsed(flow, toAuthors(flow).get(0)).getContent())
                    .contains(german);
            assertThat((String)
                            ((Multipart) parsed(flow, toAuthors(flow).get(1)).getContent())
                                    .getBodyPart(0)
                                    .getContent())
                    .contains(german);
            assertThat((String)
                            ((Multipart) parsed(flow, toModerators(flow).get(0)).getContent())
                                    .getBodyPart(0)
                                    .getContent())
                    .contains(german);
            assertThat(flow.detail(held.postingId(), "rejected"))
                    .isEqualTo("rejected by the owner: The message is not from a list member.");
        }
    }

    @BothDatabases
    void aMemberShouldBeToldInTheirOwnLanguage(TestDatabase database) throws Exception {
        try (FlowOnDatabase flow = new FlowOnDatabase(database, spool)) {
            configure(flow, Map.of("emergency", true));
            long member = flow.lists
                    .aMember(flow.list, "ann@example.com", Role.MEMBER)
                    .getId();
            flow.lists.run(() ->
                    flow.lists.members.byId(member).orElseThrow().preferences().setPreferredLanguage("fr"));
            flow.arrives(mail("ann@example.com"), "ann@example.com", "post");
            flow.runAll(flow.moderation);
            assertThat((String) parsed(flow, toAuthors(flow).get(0)).getContent())
                    .contains("La liste retient tous les messages en ce moment.");
        }
    }

    @BothDatabases
    void whatAnEarlierReleaseHeldShouldBeRejectedWithItsReasonAsItIs(TestDatabase database) {
        try (FlowOnDatabase flow = new FlowOnDatabase(database, spool)) {
            strangersPost(flow);
            flow.sql.update("update held_message set reasons = null, misses = null, reason = 'As it was.'");
            HeldMessage held = flow.heldMessages.page(flow.list.getId(), 0, 1).get(0);
            flow.inTransaction(() -> flow.heldMessages.reject(flow.list.getId(), held.requestId(), "", "the owner"));
            assertThat(flow.detail(held.postingId(), "rejected")).isEqualTo("rejected by the owner: As it was.");
        }
    }

    @BothDatabases
    void machinesShouldNotBeAnsweredButModeratorsStillBeTold(TestDatabase database) {
        try (FlowOnDatabase flow = new FlowOnDatabase(database, spool)) {
            strangersPost(flow, "Auto-Submitted: auto-replied");
            strangersPost(flow, "Precedence: bulk");
            flow.arrives(mail(STRANGER), "", "post");
            flow.runAll(flow.moderation);
            assertThat(toAuthors(flow)).isEmpty();
            assertThat(toModerators(flow)).hasSize(3);
        }
    }
}
