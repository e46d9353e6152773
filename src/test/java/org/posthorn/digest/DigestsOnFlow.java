package org.posthorn.digest;

import jakarta.mail.BodyPart;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Properties;
import org.posthorn.list.DeliveryMode;
import org.posthorn.list.DigestNumbers;
import org.posthorn.list.LastDigests;
import org.posthorn.list.MailingList;
import org.posthorn.list.Member;
import org.posthorn.list.Role;
import org.posthorn.pipeline.FlowOnDatabase;
import org.posthorn.platform.BeforeCommit;
import org.posthorn.queue.QueueEntry;
import org.posthorn.queue.QueueName;
import org.posthorn.template.Templates;

/** Digests over a test database: what the stage needs beside a post's way. */
final class DigestsOnFlow {

    final FlowOnDatabase flow;
    final CollectedPosts posts;
    final OpenDigest open;
    final DigestStage stage;
    final SendDigests sending;

    DigestsOnFlow(FlowOnDatabase flow, Path spool) {
        this(flow, spool, Clock.fixed(FlowOnDatabase.NOW, ZoneOffset.UTC));
    }

    DigestsOnFlow(FlowOnDatabase flow, Path spool, Clock clock) {
        this(flow, spool, clock, new BeforeCommit());
    }

    DigestsOnFlow(FlowOnDatabase flow, Path spool, Clock clock, BeforeCommit beforeCommit) {
        this.flow = flow;
        Templates templates = new Templates(flow.templateTexts, flow.templates);
        posts = new CollectedPosts(flow.sql, flow.database().ids(), clock);
        open = new OpenDigest(
                posts,
                new DigestNumbers(flow.sql, flow.lists.counters, clock),
                new LastDigests(flow.sql),
                flow.lists.roster,
                templates,
                flow.postings,
                flow.switchboard,
                flow.trace,
                flow.database().ids(),
                clock);
        stage = new DigestStage(
                flow.lists.lists,
                flow.postings,
                flow.messages,
                posts,
                open,
                beforeCommit,
                templates,
                flow.switchboard,
                flow.trace,
                spool,
                clock);
        NextDigest next = new InTransaction();
        sending = new SendDigests(flow.lists.lists, next, flow.lists.audit, clock);
    }

    /** Does what the container's interceptor does. */
    private final class InTransaction extends NextDigest {
        private InTransaction() {
            super(flow.lists.lists, open);
        }

        @Override
        public OpenDigest.Opened open(long listId, Instant before) {
            return flow.inTransaction(() -> super.open(listId, before));
        }
    }

    Member aReader(String email, DeliveryMode mode) {
        Member member = flow.lists.aMember(flow.list, email, Role.MEMBER);
        flow.lists.run(() -> flow.lists
                .members
                .byId(member.getId())
                .orElseThrow()
                .preferences()
                .setDeliveryMode(mode));
        return member;
    }

    void settings(java.util.function.Consumer<MailingList> change) {
        flow.lists.run(
                () -> change.accept(flow.lists.lists.byId(flow.list.getId()).orElseThrow()));
    }

    /** A post, accepted, cooked, and collected if it is to be; what goes to members with regular delivery is forgotten. */
    long post(String mail) {
        long posting = flow.accepted(mail);
        flow.runAll(flow.pipeline);
        flow.sql.update("delete from queue_entry where queue = 'OUT'");
        flow.runAll(stage);
        return posting;
    }

    int sendNow() {
        return sending.now(flow.list.getId());
    }

    /** Writes what was sent, and fans it out. @return what leaves */
    List<QueueEntry> out() {
        flow.runAll(stage);
        flow.runAll(flow.pipeline);
        return flow.queued(QueueName.OUT);
    }

    MimeMessage message(QueueEntry out) throws Exception {
        return parsed(flow.octets(out.messageId()).getBytes(StandardCharsets.UTF_8));
    }

    static MimeMessage parsed(byte[] octets) throws Exception {
        return new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(octets));
    }

    static BodyPart part(MimeMultipart of, int number) throws Exception {
        return of.getBodyPart(number);
    }
}
