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
 * Sends what Posthorn writes: stores it and puts it into {@code virgin} (or, for the owners, where mail to them goes on), in the caller's transaction. Each mail has a
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

    /** Which way mail takes: straight to one address, or to whoever the list's owners and moderators are. */
    private enum Way {
        DIRECT(QueueName.VIRGIN, "virgin"),
        TO_OWNERS(QueueName.PIPELINE, "owner");

        private final QueueName queue;
        private final String kind;

        Way(QueueName queue, String kind) {
            this.queue = queue;
            this.kind = kind;
        }
    }

    /** @return the mail's Message-ID, with its angle brackets */
    public String send(Notice notice) {
        return send(notice, Way.DIRECT);
    }

    /**
     * To the list's owners and moderators, whoever they are when it goes out.
     *
     * @param notice to the address of the owners
     * @return as {@link #send}
     */
    public String sendToOwners(Notice notice) {
        return send(notice, Way.TO_OWNERS);
    }

    private String send(Notice notice, Way way) {
        Instant now = clock.instant();
        String messageId =
                "<" + UUID.randomUUID() + "@" + notice.from().address().domain() + ">";
        MessageSource mail = MessageSource.of(ComposeNotice.octets(notice, messageId, now));
        long stored = messages.store(mail);
        NewPosting posting = new NewPosting(
                notice.listId(),
                notice.to().address(),
                way.queue,
                messageId,
                "",
                notice.subject(),
                mail.sizeBytes(),
                now);
        send(posting, way, stored);
        return messageId;
    }

    /** Sends a stored mail on. The copy is stored once, however many get it. */
    public void send(Forward forward) {
        send(forward, Way.DIRECT);
    }

    /**
     * Sends a stored mail on to the list's owners and moderators, whoever they are when it goes out.
     *
     * @param forward to the address of the owners
     */
    public void sendToOwners(Forward forward) {
        send(forward, Way.TO_OWNERS);
    }

    private void send(Forward forward, Way way) {
        Instant now = clock.instant();
        String messageId =
                "<" + UUID.randomUUID() + "@" + forward.from().address().domain() + ">";
        MessageSource mail =
                new ForwardSource(ComposeNotice.around(forward, messageId, now), forward.messageId(), messages);
        long stored = messages.store(mail);
        for (EmailAddress to : forward.to()) {
            NewPosting posting = new NewPosting(
                    forward.listId(), to.address(), way.queue, messageId, "", forward.subject(), mail.sizeBytes(), now);
            send(posting, way, stored);
        }
    }

    private void send(NewPosting mail, Way way, long stored) {
        long posting = postings.open(mail);
        Map<String, String> attributes = Map.of("kind", way.kind, "sender", "", "recipient", mail.recipient());
        Instant now = mail.receivedAt();
        switchboard.enqueue(NewEntry.of(way.queue, mail.listId(), posting, stored, attributes, now, now));
        trace.event(posting, way.queue, "written", mail.subject());
    }
}
