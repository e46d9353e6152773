package org.posthorn.pipeline;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.posthorn.list.MailingList;
import org.posthorn.mail.HeaderBlock;
import org.posthorn.mail.MailMessage;
import org.posthorn.mail.Octets;
import org.posthorn.queue.Posting;
import org.posthorn.queue.RuleMarks;

/**
 * Cooks a post that goes nowhere, by the handlers with which the list's posts are cooked, and shows the message before and
 * after each. Stores nothing; what it takes of the spool it gives back.
 */
@ApplicationScoped
public class PipelineTrial {

    /** The step after the handlers: what the list puts around the text is written into the message. */
    public static final String DECORATION = "decoration";

    private final Kitchen kitchen;

    protected PipelineTrial() {
        this(null);
    }

    @Inject
    public PipelineTrial(Kitchen kitchen) {
        this.kitchen = kitchen;
    }

    /**
     * A message as some handler has left it.
     *
     * @param body the same object as long as no handler puts another in its place
     */
    public record Stand(HeaderBlock header, Octets body) {}

    /** Is shown each step. */
    @FunctionalInterface
    public interface Onlooker {

        /** @param notes what the handler says of it in the trace */
        void see(String handler, Stand before, Stand after, List<String> notes) throws IOException;
    }

    /**
     * How it ended.
     *
     * @param ending a handler ended its way; empty: it goes out, or was stopped
     * @param header as it goes out, for who gets it
     * @param bounces the reverse-path of its copies, or what theirs are made of
     * @param stopped whether the handlers were not all tried
     */
    public record Tried(
            Optional<Ending> ending, HeaderBlock header, String bounces, String personalize, boolean stopped) {}

    /**
     * @param posting as it would be if it came in now
     * @param goesOn asked before each handler; false: the others are not tried
     */
    public Tried of(
            MailingList list,
            Posting posting,
            Octets message,
            RuleMarks marks,
            Onlooker onlooker,
            BooleanSupplier goesOn)
            throws IOException {
        try (Cooking cooking = kitchen.begin(list, posting, message, marks)) {
            Draft draft = cooking.draft();
            int notes = 0;
            for (Handler handler : Pipelines.posting(list.posting().getPostingPipeline())) {
                if (!goesOn.getAsBoolean()) {
                    return tried(draft, true);
                }
                Stand before = stand(draft);
                boolean on = cooking.through(List.of(handler));
                List<String> all = draft.notes();
                onlooker.see(handler.name(), before, stand(draft), new ArrayList<>(all.subList(notes, all.size())));
                notes = all.size();
                if (!on) {
                    return tried(draft, false);
                }
            }
            if (!goesOn.getAsBoolean()) {
                return tried(draft, true);
            }
            decorate(draft, onlooker);
            return tried(draft, false);
        }
    }

    private void decorate(Draft draft, Onlooker onlooker) throws IOException {
        try (CookedMessage cooked = kitchen.scratch();
                InputStream body = draft.body().open()) {
            String way = Kitchen.decorate(draft, body, cooked)
                    .way()
                    .name()
                    .toLowerCase(Locale.ROOT)
                    .replace('_', ' ');
            HeaderBlock header = MailMessage.open(cooked.open()).header();
            Octets after = () -> MailMessage.open(cooked.open()).body();
            onlooker.see(DECORATION, stand(draft), new Stand(header, after), List.of(way));
        }
    }

    /** @return room for a message that comes to be tried; stored nowhere, to be closed */
    public CookedMessage scratch() {
        return kitchen.scratch();
    }

    private static Tried tried(Draft draft, boolean stopped) {
        return new Tried(draft.ending(), draft.header(), draft.bounces(), draft.personalize(), stopped);
    }

    private static Stand stand(Draft draft) {
        return new Stand(draft.header().copy(), draft.body());
    }
}
