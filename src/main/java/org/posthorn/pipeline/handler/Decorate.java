package org.posthorn.pipeline.handler;

import java.util.Map;
import org.posthorn.list.MailingList;
import org.posthorn.pipeline.Draft;
import org.posthorn.pipeline.Handler;
import org.posthorn.platform.Text;
import org.posthorn.template.Texts;

/** Gives the post the list's footer: which list it was, and how to leave it. How it is put on is the mail package's art. */
public final class Decorate implements Handler {

    private static final int LONGEST_NAME = 200;

    @Override
    public String name() {
        return "decorate";
    }

    @Override
    public void handle(Draft draft) {
        MailingList list = draft.list();
        draft.putFooter(Texts.fill(
                list.presentation().getPreferredLanguage(),
                "footer.text",
                Map.of(
                        "display_name",
                                Text.line(list.presentation().getDisplayName(), LONGEST_NAME)
                                        .strip(),
                        "list", list.getFqdnListname(),
                        "leave", list.address("leave"))));
    }
}
