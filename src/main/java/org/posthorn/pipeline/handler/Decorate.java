package org.posthorn.pipeline.handler;

import java.util.Map;
import org.posthorn.list.MailingList;
import org.posthorn.pipeline.Draft;
import org.posthorn.pipeline.Handler;
import org.posthorn.platform.Text;
import org.posthorn.template.TemplateName;
import org.posthorn.template.Texts;
import org.posthorn.template.Variables;

/**
 * Gives the post the list's header and footer: the site's own texts, else no header and a footer that says which list it
 * was and how to leave it. How they are put on is the mail package's art.
 */
public final class Decorate implements Handler {

    private static final int LONGEST_NAME = 200;

    @Override
    public String name() {
        return "decorate";
    }

    @Override
    public void handle(Draft draft) {
        MailingList list = draft.list();
        String language = list.presentation().getPreferredLanguage();
        Map<String, String> variables = Variables.of(list, language);
        draft.putAbove(draft.template(TemplateName.REGULAR_HEADER)
                .map(text -> Variables.replace(text, variables))
                .orElse(""));
        draft.putFooter(draft.template(TemplateName.REGULAR_FOOTER)
                .map(text -> Variables.replace(text, variables))
                .orElseGet(() -> footer(list, language)));
    }

    private static String footer(MailingList list, String language) {
        return Texts.fill(
                language,
                "footer.text",
                Map.of(
                        "display_name",
                                Text.line(list.presentation().getDisplayName(), LONGEST_NAME)
                                        .strip(),
                        "list", list.getFqdnListname(),
                        "leave", list.address("leave")));
    }
}
