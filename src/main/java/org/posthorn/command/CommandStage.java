package org.posthorn.command;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.posthorn.list.ListRepository;
import org.posthorn.list.MailingList;
import org.posthorn.mail.EmailAddress;
import org.posthorn.mail.HeaderBlock;
import org.posthorn.mail.MailMessage;
import org.posthorn.queue.MessageStore;
import org.posthorn.queue.Posting;
import org.posthorn.queue.Postings;
import org.posthorn.queue.QueueEntry;
import org.posthorn.queue.QueueName;
import org.posthorn.queue.Trace;
import org.posthorn.queue.runner.Stage;
import org.posthorn.template.Answerable;
import org.posthorn.template.Autoresponder;

/**
 * Does what people ask for by mail. Consumes {@code command}. Produces what the command does, and its answer by {@code virgin}.
 *
 * <p>Mail of machines (RFC 3834: automatic, bulk, of a list, with the null reverse-path) is never a command and is never answered.
 * What no command takes is done, with the event {@code ignored}. A failure of the database leaves the entry where it was.
 */
@ApplicationScoped
public class CommandStage implements Stage {

    private final ListRepository lists;
    private final Postings postings;
    private final MessageStore messages;
    private final Trace trace;
    private final Autoresponder autoresponder;
    private final Iterable<MailCommand> commands;

    protected CommandStage() {
        this(null, null, null, null, null, List.of());
    }

    @Inject
    public CommandStage(
            ListRepository lists,
            Postings postings,
            MessageStore messages,
            Trace trace,
            Autoresponder autoresponder,
            @Any Instance<MailCommand> commands) {
        this(lists, postings, messages, trace, autoresponder, (Iterable<MailCommand>) commands);
    }

    public CommandStage(
            ListRepository lists,
            Postings postings,
            MessageStore messages,
            Trace trace,
            Autoresponder autoresponder,
            Iterable<MailCommand> commands) {
        this.lists = lists;
        this.postings = postings;
        this.messages = messages;
        this.trace = trace;
        this.autoresponder = autoresponder;
        this.commands = commands;
    }

    @Override
    public QueueName queue() {
        return QueueName.COMMAND;
    }

    @Override
    public Outcome process(QueueEntry entry) {
        if (entry.postingId() == null || entry.messageId() == null) {
            return new Outcome.Bad("an entry without a posting or a message cannot be a command");
        }
        Posting posting = postings.find(entry.postingId())
                .orElseThrow(() -> new IllegalStateException(
                        "posting " + entry.postingId() + " cannot be missing while an entry points to it"));
        Optional<MailingList> list = entry.listId() == null ? Optional.empty() : lists.byId(entry.listId());
        if (list.isEmpty()) {
            trace.event(posting.id(), QueueName.COMMAND, "discarded", "the list is gone");
            trace.outcome(posting.id(), Posting.Outcome.DISCARDED);
            return new Outcome.Done();
        }
        HeaderBlock header = header(entry.messageId());
        Map<String, String> attributes = entry.attributes();
        String address = attributes.getOrDefault("command", "");
        // An answer to -confirm belongs to something that Posthorn asked: it is not what the text is for.
        if (!address.equals("confirm")
                && !autoresponder.respond(list.get(), Autoresponder.Kind.REQUESTS, header, posting.sender())) {
            trace.event(posting.id(), QueueName.COMMAND, "discarded", "the list answers automatically and discards");
            trace.outcome(posting.id(), Posting.Outcome.DISCARDED);
            return new Outcome.Done();
        }
        Optional<EmailAddress> person = Answerable.author(header, posting.sender());
        Optional<EmailAddress> writer = person.isPresent() ? person : Answerable.knownAuthor(header, posting.sender());
        if (writer.isEmpty()) {
            ignore(posting, "a machine wrote it");
            return new Outcome.Done();
        }
        CommandMail mail = new CommandMail(
                list.get(),
                address,
                attributes.getOrDefault("subaddress", ""),
                entry.messageId(),
                posting.sizeBytes(),
                header,
                writer.get());
        for (MailCommand command : commands) {
            if ((person.isPresent() || command.takesFromRoles()) && command.takes(mail)) {
                trace.event(posting.id(), QueueName.COMMAND, "command", command.carryOut(mail));
                trace.outcome(posting.id(), Posting.Outcome.DONE);
                return new Outcome.Done();
            }
        }
        ignore(posting, person.isPresent() ? "no such command" : "a machine wrote it");
        return new Outcome.Done();
    }

    private void ignore(Posting posting, String why) {
        trace.event(posting.id(), QueueName.COMMAND, "ignored", why);
        trace.outcome(posting.id(), Posting.Outcome.DONE);
    }

    private HeaderBlock header(long messageId) {
        try (InputStream octets = messages.open(messageId)) {
            return MailMessage.open(octets).header();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
