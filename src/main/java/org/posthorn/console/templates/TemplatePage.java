package org.posthorn.console.templates;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.annotation.ManagedProperty;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.posthorn.console.door.Here;
import org.posthorn.console.frame.Act;
import org.posthorn.console.frame.Edit;
import org.posthorn.console.frame.Edits;
import org.posthorn.console.text.RoomTexts;
import org.posthorn.console.text.Texts;
import org.posthorn.list.ConflictException;
import org.posthorn.list.InvalidValueException;
import org.posthorn.list.UnknownException;
import org.posthorn.template.TemplateFaultException;
import org.posthorn.template.TemplateName;
import org.posthorn.template.TemplatePreview;
import org.posthorn.template.TemplatePreview.Preview;
import org.posthorn.template.TemplateText;
import org.posthorn.template.TemplateTexts;
import org.posthorn.template.Templates.Counting;

/** {@code …/templates/{template}?language=de}: one text in one language, seen as mail before it is saved. */
@Named
@RequestScoped
public class TemplatePage {

    /** Nobody knows any more what a page showed that is older than the present text; it was no text that can be. */
    private static final String ANOTHER = "\0";

    @Inject
    private TemplateTexts written;

    @Inject
    private TemplatePreview previews;

    @Inject
    private TemplatePlace place;

    @Inject
    private Here here;

    @Inject
    private Act act;

    @Inject
    private Texts texts;

    @Inject
    private HttpServletRequest request;

    @Inject
    @ManagedProperty("#{param.language}")
    private String asked;

    private TemplateName name;
    private String language;
    private Optional<TemplateText> present;
    private Optional<Counting> counting;
    private String text;
    private String seen;
    private Edits conflict;
    private Preview preview;

    @PostConstruct
    void read() {
        String label = here.part("template");
        name = TemplateName.named(label).orElseThrow(() -> new UnknownException("template", label));
        language = asked == null || asked.isBlank() ? TemplateText.ANY_LANGUAGE : asked.toLowerCase(Locale.ROOT);
        present = present();
        counting = previews.counting(place.context(), name, language);
        text = now();
        seen = TemplateText.mark(present);
    }

    /** What is written here, or what counts in its place. */
    private String now() {
        return present.map(TemplateText::content)
                .or(() -> counting.map(Counting::content))
                .orElseGet(() -> previews.builtIn(place.context(), name, language));
    }

    private Optional<TemplateText> present() {
        try {
            return written.find(place.context(), name, language);
        } catch (InvalidValueException e) {
            throw new UnknownException("language", language);
        }
    }

    public void save() {
        String now = now();
        String mark = TemplateText.mark(present);
        Edits edits = Edits.of(request, Edit.text("text", seen.equals(mark) ? now : ANOTHER, text, now));
        if (edits.isConflict()) {
            conflict = edits;
            seen = mark;
            act.conflict();
            return;
        }
        if (present.isEmpty() && "theirs".equals(request.getParameter("choose-text"))) {
            act.end(here.getAddress(), texts.get("templates.wasReset")); // by another, and it stays so
            return;
        }
        // What was chosen between two versions comes without the space around it; what was simply written keeps it.
        String chosen = edits.result("text");
        try {
            written.change(place.context(), name, language, chosen.equals(text.strip()) ? text : chosen, mark);
            act.end(here.getAddress(), texts.get("templates.saved"));
        } catch (TemplateFaultException e) {
            refuse(e);
        } catch (InvalidValueException e) {
            act.refuse("text", "templates.text.wrong", e.value(), e.allowed());
        } catch (ConflictException e) {
            act.again();
        }
    }

    private void refuse(TemplateFaultException e) {
        switch (e.fault()) {
            case TOO_LONG -> act.refuse("text", "templates.text.long", TemplateTexts.LONGEST, e.what());
            case CONTROL -> act.refuse("text", "templates.text.control", e.line(), e.what());
            case UNKNOWN_NAME -> act.refuse("text", "templates.text.unknown", e.line(), e.what(), getVariables());
        }
    }

    /** Shows the page again with what is written in it; stores nothing. */
    public void tryIt() {}

    public void reset() {
        if (!seen.equals(TemplateText.mark(present))) {
            seen = TemplateText.mark(present);
            text = now();
            act.refuse(null, "templates.changed");
            act.conflict();
            return;
        }
        try {
            written.reset(place.context(), name, language, seen);
            act.end(here.getAddress(), texts.get("templates.wasReset"));
        } catch (ConflictException e) {
            act.again();
        }
    }

    public String getName() {
        return name.label();
    }

    public String getLanguage() {
        return language;
    }

    /** Those of the console, and the one that the page is about. */
    public List<String> getLanguages() {
        return Stream.concat(
                        Stream.of(TemplateText.ANY_LANGUAGE),
                        Stream.concat(RoomTexts.LANGUAGES.stream().map(Locale::getLanguage), Stream.of(language)))
                .distinct()
                .toList();
    }

    public boolean isOwn() {
        return present.isPresent();
    }

    /** In words, whose text counts. */
    public String getCounting() {
        if (isOwn()) {
            return texts.get("templates.own");
        }
        return counting.filter(found -> found.content() != null)
                .map(this::inWords)
                .orElseGet(() -> texts.get("templates.built-in"));
    }

    private String inWords(Counting found) {
        String kind = "templates.inherited." + TemplatePlace.kind(found.context());
        if (found.language() == null) {
            return texts.of(kind + ".address", found.context().name());
        }
        return texts.of(
                kind,
                found.context().name(),
                found.language().isEmpty() ? texts.get("templates.any") : found.language());
    }

    /** Both versions, when somebody else saved first; else null. */
    public Edits getConflict() {
        return conflict;
    }

    public Preview getPreview() {
        if (preview == null) {
            preview = previews.of(place.context(), name, language, text);
        }
        return preview;
    }

    public List<Map.Entry<String, Integer>> getUnknown() {
        return List.copyOf(getPreview().unknown().entrySet());
    }

    /** What the text can name. */
    public String getVariables() {
        return String.join(", ", name.allowed());
    }

    public String getText() {
        return text;
    }

    public void setText(String text) {
        this.text = text == null ? "" : text.replace("\r\n", "\n");
        preview = null; // the page asks for it before it has taken what was sent, too
    }

    public String getSeen() {
        return seen;
    }

    public void setSeen(String seen) {
        this.seen = seen == null ? "" : seen;
    }
}
