package org.posthorn.pipeline.handler;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.posthorn.list.MailingList;
import org.posthorn.list.Personalization;
import org.posthorn.mail.PersonalValue;
import org.posthorn.pipeline.Draft;
import org.posthorn.pipeline.Handler;
import org.posthorn.platform.Text;
import org.posthorn.template.TemplateName;
import org.posthorn.template.Texts;
import org.posthorn.template.Variables;

/**
 * Gives the post the list's header and footer: the site's own texts, else no header and a footer that says which list it
 * was and how to leave it. How they are put on is the mail package's art. What is another for each recipient stays open where
 * the list sends personal copies, and is left out where it does not.
 */
public final class Decorate implements Handler {

    private static final int LONGEST_NAME = 200;

    /** What Mailman's templates call the recipient's own. */
    private static final Map<String, PersonalValue> RECIPIENT = Map.of(
            "user_email", PersonalValue.EMAIL,
            "user_address", PersonalValue.EMAIL,
            "user_delivered_to", PersonalValue.DELIVERED_TO,
            "user_language", PersonalValue.LANGUAGE,
            "user_name", PersonalValue.NAME,
            "user_name_or_address", PersonalValue.NAME_OR_ADDRESS,
            "user_name_or_email", PersonalValue.NAME_OR_ADDRESS,
            "member", PersonalValue.NAME_AND_ADDRESS);

    @Override
    public String name() {
        return "decorate";
    }

    @Override
    public void handle(Draft draft) {
        MailingList list = draft.list();
        String language = list.presentation().getPreferredLanguage();
        Map<String, String> variables = variables(draft, language);
        draft.putAbove(text(draft, TemplateName.REGULAR_HEADER, variables).orElse(""));
        draft.putFooter(text(draft, TemplateName.REGULAR_FOOTER, variables)
                .orElseGet(() -> PersonalValue.withoutMarks(footer(list, language))));
    }

    private static Optional<String> text(Draft draft, TemplateName name, Map<String, String> variables) {
        return draft.template(name).map(text -> Variables.replace(PersonalValue.withoutMarks(text), variables));
    }

    private static Map<String, String> variables(Draft draft, String language) {
        MailingList list = draft.list();
        Map<String, String> variables = new HashMap<>(Variables.of(list, language));
        variables.replaceAll((name, value) -> PersonalValue.withoutMarks(value));
        boolean personal = list.appearance().getPersonalize() != Personalization.NONE;
        RECIPIENT.forEach((name, value) -> variables.put(name, personal ? value.mark() : ""));
        // Nobody has a page of their own yet: the list's says how to leave. One that is not advertised is for nobody to
        // see.
        variables.put(
                "user_optionsurl",
                list.presentation().isAdvertised() ? draft.baseUrl() + "/lists/" + list.getListId() : "");
        return variables;
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
