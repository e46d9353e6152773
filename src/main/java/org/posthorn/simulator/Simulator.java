package org.posthorn.simulator;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.posthorn.list.ChangedLists;
import org.posthorn.list.InvalidValueException;
import org.posthorn.list.ListRepository;
import org.posthorn.list.MailingList;
import org.posthorn.list.Recipient;
import org.posthorn.list.UnknownException;
import org.posthorn.mail.EmailAddress;
import org.posthorn.mail.HeaderBlock;
import org.posthorn.mail.MailMessage;
import org.posthorn.mail.Octets;
import org.posthorn.moderation.Disposition;
import org.posthorn.moderation.RuleTrial;
import org.posthorn.pipeline.AudienceTrial;
import org.posthorn.pipeline.CookedMessage;
import org.posthorn.pipeline.Ending;
import org.posthorn.pipeline.PipelineTrial;
import org.posthorn.pipeline.PipelineTrial.Stand;
import org.posthorn.platform.Text;
import org.posthorn.platform.actor.Needs;
import org.posthorn.platform.actor.OfList;
import org.posthorn.platform.actor.Right;
import org.posthorn.platform.settings.Settings;
import org.posthorn.queue.MessageStore;
import org.posthorn.queue.Posting;
import org.posthorn.queue.QueueName;
import org.posthorn.simulator.Simulation.Fate;
import org.posthorn.simulator.Simulation.Readers;
import org.posthorn.simulator.Simulation.Step;

/**
 * Tries what would become of a message. Reads the database and writes nothing: no post, no counter, no answer, no mail. What
 * it takes of memory is bounded whatever the message; the message itself is read as a stream. No handler is begun after {@value #MOST_SECONDS} seconds.
 */
@ApplicationScoped
public class Simulator {

    static final int MOST_SECONDS = 20;

    /** Of a node at once: each holds a connection to the database, and what it compares is held in memory. */
    static final int MOST_AT_ONCE = 2;

    private static final int PATIENCE_SECONDS = 3;

    /** So many of those who would get it are shown at a time. */
    public static final int PAGE = 50;

    /** So many lines of the mail as it goes out are shown. */
    private static final int MOST_MAIL = 500;

    private static final int LONGEST_FIELD = 998;

    private final ListRepository lists;
    private final ChangedLists changedLists;
    private final RuleTrial rules;
    private final PipelineTrial pipeline;
    private final AudienceTrial audience;
    private final StoredPosts stored;
    private final MessageStore messages;
    private final Semaphore places = new Semaphore(MOST_AT_ONCE);
    private final Clock clock;
    private final long mostBytes;

    protected Simulator() {
        this.lists = null;
        this.changedLists = null;
        this.rules = null;
        this.pipeline = null;
        this.audience = null;
        this.stored = null;
        this.messages = null;
        this.clock = null;
        this.mostBytes = 0;
    }

    @Inject
    public Simulator(
            ListRepository lists,
            ChangedLists changedLists,
            RuleTrial rules,
            PipelineTrial pipeline,
            AudienceTrial audience,
            StoredPosts stored,
            MessageStore messages,
            Settings settings,
            Clock clock) {
        this.audience = audience;
        this.stored = stored;
        this.messages = messages;
        this.mostBytes = settings.lmtp().maxMessageBytes();
        this.lists = lists;
        this.changedLists = changedLists;
        this.rules = rules;
        this.pipeline = pipeline;
        this.clock = clock;
    }

    /**
     * A message to be tried.
     *
     * @param octets as they would come in
     * @param sizeBytes how many they are
     */
    public record Message(Octets octets, long sizeBytes) {}

    /**
     * How it is to be tried.
     *
     * @param sender the reverse-path, empty for the null path; not there: the one that a stored post came with, else the
     *     first address in From
     * @param changes settings to try it with, as {@link ChangedLists#with} takes them; none: as they are. Takes the right to
     *     change the list
     * @param asked an address: would they get it?
     * @param after the member id after which the page of who gets it begins, 0 for the first page
     */
    public record Conditions(Optional<String> sender, Map<String, ?> changes, Optional<String> asked, long after) {

        public static Conditions asTheyAre() {
            return new Conditions(Optional.empty(), Map.of(), Optional.empty(), 0);
        }
    }

    /**
     * @throws UnknownException when the list or an attribute is not there
     * @throws org.posthorn.list.InvalidValueException when a value cannot be
     * @throws BusyException when others try something on this node
     */
    @Transactional
    @Needs(Right.MODERATE)
    public Simulation run(@OfList long listId, Message message, Conditions conditions) {
        if (!takePlace()) {
            throw new BusyException();
        }
        try {
            return tried(listId, message, conditions);
        } finally {
            places.release();
        }
    }

    private boolean takePlace() {
        try {
            return places.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private Simulation tried(long listId, Message message, Conditions conditions) {
        MailingList list = conditions.changes().isEmpty()
                ? lists.byId(listId).orElseThrow(() -> new UnknownException("list", listId))
                : changedLists.with(listId, conditions.changes());
        try {
            return run(list, message, conditions);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The same with a post of the list that is still there as it came.
     *
     * @return empty: it is not there any more, or it is another list's
     */
    @Transactional
    @Needs(Right.MODERATE)
    public Optional<Simulation> runStored(@OfList long listId, long postingId, Conditions conditions) {
        return stored.find(listId, postingId)
                .map(post -> run(
                        listId,
                        new Message(() -> messages.open(post.messageId()), post.sizeBytes()),
                        new Conditions(
                                Optional.of(conditions.sender().orElse(post.sender())),
                                conditions.changes(),
                                conditions.asked(),
                                conditions.after())));
    }

    /**
     * Takes a message that is to be tried with a list. Not in a transaction: it may come slowly.
     *
     * @param octets read to their end, not closed
     * @return to be closed
     * @throws InvalidValueException when it is longer than what the site takes by LMTP
     */
    @Needs(Right.MODERATE)
    public Upload receive(@OfList long listId, InputStream octets) throws IOException {
        CookedMessage received = pipeline.scratch();
        boolean whole = false;
        try {
            byte[] some = new byte[16 * 1024];
            for (int read = octets.read(some); read >= 0; read = octets.read(some)) {
                received.write(some, 0, read);
                if (received.sizeBytes() > mostBytes) {
                    throw new InvalidValueException("message", "", "at most " + mostBytes + " octets");
                }
            }
            whole = true;
            return new Upload(received);
        } finally {
            if (!whole) {
                received.close();
            }
        }
    }

    /** How long a message may be, in octets. */
    public long mostBytes() {
        return mostBytes;
    }

    private Simulation run(MailingList list, Message message, Conditions conditions) throws IOException {
        HeaderBlock header;
        try (InputStream in = message.octets().open()) {
            header = MailMessage.open(in).header();
        }
        Posting posting = posting(list, message, header, conditions);
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(MOST_SECONDS);
        RuleTrial.Tried tried = rules.of(list, message.octets(), posting);
        Comparison comparison = new Comparison();
        PipelineTrial.Tried cooked = pipeline.of(
                list, posting, message.octets(), tried.marks(), comparison, () -> System.nanoTime() - until < 0);
        boolean out = cooked.ending().isEmpty() && !cooked.stopped();
        AudienceTrial.Tried addressed =
                new AudienceTrial.Tried(list, header, cooked.header(), posting.sender(), tried.urgent());
        return new Simulation(
                fate(tried.disposition(), cooked.ending()),
                tried,
                List.copyOf(comparison.steps),
                cooked.ending(),
                out ? Optional.of(readers(addressed, conditions)) : Optional.empty(),
                out ? comparison.mail() : List.of(),
                out && comparison.isMailCut(),
                cooked.stopped(),
                posting.sender());
    }

    private Readers readers(AudienceTrial.Tried addressed, Conditions conditions) {
        List<Recipient> page = audience.page(addressed, conditions.after(), PAGE);
        return new Readers(
                audience.count(addressed),
                page.stream().map(Recipient::email).toList(),
                page.size() < PAGE
                        ? Optional.empty()
                        : Optional.of(page.get(PAGE - 1).memberId()),
                conditions
                        .asked()
                        .flatMap(EmailAddress::parse)
                        .flatMap(address -> audience.of(addressed, address.key())));
    }

    private Posting posting(MailingList list, Message message, HeaderBlock header, Conditions conditions) {
        String sender = conditions
                .sender()
                .orElseGet(() -> header.addresses("From").stream()
                        .findFirst()
                        .map(from -> from.address().address())
                        .orElse(""));
        return new Posting(
                0,
                list.getId(),
                list.getFqdnListname(),
                QueueName.IN,
                Text.line(header.messageId().orElse(""), LONGEST_FIELD),
                sender,
                Text.line(header.subject(), LONGEST_FIELD),
                message.sizeBytes(),
                clock.instant(),
                null,
                false);
    }

    private static Fate fate(Disposition disposition, Optional<Ending> ending) {
        if (disposition instanceof Disposition.Hold) {
            return Fate.HOLD;
        }
        if (disposition instanceof Disposition.Reject) {
            return Fate.REJECT;
        }
        if (disposition instanceof Disposition.Discard) {
            return Fate.DISCARD;
        }
        return ending.map(end -> switch (end.how()) {
                    case DISCARDED -> Fate.DISCARD;
                    case REJECTED -> Fate.REJECT;
                    case FORWARDED -> Fate.FORWARD;
                    case PRESERVED -> Fate.PRESERVE;
                })
                .orElse(Fate.ACCEPT);
    }

    /** Of a body that no handler replaces it reads the beginning once. */
    private static final class Comparison implements PipelineTrial.Onlooker {

        private final List<Step> steps = new ArrayList<>();
        private Octets body;
        private Source last;
        private Source bodySource;

        @Override
        public void see(String handler, Stand before, Stand after, List<String> notes) throws IOException {
            Source old = Source.of(before.header()).then(source(before.body()));
            Source now = Source.of(after.header()).then(source(after.body()));
            last = now;
            List<String> lines =
                    notes.stream().map(note -> Text.line(note, LONGEST_FIELD)).toList();
            steps.add(new Step(handler, Difference.of(old, now), lines));
        }

        List<String> mail() {
            return List.copyOf(last.lines().subList(0, Math.min(last.lines().size(), MOST_MAIL)));
        }

        boolean isMailCut() {
            return last.cut() || last.lines().size() > MOST_MAIL;
        }

        private Source source(Octets octets) throws IOException {
            if (octets != body) {
                bodySource = Source.of(octets);
                body = octets;
            }
            return bodySource;
        }
    }
}
