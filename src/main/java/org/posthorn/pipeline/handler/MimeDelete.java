package org.posthorn.pipeline.handler;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.posthorn.list.ContentFilter;
import org.posthorn.list.FilterAction;
import org.posthorn.mail.filter.Change;
import org.posthorn.mail.filter.FilterRules;
import org.posthorn.mail.filter.PartPlan;
import org.posthorn.mail.filter.Refusal;
import org.posthorn.mail.filter.Shelf;
import org.posthorn.pipeline.CookedMessage;
import org.posthorn.pipeline.Draft;
import org.posthorn.pipeline.Ending;
import org.posthorn.pipeline.Ending.How;
import org.posthorn.pipeline.Ending.Why;
import org.posthorn.pipeline.Handler;

/**
 * The content filter: takes out of the post what the list does not allow; where nothing is left, the list's settings say
 * what becomes of it. A list without one costs nothing.
 */
public final class MimeDelete implements Handler {

    private static final int MOST_NOTED = 20;

    @Override
    public String name() {
        return "mime-delete";
    }

    @Override
    public void handle(Draft draft) {
        ContentFilter filter = draft.list().contentFilter();
        if (!filter.isFilterContent()) {
            return;
        }
        try {
            PartPlan plan = PartPlan.of(draft.header(), draft.body(), rules(filter));
            note(draft, plan.changes());
            plan.refusal().ifPresent(refusal -> draft.end(new Ending(how(filter.getFilterAction()), why(refusal))));
            if (plan.isChange()) {
                CookedMessage scratch = draft.bench().scratch();
                plan.write(draft.header(), draft.body(), scratch, Shelf.NONE);
                draft.putBody(scratch::open);
                draft.header().set("X-Content-Filtered-By", "Posthorn");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static FilterRules rules(ContentFilter filter) {
        return new FilterRules(
                true,
                FilterRules.types(filter.getFilterTypes()),
                FilterRules.types(filter.getPassTypes()),
                FilterRules.extensions(filter.getFilterExtensions()),
                FilterRules.extensions(filter.getPassExtensions()),
                filter.isCollapseAlternatives(),
                filter.isConvertHtmlToPlaintext(),
                FilterRules.NO_LINKS);
    }

    static void note(Draft draft, List<Change> changes) {
        changes.stream().limit(MOST_NOTED).forEach(change -> draft.note(change.toString()));
        if (changes.size() > MOST_NOTED) {
            draft.note((changes.size() - MOST_NOTED) + " more");
        }
    }

    /** Mailman takes the three actions of its enumeration that mean nothing here for discarding; here nothing gets lost by them. */
    private static How how(FilterAction action) {
        return switch (action) {
            case DISCARD -> How.DISCARDED;
            case REJECT -> How.REJECTED;
            case FORWARD -> How.FORWARDED;
            case PRESERVE, HOLD, ACCEPT, DEFER -> How.PRESERVED;
        };
    }

    private static Why why(Refusal refusal) {
        String value = refusal.value();
        return switch (refusal.cause()) {
            case TYPE_FORBIDDEN -> new Why("type-forbidden", Map.of("type", value));
            case TYPE_NOT_ALLOWED -> new Why("type-not-allowed", Map.of("type", value));
            case EXTENSION_FORBIDDEN -> new Why("extension-forbidden", Map.of("extension", value));
            case EXTENSION_NOT_ALLOWED -> new Why("extension-not-allowed", Map.of("extension", value));
            case NOTHING_LEFT -> new Why("nothing-left", Map.of("parts", value));
        };
    }
}
