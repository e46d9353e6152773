package org.posthorn.moderation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.posthorn.pipeline.FlowOnDatabase.mail;

import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.posthorn.list.InvalidValueException;
import org.posthorn.pipeline.FlowOnDatabase;
import org.posthorn.queue.QueueEntry;
import org.posthorn.queue.QueueName;
import org.posthorn.template.Outbox;
import org.posthorn.testing.BothDatabases;
import org.posthorn.testing.TestDatabase;

class ForwardHeldTest {

    @TempDir
    Path spool;

    private static ForwardHeld forwarding(FlowOnDatabase flow) {
        Outbox outbox = new Outbox(
                flow.messages,
                flow.postings,
                flow.switchboard,
                flow.trace,
                java.time.Clock.fixed(FlowOnDatabase.NOW, java.time.ZoneOffset.UTC));
        return new ForwardHeld(flow.heldMessages, flow.lists.lists, flow.budget, outbox, flow.trace, flow.lists.audit);
    }

    private static HeldMessage aHeldPost(FlowOnDatabase flow, String... fields) {
        flow.lists.run(() ->
                flow.lists.lists.byId(flow.list.getId()).orElseThrow().posting().setRespondToPostRequests(false));
        flow.arrives(mail("stranger@example.org", fields), "stranger@example.org", "post");
        flow.runAll(flow.moderation);
        return flow.heldMessages.page(flow.list.getId(), 0, 10).get(0);
    }

    @BothDatabases
    void heldPostShouldGoToEachAddressAsItCameAndStayHeld(TestDatabase database) {
        try (FlowOnDatabase flow = new FlowOnDatabase(database, spool)) {
            HeldMessage held = aHeldPost(flow);
            int before = flow.queued(QueueName.VIRGIN).size();

            boolean done = flow.inTransaction(() -> forwarding(flow)
                    .to(
                            flow.list.getId(),
                            held.requestId(),
                            List.of("zoe@example.com", "yan@example.com"),
                            "the owner"));

            assertThat(done).isTrue();
            List<QueueEntry> sent = flow.queued(QueueName.VIRGIN).subList(before, before + 2);
            assertThat(sent)
                    .extracting(entry -> entry.attributes().get("recipient"))
                    .containsExactlyInAnyOrder("zoe@example.com", "yan@example.com");
            assertThat(sent.get(0).messageId())
                    .as("stored once")
                    .isEqualTo(sent.get(1).messageId());
            assertThat(flow.octets(sent.get(0).messageId()))
                    .contains(
                            "Content-Type: message/rfc822\r\n",
                            "\r\n\r\nFrom: stranger@example.org\r\n",
                            "Subject: First light\r\n",
                            "\r\n\r\nDear list\r\n");
            assertThat(flow.heldMessages.find(flow.list.getId(), held.requestId()))
                    .isPresent();
            assertThat(flow.events(held.postingId())).containsExactly("held", "forwarded");
            assertThat(database.sql()
                            .list("select action from audit_entry where action = 'forward'", row -> row.getString(1)))
                    .hasSize(1);
        }
    }

    @BothDatabases
    void moderatorsPasswordShouldNotGoWithIt(TestDatabase database) {
        try (FlowOnDatabase flow = new FlowOnDatabase(database, spool)) {
            HeldMessage held = aHeldPost(flow, "Approved: almost-right");
            flow.inTransaction(() ->
                    forwarding(flow).to(flow.list.getId(), held.requestId(), List.of("zoe@example.com"), "the owner"));
            List<QueueEntry> sent = flow.queued(QueueName.VIRGIN);
            assertThat(flow.octets(sent.get(sent.size() - 1).messageId()))
                    .contains("Dear list")
                    .doesNotContain("almost-right");
        }
    }

    @BothDatabases
    void whatIsNotHeldOrNoAddressShouldNotBeForwarded(TestDatabase database) {
        try (FlowOnDatabase flow = new FlowOnDatabase(database, spool)) {
            HeldMessage held = aHeldPost(flow);
            long list = flow.list.getId();
            assertThat(flow.inTransaction(
                            () -> forwarding(flow).to(list, held.requestId() + 1, List.of("zoe@example.com"), "x")))
                    .isFalse();
            assertThatThrownBy(() -> forwarding(flow).to(list, held.requestId(), List.of("nobody"), "x"))
                    .isInstanceOf(InvalidValueException.class);
            assertThatThrownBy(() -> forwarding(flow)
                            .to(list, held.requestId(), Collections.nCopies(21, "zoe@example.com"), "x"))
                    .isInstanceOf(InvalidValueException.class);
        }
    }
}
