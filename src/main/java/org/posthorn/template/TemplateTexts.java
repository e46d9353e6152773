package org.posthorn.template;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.posthorn.list.ConflictException;
import org.posthorn.list.InvalidValueException;
import org.posthorn.platform.DatabaseException;
import org.posthorn.platform.actor.Rights;
import org.posthorn.platform.audit.AuditLog;
import org.posthorn.platform.audit.AuditSubject;
import org.posthorn.template.TemplateFaultException.Fault;

/** Keeps the texts that were written here. What is changed counts from its commit on, on every node. */
@ApplicationScoped
public class TemplateTexts {

    /** Of one text, in characters. */
    /** Of a text, in characters. */
    public static final int LONGEST = 65_536;
    /** Of one context: all names in some thirty languages. */
    static final int MOST = 1000;

    private static final Pattern LANGUAGE = Pattern.compile("[a-z]{2,3}(-[a-z0-9]{1,8}){0,2}");

    private final TemplateTextRows rows;
    private final Rights rights;
    private final AuditLog audit;
    private final Clock clock;

    protected TemplateTexts() {
        this(null, null, null, null);
    }

    @Inject
    public TemplateTexts(TemplateTextRows rows, Rights rights, AuditLog audit, Clock clock) {
        this.rows = rows;
        this.rights = rights;
        this.audit = audit;
        this.clock = clock;
    }

    /** @return those of this context alone, by name and language, at most {@value #MOST} */
    @Transactional
    public List<TemplateText> of(TemplateContext context) {
        ContextRights.requireSight(rights, context);
        return rows.of(context, MOST);
    }

    /** @param language a tag, or {@link TemplateText#ANY_LANGUAGE} */
    @Transactional
    public Optional<TemplateText> find(TemplateContext context, TemplateName name, String language) {
        ContextRights.requireSight(rights, context);
        return rows.find(context, name, known(language));
    }

    /**
     * Stores a text in the place of what there was.
     *
     * @param language a tag, or {@link TemplateText#ANY_LANGUAGE}
     * @param content empty: nothing is said there, which is not the same as no text
     * @throws InvalidValueException when a value cannot be, or the context has too many texts
     * @throws ConflictException when someone else was quicker
     */
    @Transactional
    public void put(TemplateContext context, TemplateName name, String language, String content) {
        ContextRights.requireChange(rights, context);
        String tag = known(language);
        String text = checked(name, content);
        Optional<TemplateText> present = rows.find(context, name, tag);
        if (present.isEmpty()) {
            if (rows.count(context) >= MOST) {
                throw new InvalidValueException(name.label(), language, "at most " + MOST + " texts in one place");
            }
            add(context, name, tag, text);
        } else if (!rows.replace(present.get(), text, clock.instant())) {
            throw new ConflictException(name.label());
        }
        int before = present.map(TemplateText::version).orElse(0);
        audited(context, name, language, before == 0 ? null : version(before), version(before + 1));
    }

    /** Of two who write the first text at once the database takes one. */
    private void add(TemplateContext context, TemplateName name, String tag, String text) {
        try {
            rows.add(context, name, tag, text, clock.instant());
        } catch (DatabaseException e) {
            if (e.isConstraintViolation()) {
                throw new ConflictException(name.label());
            }
            throw e;
        }
    }

    /**
     * Stores a text where nobody else has changed anything since it was seen.
     *
     * @param seen the {@linkplain TemplateText#mark mark} of what was seen
     * @throws InvalidValueException as {@link #put}
     * @throws ConflictException when there is something else by now
     */
    @Transactional
    public void change(TemplateContext context, TemplateName name, String language, String content, String seen) {
        ContextRights.requireChange(rights, context);
        requireSeen(context, name, language, seen);
        put(context, name, language, content);
    }

    /**
     * Takes a text away where nobody else has changed it since it was seen.
     *
     * @param seen the {@linkplain TemplateText#mark mark} of what was seen
     * @throws ConflictException when there is something else by now
     */
    @Transactional
    public void reset(TemplateContext context, TemplateName name, String language, String seen) {
        ContextRights.requireChange(rights, context);
        requireSeen(context, name, language, seen);
        delete(context, name, language);
    }

    /**
     * Takes a text away, so that the next wider one counts again.
     *
     * @return false: there is none
     * @throws ConflictException when someone else was quicker
     */
    @Transactional
    public boolean delete(TemplateContext context, TemplateName name, String language) {
        ContextRights.requireChange(rights, context);
        Optional<TemplateText> present = rows.find(context, name, known(language));
        present.ifPresent(row -> {
            if (!rows.remove(row)) {
                throw new ConflictException(name.label());
            }
            audited(context, name, language, version(row.version()), null);
        });
        return present.isPresent();
    }

    private void requireSeen(TemplateContext context, TemplateName name, String language, String seen) {
        if (!TemplateText.mark(rows.find(context, name, known(language))).equals(seen)) {
            throw new ConflictException(name.label());
        }
    }

    /** The texts themselves may name people, and the log is kept longer than they are. */
    private void audited(TemplateContext context, TemplateName name, String language, String before, String after) {
        audit.change(
                new AuditSubject(
                        "templates",
                        context.name(),
                        context.listId(),
                        context.listId() == null ? null : context.name()),
                name.label() + " (" + language.toLowerCase(Locale.ROOT) + ")",
                before,
                after);
    }

    private static String version(int number) {
        return "version " + number;
    }

    private static String known(String language) {
        String tag = language.toLowerCase(Locale.ROOT);
        if (tag.equals(TemplateText.ANY_LANGUAGE)) {
            return "";
        }
        if (!LANGUAGE.matcher(tag).matches()) {
            throw new InvalidValueException("language", language, "a tag such as de, or any");
        }
        return tag;
    }

    /** @return with lines that end as everywhere here */
    private static String checked(TemplateName name, String content) {
        String text = content.replace("\r\n", "\n");
        if (text.length() > LONGEST) {
            throw new TemplateFaultException(
                    name, Fault.TOO_LONG, Integer.toString(text.length()), 0, "at most " + LONGEST + " characters");
        }
        long line = 1;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\n') {
                line++;
            } else if (c < ' ' && c != '\t' || c == 0x7f) {
                throw new TemplateFaultException(
                        name,
                        Fault.CONTROL,
                        String.format(Locale.ROOT, "U+%04X", (int) c),
                        line,
                        "text without control characters");
            }
        }
        requireKnown(name, text);
        return text;
    }

    /** An address's text is not ours to refuse: there they stay as they are. */
    private static void requireKnown(TemplateName name, String text) {
        Set<String> allowed = name.allowed();
        Variables.unknown(text, allowed).entrySet().stream().findFirst().ifPresent(unknown -> {
            throw new TemplateFaultException(
                    name,
                    Fault.UNKNOWN_NAME,
                    "$" + unknown.getKey(),
                    unknown.getValue(),
                    "a text that names only " + String.join(", ", allowed) + ", or $$ for a dollar sign");
        });
    }
}
