package org.posthorn.pipeline;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.posthorn.list.ListCounters;
import org.posthorn.list.MailingList;
import org.posthorn.mail.CopyPlan;
import org.posthorn.mail.Decoration;
import org.posthorn.mail.Decoration.Decorated;
import org.posthorn.mail.Decoration.Way;
import org.posthorn.mail.Footer;
import org.posthorn.mail.Octets;
import org.posthorn.mail.filter.Shelf;
import org.posthorn.pipeline.attachment.AttachmentShelf;
import org.posthorn.pipeline.attachment.Attachments;
import org.posthorn.pipeline.attachment.ShownShelf;
import org.posthorn.platform.settings.Settings;
import org.posthorn.queue.MessageStore;
import org.posthorn.queue.Posting;
import org.posthorn.queue.RuleMarks;
import org.posthorn.template.PublicPages;
import org.posthorn.template.TemplateName;
import org.posthorn.template.Templates;

/**
 * Cooks a message: the handlers alter it, and it is stored anew, once for all recipients, with a plan of where their
 * copies differ if they do. Its body streams through; it is never in memory. Or a handler ends its way, and nothing is stored.
 */
@ApplicationScoped
public class Kitchen {

    /** What stands around a post. */
    private static final Set<TemplateName> AROUND = Set.of(TemplateName.REGULAR_HEADER, TemplateName.REGULAR_FOOTER);

    private final MessageStore messages;
    private final PublicPages pages;
    private final Templates templates;
    private final Attachments attachments;
    private final ListCounters counters;
    private final Clock clock;
    private final Path spool;

    protected Kitchen() {
        this.counters = null;
        this.attachments = null;
        this.clock = null;
        this.messages = null;
        this.pages = null;
        this.templates = null;
        this.spool = null;
    }

    @Inject
    public Kitchen(
            MessageStore messages,
            PublicPages pages,
            Templates templates,
            Attachments attachments,
            ListCounters counters,
            Settings settings,
            Clock clock) {
        this(messages, pages, templates, attachments, counters, settings.home().resolve("spool"), clock);
    }

    Kitchen(
            MessageStore messages,
            PublicPages pages,
            Templates templates,
            Attachments attachments,
            ListCounters counters,
            Path spool,
            Clock clock) {
        this.counters = counters;
        this.attachments = attachments;
        this.clock = clock;
        this.messages = messages;
        this.pages = pages;
        this.templates = templates;
        this.spool = spool;
    }

    /**
     * What came of it.
     *
     * @param messageId the stored message
     * @param footer what was done about the footer, for the trace
     * @param author who may be told that it has gone out; empty: nobody
     */
    record Dish(long messageId, String bounces, String personalize, String footer, String author) {}

    /**
     * @param dish empty: its way has ended
     * @param ending empty: it goes on
     * @param notes what handlers say of it, for the trace
     * @param collected the stored message as digests have it; empty: it is for none
     */
    record Cooked(Optional<Dish> dish, Optional<Ending> ending, List<String> notes, Optional<Long> collected) {}

    /**
     * @param raw the stored message as it came
     * @param marks the rules that it was asked about
     */
    Cooked cook(MailingList list, Posting posting, long raw, RuleMarks marks, List<Handler> pipeline) {
        return cook(list, posting, raw, marks, pipeline, () -> false);
    }

    /** @param hasDigestReaders is asked where a handler wants the post in the next digest */
    Cooked cook(
            MailingList list,
            Posting posting,
            long raw,
            RuleMarks marks,
            List<Handler> pipeline,
            BooleanSupplier hasDigestReaders) {
        try (Cooking cooking = beginToSend(list, posting, () -> messages.open(raw), marks)) {
            if (!cooking.through(pipeline)) {
                return new Cooked(
                        Optional.empty(),
                        cooking.draft().ending(),
                        cooking.draft().notes(),
                        Optional.empty());
            }
            boolean collected = cooking.draft().isCollected() && hasDigestReaders.getAsBoolean();
            Made made = dish(cooking);
            Optional<Long> forDigest = Optional.empty();
            if (collected) {
                forDigest = Optional.of(made.bare() ? made.dish().messageId() : undecorated(cooking));
            }
            return new Cooked(
                    Optional.of(made.dish()), Optional.empty(), cooking.draft().notes(), forDigest);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Begins to cook without storing anything, for who wants to see what handlers make of a message.
     *
     * @param message as it came
     * @return to be closed
     */
    public Cooking begin(MailingList list, Posting posting, Octets message, RuleMarks marks) throws IOException {
        return begin(
                list,
                posting,
                message,
                marks,
                new ShownShelf(list, pages.base(list), clock),
                () -> counters.comingSubjectNumber(list.getId()));
    }

    /**
     * The same, but parts that are kept on the site are stored there, in the caller's transaction, if they are not yet, and a
     * number that the subject asks for is taken: for what goes out.
     */
    public Cooking beginToSend(MailingList list, Posting posting, Octets message, RuleMarks marks) throws IOException {
        return begin(
                list,
                posting,
                message,
                marks,
                new AttachmentShelf(attachments, list, posting, pages.base(list)),
                () -> counters.nextSubjectNumber(list.getId()));
    }

    private Cooking begin(
            MailingList list, Posting posting, Octets message, RuleMarks marks, Shelf shelf, LongSupplier numbers)
            throws IOException {
        String language = list.presentation().getPreferredLanguage();
        return new Cooking(
                message,
                spool,
                shelf,
                numbers,
                (header, body, bench) -> new Draft(
                        list,
                        posting,
                        header,
                        marks,
                        pages.base(list),
                        templates.together(list, AROUND, language),
                        body,
                        bench));
    }

    /** @param bare whether it has nothing that the list has put around it, so that it serves for digests, too */
    private record Made(Dish dish, boolean bare) {}

    private Made dish(Cooking cooking) throws IOException {
        Draft draft = cooking.draft();
        try (CookedMessage cooked = new CookedMessage(spool);
                InputStream body = cooking.body()) {
            Decorated decorated = decorate(draft, body, cooked);
            Dish dish = new Dish(
                    store(cooked, decorated.plan()),
                    draft.bounces(),
                    draft.personalize(),
                    decorated.way().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                    draft.author());
            return new Made(
                    dish, decorated.way() == Way.LEFT_ALONE && decorated.plan().isEmpty());
        }
    }

    private long undecorated(Cooking cooking) throws IOException {
        try (CookedMessage written = new CookedMessage(spool)) {
            cooking.writeTo(written);
            return messages.store(written);
        }
    }

    /** Writes the message with what the list puts around its text, as it goes out. */
    static Decorated decorate(Draft draft, InputStream body, OutputStream out) throws IOException {
        return Decoration.apply(
                draft.header(),
                body,
                new Footer(draft.above(), draft.footer()),
                draft.personalize().equals(OutAttributes.FULL),
                out);
    }

    /** @return room for octets that are stored nowhere, however many; to be closed */
    CookedMessage scratch() {
        return new CookedMessage(spool);
    }

    private long store(CookedMessage cooked, CopyPlan plan) {
        return plan.isEmpty() ? messages.store(cooked) : messages.store(cooked, plan.text());
    }

    /** Whether a message that was cooked in an earlier turn is still there: what nothing points to goes after an hour. */
    boolean isStored(Dish dish) {
        return messages.sizeBytes(dish.messageId()).isPresent();
    }
}
