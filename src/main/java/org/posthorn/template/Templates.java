package org.posthorn.template;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.posthorn.list.MailingList;

/**
 * The texts that a site has put in the place of Posthorn's own: the list's, else its domain's, else the site's. Works in
 * the caller's transaction with the copies at hand; never fetches.
 */
@ApplicationScoped
public class Templates {

    private final TemplateRows rows;

    protected Templates() {
        this(null);
    }

    @Inject
    public Templates(TemplateRows rows) {
        this.rows = rows;
    }

    /**
     * @param language a text is the same in all languages so far, since an address names one
     * @return the text, which may be empty; not there: Posthorn's own counts, as it does where the nearest address that
     *     counts is one of {@code mailman:}. An address of which there is no copy does not count
     */
    public Optional<String> find(MailingList list, TemplateName name, String language) {
        List<TemplateContext> nearestFirst =
                List.of(TemplateContext.of(list), TemplateContext.of(list.getDomain()), TemplateContext.SITE);
        for (TemplateUri found : rows.find(nearestFirst, name)) {
            if (found.isBuiltIn()) {
                return Optional.empty();
            }
            if (found.content() != null) {
                return Optional.of(found.content());
            }
        }
        return Optional.empty();
    }

    /**
     * The site's text with its variables replaced, or else Posthorn's own.
     *
     * @param key of Posthorn's own, see {@link Texts}
     * @param values what Posthorn's own is filled with; the site's gets these too, over the list's
     */
    public String text(MailingList list, TemplateName name, String language, String key, Map<String, String> values) {
        return find(list, name, language)
                .map(text -> Variables.replace(text, with(list, language, values)))
                .orElseGet(() -> Texts.fill(language, key, values));
    }

    private static Map<String, String> with(MailingList list, String language, Map<String, String> values) {
        Map<String, String> all = new HashMap<>(Variables.of(list, language));
        values.forEach(all::putIfAbsent);
        return all;
    }
}
