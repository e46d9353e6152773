package org.posthorn.pipeline.handler;

import java.util.Locale;
import java.util.Set;
import org.posthorn.mail.ApprovedLine;
import org.posthorn.pipeline.Draft;
import org.posthorn.pipeline.Handler;

/**
 * Takes out what is not for the members: the moderator's password (in the text, the kitchen does that), requests for receipts (thousands of readers would
 * answer them), and the reverse-path of the way here.
 */
public final class Cleanse implements Handler {

    private static final Set<String> NOT_FOR_MEMBERS = Set.of(
            "return-path",
            "return-receipt-to",
            "disposition-notification-to",
            "disposition-notification-options",
            "x-confirm-reading-to",
            "x-pmrqc",
            "generate-delivery-report",
            "original-recipient");

    @Override
    public String name() {
        return "cleanse";
    }

    @Override
    public void handle(Draft draft) {
        ApprovedLine.PASSWORD_FIELDS.forEach(draft.header()::remove);
        draft.header().remove(field -> NOT_FOR_MEMBERS.contains(field.name().toLowerCase(Locale.ROOT)));
    }
}
