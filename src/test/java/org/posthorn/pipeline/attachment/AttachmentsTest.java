package org.posthorn.pipeline.attachment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.posthorn.list.ArchivePolicy;
import org.posthorn.list.MailingList;
import org.posthorn.list.Member;
import org.posthorn.list.Role;
import org.posthorn.list.access.RoleRights;
import org.posthorn.pipeline.Cooking;
import org.posthorn.pipeline.FlowOnDatabase;
import org.posthorn.pipeline.attachment.FetchAttachment.Answer;
import org.posthorn.pipeline.handler.LinkAttachments;
import org.posthorn.platform.actor.Acting;
import org.posthorn.platform.actor.Actor;
import org.posthorn.platform.actor.Rights;
import org.posthorn.platform.actor.Via;
import org.posthorn.queue.QueueName;
import org.posthorn.queue.RuleMarks;
import org.posthorn.testing.BothDatabases;
import org.posthorn.testing.TestDatabase;

class AttachmentsTest {

    private static final Pattern LINK = Pattern.compile("http://localhost:8080/attachments/([0-9a-f]{40})\r\n");

    /** More than two stored parts. */
    private static final byte[] IMAGE = new byte[2 * Attachments.PART_BYTES + 1000];

    static {
        new Random(1).nextBytes(IMAGE);
    }

    @TempDir
    Path spool;

    private FlowOnDatabase flow(TestDatabase database, Consumer<MailingList> settings) {
        FlowOnDatabase flow = new FlowOnDatabase(database, spool);
        flow.lists.aMember(flow.list, "poster@example.com", Role.MEMBER);
        flow.lists.run(() -> {
            MailingList list = flow.lists.lists.byId(flow.list.getId()).orElseThrow();
            list.appearance().setAttachmentLinkThreshold(100);
            list.posting().setMaxMessageSize(0);
            settings.accept(list);
        });
        return flow;
    }

    private FlowOnDatabase flow(TestDatabase database) {
        return flow(database, list -> {});
    }

    private static String mail() {
        return "From: poster@example.com\r\nTo: " + FlowOnDatabase.LIST
                + "\r\nSubject: First light\r\nMessage-ID: <first@example.com>\r\nMIME-Version: 1.0\r\n"
                + "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nDear list\r\n--b\r\n"
                + "Content-Type: image/png; name=logo.png\r\nContent-Transfer-Encoding: base64\r\n\r\n"
                + Base64.getMimeEncoder().encodeToString(IMAGE)
                + "\r\n--b\r\nContent-Type: application/pdf\r\n\r\nsmall\r\n--b--\r\n";
    }

    private static String cooked(FlowOnDatabase flow) {
        flow.accepted(mail());
        flow.runAll(flow.pipeline);
        return flow.octets(flow.queued(QueueName.OUT).get(0).messageId());
    }

    private static Attachment linked(FlowOnDatabase flow, String message) {
        Matcher link = LINK.matcher(message);
        assertThat(link.find()).as(message).isTrue();
        return flow.attachments.find(link.group(1)).orElseThrow();
    }

    private static Attachments later(FlowOnDatabase flow, TestDatabase database, Duration time) {
        return new Attachments(flow.sql, database.ids(), Clock.fixed(FlowOnDatabase.NOW.plus(time), ZoneOffset.UTC));
    }

    private static long rows(FlowOnDatabase flow, String table) {
        return flow.sql
                .first("select count(*) from " + table, row -> row.getLong(1))
                .orElseThrow();
    }

    @BothDatabases
    void aLargePartShouldBeKeptHereAndALinkStandInItsPlace(TestDatabase database) throws IOException {
        try (FlowOnDatabase flow = flow(database)) {
            String message = cooked(flow);

            assertThat(message)
                    .hasSizeLessThan(5000)
                    .contains(
                            "Dear list",
                            "\r\n    Name: logo.png\r\n    Type: image/png\r\n    Size: 512 KiB\r\n",
                            "It can be fetched until ",
                            "Content-Type: application/pdf\r\n\r\nsmall\r\n")
                    .doesNotContain("Sign in");
            Attachment attachment = linked(flow, message);
            assertThat(attachment.name()).isEqualTo("logo.png");
            assertThat(attachment.type()).isEqualTo("image/png");
            assertThat(attachment.sizeBytes()).isEqualTo(IMAGE.length);
            assertThat(attachment.expires()).contains(FlowOnDatabase.NOW.plus(Duration.ofDays(30)));
            assertThat(attachment.open()).isTrue();
            try (InputStream octets = flow.attachments.open(attachment)) {
                assertThat(octets.readAllBytes()).isEqualTo(IMAGE);
            }
            long posting = flow.sql
                    .first("select posting_id from attachment", row -> row.getLong(1))
                    .orElseThrow();
            assertThat(flow.detail(posting, "altered")).isEqualTo("replaced by a link image/png \"logo.png\"");
        }
    }

    @BothDatabases
    void aListThatDoesNotWantItShouldSendItAll(TestDatabase database) {
        try (FlowOnDatabase flow = flow(database, list -> list.appearance().setAttachmentLinkThreshold(0))) {
            assertThat(cooked(flow).length()).isGreaterThan(IMAGE.length);
            assertThat(rows(flow, "attachment")).isZero();
        }
    }

    @BothDatabases
    void aPostThatIsCookedAgainShouldFindWhatIsStored(TestDatabase database) throws IOException {
        try (FlowOnDatabase flow = flow(database)) {
            Attachment attachment = linked(flow, cooked(flow));
            long posting = flow.sql
                    .first("select posting_id from attachment", row -> row.getLong(1))
                    .orElseThrow();
            byte[] octets = mail().getBytes(StandardCharsets.US_ASCII);

            flow.inTransaction(() -> {
                try (Cooking again = flow.kitchen.beginToSend(
                        flow.list, flow.posting(posting), () -> new ByteArrayInputStream(octets), RuleMarks.NONE)) {
                    again.draft().list().appearance().setAttachmentLinkThreshold(100);
                    again.through(List.of(new LinkAttachments()));
                    ByteArrayOutputStream out = new ByteArrayOutputStream();
                    again.writeTo(out);
                    assertThat(out.toString(StandardCharsets.US_ASCII)).contains(attachment.token(), "512 KiB");
                }
                return null;
            });

            assertThat(rows(flow, "attachment")).isOne();
            assertThat(rows(flow, "attachment_part")).isEqualTo(3);
        }
    }

    @BothDatabases
    void whoOnlyLooksShouldStoreNothing(TestDatabase database) throws IOException {
        try (FlowOnDatabase flow = flow(database)) {
            long posting = flow.accepted(mail());
            byte[] octets = mail().getBytes(StandardCharsets.US_ASCII);
            try (Cooking cooking = flow.kitchen.begin(
                    flow.list, flow.posting(posting), () -> new ByteArrayInputStream(octets), RuleMarks.NONE)) {
                cooking.draft().list().appearance().setAttachmentLinkThreshold(100);
                cooking.through(List.of(new LinkAttachments()));
                ByteArrayOutputStream out = new ByteArrayOutputStream();
                cooking.writeTo(out);
                assertThat(out.toString(StandardCharsets.US_ASCII)).contains("Name: logo.png", "Size: 512 KiB");
            }
            assertThat(rows(flow, "attachment")).isZero();
        }
    }

    @BothDatabases
    void itShouldBeGoneWhenItsTimeIsOverOrTheListIs(TestDatabase database) {
        try (FlowOnDatabase flow = flow(database)) {
            Attachment attachment = linked(flow, cooked(flow));
            Attachments before = later(flow, database, Duration.ofDays(30).minusSeconds(1));
            assertThat(before.find(attachment.token())).isPresent();
            assertThat(before.removeExpired(10)).isZero();
            Attachments after = later(flow, database, Duration.ofDays(30));
            assertThat(after.find(attachment.token())).isEmpty();

            flow.sql.update("update attachment set expires_at = null");
            assertThat(after.find(attachment.token())).isPresent();
            flow.sql.update("update attachment set list_id = null");
            assertThat(after.find(attachment.token())).isEmpty();
            assertThat(after.removeExpired(10)).isOne();
            assertThat(rows(flow, "attachment_part")).isZero();
        }
    }

    private static Answer asked(FlowOnDatabase flow, Attachment attachment, Actor actor) {
        FetchAttachment fetch =
                new FetchAttachment(flow.attachments, new Rights(new RoleRights(flow.sql)), flow.sql, flow.lists.lists);
        try (Acting.Bound them = Acting.as(actor)) {
            return fetch.may(attachment);
        }
    }

    private static Actor person(FlowOnDatabase flow, String email, Role role) {
        return person(flow, flow.list, email, role);
    }

    private static Actor person(FlowOnDatabase flow, MailingList list, String email, Role role) {
        Member member = flow.lists.aMember(list, email, role);
        long subscriber = flow.sql
                .first(
                        "select a.subscriber_id from member m join address a on a.id = m.address_id where m.id = ?",
                        row -> row.getLong(1),
                        member.getId())
                .orElseThrow();
        return Actor.person(Via.CONSOLE, email, subscriber, false);
    }

    @BothDatabases
    void onAPrivateListItShouldBeForMembersAndThoseWhoLookAfterItAlone(TestDatabase database) throws IOException {
        try (FlowOnDatabase flow = flow(database, list -> list.archiving().setArchivePolicy(ArchivePolicy.PRIVATE))) {
            String message = cooked(flow);
            assertThat(message).contains("Sign in as a member of the list to fetch it.");
            Attachment attachment = linked(flow, message);

            assertThat(attachment.open()).isFalse();
            assertThat(asked(flow, attachment, Actor.anonymous(Via.CONSOLE))).isEqualTo(Answer.SIGN_IN);
            assertThat(asked(flow, attachment, Actor.person(Via.CONSOLE, "x", 424_242, false)))
                    .isEqualTo(Answer.NO);
            assertThat(asked(flow, attachment, person(flow, "ann@example.com", Role.MEMBER)))
                    .isEqualTo(Answer.YES);
            assertThat(asked(flow, attachment, person(flow, "olga@example.com", Role.OWNER)))
                    .isEqualTo(Answer.YES);
            assertThat(asked(flow, attachment, person(flow, "non@example.com", Role.NONMEMBER)))
                    .isEqualTo(Answer.NO);
            assertThat(asked(flow, attachment, Actor.person(Via.CONSOLE, "root", 424_242, true)))
                    .isEqualTo(Answer.YES);
            FetchAttachment fetch = new FetchAttachment(
                    flow.attachments, new Rights(new RoleRights(flow.sql)), flow.sql, flow.lists.lists);
            try (Acting.Bound them = Acting.as(Actor.anonymous(Via.CONSOLE))) {
                assertThatThrownBy(() -> fetch.write(attachment, "192.0.2.1", OutputStream::nullOutputStream))
                        .isInstanceOf(IllegalStateException.class);
            }
        }
    }

    @BothDatabases
    void membersOfAListThatTheListIncludesShouldFetchItToo(TestDatabase database) throws IOException {
        try (FlowOnDatabase flow = flow(database, list -> list.archiving().setArchivePolicy(ArchivePolicy.PRIVATE))) {
            Attachment attachment = linked(flow, cooked(flow));
            MailingList bees = flow.lists.aList("bee@example.com");
            Actor actor = person(flow, bees, "bea@example.com", Role.MEMBER);
            assertThat(asked(flow, attachment, actor)).isEqualTo(Answer.NO);

            flow.lists.run(() -> flow.lists.listOperations.configure(
                    flow.list.getId(), null, Map.of("regular_include_lists", "bee@example.com")));

            assertThat(asked(flow, attachment, actor)).isEqualTo(Answer.YES);
        }
    }

    @BothDatabases
    void onlySoManyShouldFetchAtOnce(TestDatabase database) throws IOException {
        try (FlowOnDatabase flow = flow(database)) {
            Attachment attachment = linked(flow, cooked(flow));
            FetchAttachment fetch = new FetchAttachment(
                    flow.attachments, new Rights(new RoleRights(flow.sql)), flow.sql, flow.lists.lists);

            assertThat(nested(fetch, attachment, FetchAttachment.MOST_AT_ONCE - 1, i -> "192.0.2." + i))
                    .isTrue();
            assertThat(nested(fetch, attachment, FetchAttachment.MOST_AT_ONCE, i -> "192.0.2." + i))
                    .isFalse();
            assertThat(nested(fetch, attachment, FetchAttachment.MOST_OF_ONE - 1, i -> "192.0.2.1"))
                    .isTrue();
            assertThat(nested(fetch, attachment, FetchAttachment.MOST_OF_ONE, i -> "192.0.2.1"))
                    .as("from one address")
                    .isFalse();
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            assertThat(fetch.write(attachment, "192.0.2.1", () -> out)).isTrue();
            assertThat(out.toByteArray()).isEqualTo(IMAGE);
            assertThat(fetch.find("no token")).isEmpty();
        }
    }

    @BothDatabases
    void whoReadsTooSlowlyShouldLeaveTheirPlaceToOthers(TestDatabase database) throws IOException {
        try (FlowOnDatabase flow = flow(database)) {
            Attachment attachment = linked(flow, cooked(flow));
            AtomicLong seconds = new AtomicLong();
            FetchAttachment fetch = new FetchAttachment(
                    flow.attachments,
                    new Rights(new RoleRights(flow.sql)),
                    flow.sql,
                    flow.lists.lists,
                    () -> TimeUnit.SECONDS.toNanos(seconds.get()));
            long allowed = 60 + attachment.sizeBytes() / (16 * 1024);
            ByteArrayOutputStream slow = new ByteArrayOutputStream() {
                @Override
                public void write(byte[] octets, int begin, int count) {
                    super.write(octets, begin, count);
                    seconds.addAndGet(allowed / 3);
                }
            };

            assertThatThrownBy(() -> fetch.write(attachment, "192.0.2.1", () -> slow))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("too slowly");
            assertThat(slow.size()).isBetween(1, IMAGE.length - 1);
            assertThat(nested(fetch, attachment, FetchAttachment.MOST_OF_ONE - 1, i -> "192.0.2.1"))
                    .as("its place is free")
                    .isTrue();
        }
    }

    /** @return whether one more got a place while so many have theirs */
    private static boolean nested(FetchAttachment fetch, Attachment attachment, int more, IntFunction<String> from)
            throws IOException {
        boolean[] answer = {false};
        boolean got = fetch.write(attachment, from.apply(more), () -> {
            answer[0] = nested(fetch, attachment, more - 1, from);
            return OutputStream.nullOutputStream();
        });
        return more == 0 ? got : answer[0];
    }

    @BothDatabases
    void aPartThatIsMissingShouldNotPassForTheEnd(TestDatabase database) throws IOException {
        try (FlowOnDatabase flow = flow(database)) {
            Attachment attachment = linked(flow, cooked(flow));
            flow.sql.update("delete from attachment_part where part_no = 2");
            try (InputStream octets = flow.attachments.open(attachment)) {
                assertThatThrownBy(octets::readAllBytes).hasMessageContaining("cannot be cut");
            }
        }
    }
}
