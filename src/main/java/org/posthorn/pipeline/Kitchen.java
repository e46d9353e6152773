package org.posthorn.pipeline;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.posthorn.list.MailingList;
import org.posthorn.mail.ApprovedLine;
import org.posthorn.mail.CopyPlan;
import org.posthorn.mail.Decoration;
import org.posthorn.mail.Decoration.Decorated;
import org.posthorn.mail.Footer;
import org.posthorn.mail.MailMessage;
import org.posthorn.platform.settings.Settings;
import org.posthorn.queue.MessageStore;
import org.posthorn.queue.Posting;
import org.posthorn.queue.RuleMarks;
import org.posthorn.template.PublicPages;
import org.posthorn.template.Templates;

/**
 * Cooks a message: the handlers alter its header, and it is stored anew, once for all recipients, with a plan of where their
 * copies differ if they do. Its body streams through; it is never in memory.
 */
@ApplicationScoped
public class Kitchen {

    private final MessageStore messages;
    private final PublicPages pages;
    private final Templates templates;
    private final Path spool;

    protected Kitchen() {
        this.messages = null;
        this.pages = null;
        this.templates = null;
        this.spool = null;
    }

    @Inject
    public Kitchen(MessageStore messages, PublicPages pages, Templates templates, Settings settings) {
        this(messages, pages, templates, settings.home().resolve("spool"));
    }

    Kitchen(MessageStore messages, PublicPages pages, Templates templates, Path spool) {
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
     * @param raw the stored message as it came
     * @param marks the rules that it was asked about
     */
    Dish cook(MailingList list, Posting posting, long raw, RuleMarks marks, List<Handler> pipeline) {
        try (InputStream octets = messages.open(raw);
                CookedMessage cooked = new CookedMessage(spool)) {
            MailMessage message = MailMessage.open(octets);
            String language = list.presentation().getPreferredLanguage();
            Draft draft = new Draft(
                    list,
                    posting,
                    message.header(),
                    marks,
                    pages.base(list),
                    name -> templates.find(list, name, language));
            InputStream body = ApprovedLine.bodyWithout(message);
            pipeline.forEach(handler -> handler.handle(draft));
            Decorated decorated = Decoration.apply(
                    draft.header(),
                    body,
                    new Footer(draft.above(), draft.footer()),
                    draft.personalize().equals(OutAttributes.FULL),
                    cooked);
            return new Dish(
                    store(cooked, decorated.plan()),
                    draft.bounces(),
                    draft.personalize(),
                    decorated.way().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                    draft.author());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private long store(CookedMessage cooked, CopyPlan plan) {
        return plan.isEmpty() ? messages.store(cooked) : messages.store(cooked, plan.text());
    }

    /** Whether a message that was cooked in an earlier turn is still there: what nothing points to goes after an hour. */
    boolean isStored(Dish dish) {
        return messages.sizeBytes(dish.messageId()).isPresent();
    }
}
