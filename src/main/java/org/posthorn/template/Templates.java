package org.posthorn.template;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.posthorn.list.MailingList;

/**
 * The texts that a site has put in the place of Posthorn's own: the list's, else its domain's, else the site's. Works in
 * the caller's transaction with the texts and copies at hand; never fetches.
 */
@ApplicationScoped
public class Templates {

    private final TemplateTextRows texts;
    private final TemplateRows addresses;

    protected Templates() {
        this(null, null);
    }

    @Inject
    public Templates(TemplateTextRows texts, TemplateRows addresses) {
        this.texts = texts;
        this.addresses = addresses;
    }

    /**
     * The nearest context that has anything decides; in it what was written here, in the reader's language, the list's, or
     * for any, comes before what an address names.
     *
     * @param language the reader's
     * @return the text, which may be empty; not there: Posthorn's own counts, as it does where the nearest address that
     *     counts is one of {@code mailman:}. An address of which there is no copy does not count
     */
    public Optional<String> find(MailingList list, TemplateName name, String language) {
        List<TemplateContext> nearestFirst =
                List.of(TemplateContext.of(list), TemplateContext.of(list.getDomain()), TemplateContext.SITE);
        List<String> languages = Stream.of(language, list.presentation().getPreferredLanguage(), "")
                .map(tag -> tag.toLowerCase(Locale.ROOT))
                .distinct()
                .toList();
        List<TemplateText> written = texts.find(nearestFirst, name, languages);
        List<TemplateUri> fetched = addresses.find(nearestFirst, name);
        for (TemplateContext context : nearestFirst) {
            Optional<TemplateText> text = written.stream()
                    .filter(each -> each.context().equals(context.key()))
                    .min(Comparator.comparing(each -> languages.indexOf(each.language())));
            if (text.isPresent()) {
                return text.map(TemplateText::content);
            }
            Optional<TemplateUri> address = fetched.stream()
                    .filter(each -> each.context().equals(context.key()))
                    .filter(each -> each.isBuiltIn() || each.content() != null)
                    .findFirst();
            if (address.isPresent()) {
                return address.filter(each -> !each.isBuiltIn()).map(TemplateUri::content);
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
