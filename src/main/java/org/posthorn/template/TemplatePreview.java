package org.posthorn.template;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.posthorn.list.Domain;
import org.posthorn.list.ListRepository;
import org.posthorn.list.MailingList;
import org.posthorn.list.UnknownException;
import org.posthorn.platform.actor.Rights;
import org.posthorn.template.Templates.Counting;

/** What mail would say with a text, before anything is stored. Sends nothing. */
@ApplicationScoped
public class TemplatePreview {

    private static final String SAMPLE_HOST = "example.com";

    private final ListRepository lists;
    private final Templates templates;
    private final Rights rights;

    protected TemplatePreview() {
        this(null, null, null);
    }

    @Inject
    public TemplatePreview(ListRepository lists, Templates templates, Rights rights) {
        this.lists = lists;
        this.templates = templates;
        this.rights = rights;
    }

    /**
     * A mail of the list, or of a sample list where the text is a domain's or the site's, with examples for what only a post
     * or a person gives.
     *
     * @param text the mail's; that of a header or footer is around a sample post
     * @param unknown the names that are none of the template's, each with its first line in the template, from 1
     */
    public record Preview(String from, String subject, String text, Map<String, Integer> unknown) {}

    /**
     * @param language a tag, or {@link TemplateText#ANY_LANGUAGE} for the list's own
     * @param text the template's
     * @throws UnknownException when there is no such list
     */
    @Transactional
    public Preview of(TemplateContext context, TemplateName name, String language, String text) {
        ContextRights.requireSight(rights, context);
        MailingList list = list(context);
        String reader = reader(list, language);
        Map<String, String> values = new HashMap<>();
        name.variables().forEach(variable -> values.put(variable.label(), variable.example()));
        if (name == TemplateName.DIGEST_MASTHEAD) {
            values.put(Variable.REQUEST.label(), list.address("request"));
        }
        values.putAll(Variables.of(list, reader));
        return new Preview(
                from(list, name),
                subject(name, reader, values),
                around(name, reader, Variables.replace(text, values), values),
                Variables.unknown(text, name.allowed()));
    }

    private static String from(MailingList list, TemplateName name) {
        return switch (name) {
            case REGULAR_FOOTER, REGULAR_HEADER -> Variable.MEMBER.example();
            case DIGEST_FOOTER, DIGEST_HEADER, DIGEST_MASTHEAD -> list.address("request");
            default -> list.address("owner");
        };
    }

    private static String subject(TemplateName name, String reader, Map<String, String> values) {
        Map<String, String> numbered = new HashMap<>(values);
        numbered.put("volume", "1");
        numbered.put("number", "1");
        return switch (name) {
            case REGULAR_FOOTER, REGULAR_HEADER -> Texts.of(reader, "sample.subject");
            case DIGEST_FOOTER, DIGEST_HEADER, DIGEST_MASTHEAD -> Texts.fill(reader, "digest.subject", numbered);
            default -> Texts.fill(reader, name.subjectKey().orElseThrow(), values);
        };
    }

    private static String around(TemplateName name, String reader, String text, Map<String, String> values) {
        String post = Texts.of(reader, "sample.text");
        String topics = Texts.fill(reader, "digest.topics", Map.of("count", "1")) + "\n\n    1. "
                + Texts.of(reader, "sample.subject") + "\n\n";
        return switch (name) {
            case REGULAR_HEADER -> text + "\n" + post;
            case REGULAR_FOOTER -> post + "\n" + text;
            case DIGEST_MASTHEAD -> text + "\n\n" + topics + post;
            case DIGEST_HEADER -> text + "\n\n" + topics + post;
            case DIGEST_FOOTER -> topics + post + "\n" + text;
            default -> text;
        };
    }

    /**
     * @param language a tag, or {@link TemplateText#ANY_LANGUAGE} for the list's own
     * @return what counts for a reader of this language; not there: Posthorn's own text
     * @throws UnknownException when there is no such list
     */
    @Transactional
    public Optional<Counting> counting(TemplateContext context, TemplateName name, String language) {
        ContextRights.requireSight(rights, context);
        if (context.listId() != null) {
            MailingList list = list(context);
            String preferred = list.presentation().getPreferredLanguage();
            return templates.find(Templates.contexts(list), name, List.of(reader(list, language), preferred));
        }
        return templates.find(
                context.domainId() == null ? List.of(TemplateContext.SITE) : List.of(context, TemplateContext.SITE),
                name,
                language.equals(TemplateText.ANY_LANGUAGE) ? List.of() : List.of(language));
    }

    /**
     * @param language a tag, or {@link TemplateText#ANY_LANGUAGE} for the list's own
     * @return Posthorn's own text with its variables; in English where there is none in this language
     * @throws UnknownException when there is no such list
     */
    @Transactional
    public String builtIn(TemplateContext context, TemplateName name, String language) {
        ContextRights.requireSight(rights, context);
        return Texts.of(reader(list(context), language), name.textKey());
    }

    /** A sample where the context is no list. */
    private MailingList list(TemplateContext context) {
        if (context.listId() != null) {
            return lists.byId(context.listId()).orElseThrow(() -> new UnknownException("list", context.listId()));
        }
        String host = context.domainId() == null ? SAMPLE_HOST : context.name();
        return new MailingList("list", new Domain(host), Instant.EPOCH);
    }

    private static String reader(MailingList list, String language) {
        return language.equals(TemplateText.ANY_LANGUAGE)
                ? list.presentation().getPreferredLanguage()
                : language.toLowerCase(Locale.ROOT);
    }
}
