package org.posthorn.ingress;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.posthorn.list.InvalidValueException;
import org.posthorn.list.ListRepository;
import org.posthorn.list.MailingList;
import org.posthorn.list.UnknownException;
import org.posthorn.mail.CrLfOutputStream;
import org.posthorn.mail.HeaderBlock;
import org.posthorn.mail.NamedAddress;
import org.posthorn.platform.actor.Acting;
import org.posthorn.platform.actor.Needs;
import org.posthorn.platform.actor.Right;
import org.posthorn.platform.audit.AuditLog;
import org.posthorn.platform.audit.AuditSubject;
import org.posthorn.platform.settings.Settings;
import org.posthorn.queue.MessageSource;
import org.posthorn.queue.MessageStore;
import org.posthorn.queue.NewEntry;
import org.posthorn.queue.NewPosting;
import org.posthorn.queue.Postings;
import org.posthorn.queue.QueueName;
import org.posthorn.queue.Switchboard;
import org.posthorn.queue.Trace;
import org.posthorn.queue.runner.Stage;

/**
 * Puts a message that an operator has into a queue, as if it had come in by LMTP. It is never taken for one that has
 * arrived before. Its author stands for the reverse-path, of which there is none.
 */
@ApplicationScoped
public class Injection {

    /** Where a way may begin: mail that comes in, and posts that need no rule's consent. */
    private static final Set<QueueName> OPEN =
            EnumSet.of(QueueName.IN, QueueName.PIPELINE, QueueName.COMMAND, QueueName.BOUNCE);

    private final ListRepository lists;
    private final MessageStore messages;
    private final Postings postings;
    private final Switchboard switchboard;
    private final Trace trace;
    private final Clock clock;
    private final AuditLog audit;
    private final long maxBytes;
    private final Set<QueueName> open;

    protected Injection() {
        this(null, null, null, null, null, null, null, 0, Set.of());
    }

    @Inject
    public Injection(
            ListRepository lists,
            MessageStore messages,
            Postings postings,
            Switchboard switchboard,
            Trace trace,
            Clock clock,
            AuditLog audit,
            Settings settings,
            @Any Instance<Stage> stages) {
        this(
                lists,
                messages,
                postings,
                switchboard,
                trace,
                clock,
                audit,
                settings.lmtp().maxMessageBytes(),
                stages.stream().map(Stage::queue).collect(Collectors.toUnmodifiableSet()));
    }

    /** @param worked the queues that some stage works on */
    public Injection(
            ListRepository lists,
            MessageStore messages,
            Postings postings,
            Switchboard switchboard,
            Trace trace,
            Clock clock,
            AuditLog audit,
            long maxBytes,
            Set<QueueName> worked) {
        this.lists = lists;
        this.messages = messages;
        this.postings = postings;
        this.switchboard = switchboard;
        this.trace = trace;
        this.clock = clock;
        this.audit = audit;
        this.maxBytes = maxBytes;
        this.open = worked.stream().filter(OPEN::contains).collect(Collectors.toUnmodifiableSet());
    }

    /**
     * @param listId RFC 2919
     * @param text the message; its lines may end in LF
     * @return the entry's id
     * @throws UnknownException when there is no such list
     * @throws InvalidValueException when the queue takes no mail, or the message is too long, has a line above 998 octets or
     *     too large a header
     */
    @Transactional
    @Needs(Right.OPERATE_SITE)
    public long inject(QueueName queue, String listId, byte[] text) {
        if (!open.contains(queue)) {
            throw new InvalidValueException(
                    "queue",
                    queue.label(),
                    "one of "
                            + open.stream().map(QueueName::label).sorted().collect(Collectors.joining(", "))
                            + ": into others nothing can be put");
        }
        MailingList list = lists.byListId(listId).orElseThrow(() -> new UnknownException("list", listId));
        byte[] octets = wire(text);
        MessageFacts facts = facts(octets);
        MessageSource mail = MessageSource.of(octets);
        Instant now = clock.instant();
        String sender = author(octets);
        String recipient = queue == QueueName.COMMAND
                ? list.address("request")
                : queue == QueueName.BOUNCE ? list.address("bounces") : list.getFqdnListname();
        long message = messages.store(mail);
        long posting = postings.open(new NewPosting(
                list.getId(),
                recipient,
                queue,
                facts.messageId(),
                sender,
                facts.subject(),
                mail.sizeBytes(),
                now,
                queue == QueueName.IN ? Long.valueOf(message) : null));
        trace.event(
                posting, queue, "received", "injected by " + Acting.current().name());
        audit.record(
                "inject",
                new AuditSubject("queue", queue.label(), list.getId(), list.getListId()),
                "posting=" + posting + " message-id=" + facts.messageId());
        return switchboard.enqueue(
                NewEntry.of(queue, list.getId(), posting, message, attributes(queue, sender, recipient), now, now));
    }

    private static Map<String, String> attributes(QueueName queue, String sender, String recipient) {
        Map<String, String> attributes = new HashMap<>(Map.of("sender", sender, "recipient", recipient));
        attributes.put("kind", queue == QueueName.COMMAND ? "command" : queue == QueueName.BOUNCE ? "bounce" : "post");
        if (queue == QueueName.COMMAND) {
            attributes.put("command", Route.Purpose.REQUEST.label());
        }
        return attributes;
    }

    private byte[] wire(byte[] text) {
        ByteArrayOutputStream octets = new ByteArrayOutputStream(text.length + 512);
        try (CrLfOutputStream out = new CrLfOutputStream(octets)) {
            out.write(text);
            if (text.length > 0 && text[text.length - 1] != '\n') {
                out.write('\n');
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (octets.size() == 0 || octets.size() > maxBytes) {
            throw new InvalidValueException(
                    "text", octets.size() + " bytes", "a message of 1 to " + maxBytes + " bytes");
        }
        int line = 0;
        for (byte octet : octets.toByteArray()) {
            line = octet == '\n' ? 0 : line + 1;
            if (line > DataReader.MOST_LINE_OCTETS + 1) {
                throw new InvalidValueException(
                        "text", "a longer line", "a message with lines of at most " + DataReader.MOST_LINE_OCTETS);
            }
        }
        return octets.toByteArray();
    }

    private static MessageFacts facts(byte[] octets) {
        HeaderScan scan = new HeaderScan();
        scan.take(octets, octets.length);
        if (scan.isTooLarge()) {
            throw new InvalidValueException("text", "its header", "a message with a smaller header");
        }
        return scan.facts();
    }

    private static String author(byte[] octets) {
        HeaderBlock header = HeaderBlock.parse(octets);
        return header.addresses("From").stream()
                .findFirst()
                .map(NamedAddress::address)
                .map(address -> address.address())
                .orElse("");
    }
}
