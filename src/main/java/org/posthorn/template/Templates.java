package org.posthorn.template;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
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

    private static List<String> languages(List<String> wanted) {
        return Stream.concat(wanted.stream().flatMap(Templates::widening), Stream.of(""))
                .distinct()
                .toList();
    }

    /** @return a tag, and then without its last part until nothing is left (RFC 4647 section 3.4); Mailman writes pt_BR */
    private static Stream<String> widening(String language) {
        String tag = language.toLowerCase(Locale.ROOT).replace('_', '-');
        return Stream.iterate(
                tag, wider -> !wider.isEmpty(), wider -> wider.substring(0, Math.max(0, wider.lastIndexOf('-'))));
    }

    /**
     * As {@link #find} for several names, which are read together when the first of them is asked for.
     *
     * @return of each of the names what is said; of others nothing
     */
    public Function<TemplateName, Optional<String>> together(
            MailingList list, Set<TemplateName> names, String language) {
        List<TemplateContext> contexts = contexts(list);
        List<String> languages = languages(List.of(language, list.presentation().getPreferredLanguage()));
        Map<TemplateName, Optional<String>> found = new EnumMap<>(TemplateName.class);
        return asked -> {
            if (found.isEmpty()) {
                List<TemplateText> written = texts.find(contexts, names, languages);
                List<TemplateUri> fetched = addresses.find(contexts, names);
                for (TemplateName name : names) {
                    found.put(
                            name,
                            counting(
                                            contexts,
                                            languages,
                                            written.stream()
                                                    .filter(text -> text.name() == name)
                                                    .toList(),
                                            fetched.stream()
                                                    .filter(uri -> uri.name() == name)
                                                    .toList())
                                    .map(Counting::content));
                }
            }
            return found.getOrDefault(asked, Optional.empty());
        };
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
        List<String> languages = languages(wanted);
        return counting(
                nearestFirst,
                languages,
                texts.find(nearestFirst, List.of(name), languages),
                addresses.find(nearestFirst, List.of(name)));
    }

    private static Optional<Counting> counting(
            List<TemplateContext> nearestFirst,
            List<String> languages,
            List<TemplateText> written,
            List<TemplateUri> fetched) {
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
