package org.posthorn.pipeline.handler;

import java.util.Locale;
import org.posthorn.list.MailingList;
import org.posthorn.pipeline.Draft;
import org.posthorn.pipeline.Handler;

/** Sets by which reverse-path the copies leave (the list's bounce address), and whether each recipient gets one of their own. */
public final class ToOutgoing implements Handler {

    @Override
    public String name() {
        return "to-outgoing";
    }

    @Override
    public void handle(Draft draft) {
        MailingList list = draft.list();
        draft.leaveBy(
                list.address("bounces"),
                list.appearance().getPersonalize().name().toLowerCase(Locale.ROOT));
    }
}
