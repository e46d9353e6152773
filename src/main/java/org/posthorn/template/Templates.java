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
     * What counts, and whose it is.
     *
     * @param language in which it was written, empty for any; null: it is the copy of what an address names
     * @param content null: the address stands for Posthorn's own text
     */
    public record Counting(TemplateContext context, String language, String content) {}

    /**
     * What is said on a list.
     *
     * @param language the reader's
     * @return the text, which may be empty; not there: Posthorn's own counts
     */
    public Optional<String> find(MailingList list, TemplateName name, String language) {
        return find(contexts(list), name, List.of(language, list.presentation().getPreferredLanguage()))
                .map(Counting::content);
    }

    /** @return the list, its domain, the site */
    static List<TemplateContext> contexts(MailingList list) {
        return List.of(TemplateContext.of(list), TemplateContext.of(list.getDomain()), TemplateContext.SITE);
    }

    /**
     * The nearest context that has anything decides; in it what was written here, in the first of the languages or for any,
     * comes before what an address names. An address of which there is no copy does not count.
     *
     * @return empty: Posthorn's own counts, as it does where the nearest address that counts is one of {@code mailman:}
     */
    Optional<Counting> find(List<TemplateContext> nearestFirst, TemplateName name, List<String> wanted) {
        List<String> languages = Stream.concat(wanted.stream(), Stream.of(""))
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
                return text.map(found -> new Counting(context, found.language(), found.content()));
            }
            Optional<TemplateUri> address = fetched.stream()
                    .filter(each -> each.context().equals(context.key()))
                    .filter(each -> each.isBuiltIn() || each.content() != null)
                    .findFirst();
            if (address.isPresent()) {
                return address.map(found -> new Counting(context, null, found.isBuiltIn() ? null : found.content()));
            }
        }
        return Optional.empty();
    }

    /**
     * The site's text with its variables replaced, or else Posthorn's own.
     *
     * @param key of Posthorn's own, see {@link Texts}
     * @param values what both are filled with besides what is so of the list; of two values that of the list counts
     */
    public String text(MailingList list, TemplateName name, String language, String key, Map<String, String> values) {
        String text = find(list, name, language).orElseGet(() -> Texts.of(language, key));
        return Variables.replace(text, with(list, language, values));
    }

    private static Map<String, String> with(MailingList list, String language, Map<String, String> values) {
        Map<String, String> all = new HashMap<>(Variables.of(list, language));
        values.forEach(all::putIfAbsent);
        return all;
    }
}
