package org.posthorn.template;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.posthorn.mail.EmailAddress;
import org.posthorn.queue.MessageSource;
import org.posthorn.queue.MessageStore;
import org.posthorn.queue.NewEntry;
import org.posthorn.queue.NewPosting;
import org.posthorn.queue.Postings;
import org.posthorn.queue.QueueName;
import org.posthorn.queue.Switchboard;
import org.posthorn.queue.Trace;

/**
 * Sends what Posthorn writes: stores it and puts it into {@code virgin}, in the caller's transaction. Each mail has a
 * posting of its own, so that it can be found by its Message-ID like any other. It leaves with the null reverse-path:
 * nobody answers it, and a bounce of it goes nowhere.
 */
@ApplicationScoped
public class Outbox {

    private final MessageStore messages;
    private final Postings postings;
    private final Switchboard switchboard;
    private final Trace trace;
    private final Clock clock;

    protected Outbox() {
        this(null, null, null, null, null);
    }

    @Inject
    public Outbox(MessageStore messages, Postings postings, Switchboard switchboard, Trace trace, Clock clock) {
        this.messages = messages;
        this.postings = postings;
        this.switchboard = switchboard;
        this.trace = trace;
        this.clock = clock;
    }

    /** @return the mail's Message-ID, with its angle brackets */
    public String send(Notice notice) {
        Instant now = clock.instant();
        String messageId =
                "<" + UUID.randomUUID() + "@" + notice.from().address().domain() + ">";
        MessageSource mail = MessageSource.of(ComposeNotice.octets(notice, messageId, now));
        long stored = messages.store(mail);
        send(notice.listId(), notice.to(), notice.subject(), messageId, stored, mail.sizeBytes(), now);
        return messageId;
    }

    /** Sends a stored mail on. The copy is stored once, however many get it. */
    public void send(Forward forward) {
        Instant now = clock.instant();
        String messageId =
                "<" + UUID.randomUUID() + "@" + forward.from().address().domain() + ">";
        MessageSource mail =
                new ForwardSource(ComposeNotice.around(forward, messageId, now), forward.messageId(), messages);
        long stored = messages.store(mail);
        for (EmailAddress to : forward.to()) {
            send(forward.listId(), to, forward.subject(), messageId, stored, mail.sizeBytes(), now);
        }
    }

    private void send(
            Long listId, EmailAddress to, String subject, String messageId, long stored, long size, Instant now) {
        long posting = postings.open(
                new NewPosting(listId, to.address(), QueueName.VIRGIN, messageId, "", subject, size, now));
        Map<String, String> attributes = Map.of("kind", "virgin", "sender", "", "recipient", to.address());
        switchboard.enqueue(NewEntry.of(QueueName.VIRGIN, listId, posting, stored, attributes, now, now));
        trace.event(posting, QueueName.VIRGIN, "written", subject);
    }
}
