package org.posthorn.template;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.posthorn.list.ListRepository;
import org.posthorn.list.MailingList;
import org.posthorn.list.UnknownException;
import org.posthorn.platform.actor.Needs;
import org.posthorn.platform.actor.OfList;
import org.posthorn.platform.actor.Right;

/** What a list's texts would say, before anything is stored. Sends nothing. */
@ApplicationScoped
public class TemplatePreview {

    private final ListRepository lists;
    private final Templates templates;

    protected TemplatePreview() {
        this(null, null);
    }

    @Inject
    public TemplatePreview(ListRepository lists, Templates templates) {
        this.lists = lists;
        this.templates = templates;
    }

    /**
     * @param text with what the list is filled in; what only a post or a person gives still stands as it was written
     * @param unfilled the variables that stand so, each with its first line, from 1
     */
    public record Preview(String text, Map<String, Integer> unfilled) {}

    /**
     * @param language a tag, or {@link TemplateText#ANY_LANGUAGE} for the list's own
     * @throws UnknownException when there is no such list
     */
    @Transactional
    @Needs(Right.CHANGE_LIST)
    public Preview of(@OfList long listId, String language, String text) {
        MailingList list = list(listId);
        Map<String, String> values = Variables.of(list, reader(list, language));
        return new Preview(Variables.replace(text, values), Variables.unfilled(text, values));
    }

    /**
     * @param language a tag, or {@link TemplateText#ANY_LANGUAGE} for the list's own
     * @return what counts on the list for a reader of this language; not there: Posthorn's own text
     * @throws UnknownException when there is no such list
     */
    @Transactional
    @Needs(Right.CHANGE_LIST)
    public Optional<String> counting(@OfList long listId, TemplateName name, String language) {
        MailingList list = list(listId);
        return templates.find(list, name, reader(list, language));
    }

    private MailingList list(long listId) {
        return lists.byId(listId).orElseThrow(() -> new UnknownException("list", listId));
    }

    private static String reader(MailingList list, String language) {
        return language.equals(TemplateText.ANY_LANGUAGE)
                ? list.presentation().getPreferredLanguage()
                : language.toLowerCase(Locale.ROOT);
    }
}
