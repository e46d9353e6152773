package org.posthorn.pipeline.handler;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;
import org.posthorn.mail.filter.FilterRules;
import org.posthorn.mail.filter.PartPlan;
import org.posthorn.pipeline.CookedMessage;
import org.posthorn.pipeline.Draft;
import org.posthorn.pipeline.Handler;

/**
 * Takes parts out that are larger than the list wants to send to each member, and are neither text nor signed: they are
 * kept on the site, and a notice says where. A list that does not, and a post that is small as a whole, cost nothing.
 */
public final class LinkAttachments implements Handler {

    private static final long KIB = 1024;

    @Override
    public String name() {
        return "link-attachments";
    }

    @Override
    public void handle(Draft draft) {
        long above = draft.list().appearance().getAttachmentLinkThreshold() * KIB;
        if (above == 0 || draft.posting().sizeBytes() <= above) {
            return;
        }
        FilterRules rules = new FilterRules(false, Set.of(), Set.of(), Set.of(), Set.of(), false, false, above);
        try {
            PartPlan plan = PartPlan.of(draft.header(), draft.body(), rules);
            if (plan.isChange()) {
                MimeDelete.note(draft, plan.changes());
                CookedMessage scratch = draft.bench().scratch();
                plan.write(draft.header(), draft.body(), scratch, draft.bench().shelf());
                draft.putBody(scratch::open);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
