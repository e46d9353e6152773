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
import org.posthorn.mail.Decoration;
import org.posthorn.mail.Footer;
import org.posthorn.mail.MailMessage;
import org.posthorn.platform.settings.Settings;
import org.posthorn.queue.MessageStore;
import org.posthorn.queue.Posting;

/** Cooks a message: the handlers alter its header, and it is stored anew. Its body streams through; it is never in memory. */
@ApplicationScoped
public class Kitchen {

    private final MessageStore messages;
    private final Path spool;

    protected Kitchen() {
        this.messages = null;
        this.spool = null;
    }

    @Inject
    public Kitchen(MessageStore messages, Settings settings) {
        this(messages, settings.home().resolve("spool"));
    }

    Kitchen(MessageStore messages, Path spool) {
        this.messages = messages;
        this.spool = spool;
    }

    /**
     * What came of it.
     *
     * @param messageId the stored message
     * @param footer what was done about the footer, for the trace
     */
    record Dish(long messageId, String bounces, String personalize, String footer) {}

    /** @param raw the stored message as it came */
    Dish cook(MailingList list, Posting posting, long raw, List<Handler> pipeline) {
        try (InputStream octets = messages.open(raw);
                CookedMessage cooked = new CookedMessage(spool)) {
            MailMessage message = MailMessage.open(octets);
            Draft draft = new Draft(list, posting, message.header());
            pipeline.forEach(handler -> handler.handle(draft));
            Decoration.Way way =
                    Decoration.apply(draft.header(), message.body(), new Footer("", draft.footer()), cooked);
            return new Dish(
                    messages.store(cooked),
                    draft.bounces(),
                    draft.personalize(),
                    way.name().toLowerCase(Locale.ROOT).replace('_', ' '));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether a message that was cooked in an earlier turn is still there: what nothing points to goes after an hour. */
    boolean isStored(Dish dish) {
        return messages.sizeBytes(dish.messageId()).isPresent();
    }
}
